/// Wilder's directional movement: what the first series gained on its last value times `sign`, where
/// that is above both nothing and what the second lost; else 0.
struct DirectionalMove: BinaryOperator {
  let sign: Double

  @inline(__always)
  func update(_ gaining: Reading, _ losing: Reading) -> Double {
    let gain = (gaining[0] - gaining[-1]) * sign
    let rival = (losing[-1] - losing[0]) * sign
    let least = rival > 0 ? rival : 0
    let move = gain > least ? gain : 0
    return rival == rival ? (gain == gain ? move : gain) : rival
  }
}

extension Operation {
  /// Of the high (first) against the low for 1, of the low (first) against the high for −1.
  static func move(_ sign: Double) -> Operation {
    Operation("move", [sign], reach: 1, silence: 1) { DirectionalMove(sign: sign) }
  }
}
