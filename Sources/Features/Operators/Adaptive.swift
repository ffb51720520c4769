/// A mean that moves towards each value by that bar's own weight, from the first value on; Kaufman's
/// average is one.
struct Adaptive: BinaryOperator {
  private var mean = Double.nan

  @inline(__always)
  mutating func update(_ left: Reading, _ right: Reading) -> Double {
    guard isSound(left[0]), isSound(right[0]) else { return .nan }
    mean = mean.isNaN ? left[0] : mean + right[0] * (left[0] - mean)
    return mean
  }
}

extension Operation {
  /// How fast it forgets depends on its weights, of which `least` is the smallest.
  static func adaptive(least: Double) -> Operation {
    Operation("adaptive", fading: 1 - least) { Adaptive() }
  }
}
