import Features

/// Where two makings of the same column part.
struct Difference {
  /// How much of a difference counts.
  enum Measure {
    /// To the last bit: for code that promises that.
    case bits
    /// More than 1e-6 deviations and more than two steps of single precision: what rounding in
    /// another order of summation, or as text, may leave is no leak.
    case rounding
  }

  private(set) var first: Int?
  private(set) var last = 0
  private(set) var rows = 0
  private(set) var size = 0.0

  /// Compares rows `rows` of `part` with those of `whole` that stand `shift` further on.
  init(
    _ part: FeatureMatrix, _ whole: FeatureMatrix, column: Int, rows: Range<Int>, shift: Int = 0,
    deviation: Double, by measure: Measure
  ) {
    for row in rows {
      let (one, other) = (part[row, column], whole[row + shift, column])
      guard one.bitPattern != other.bitPattern, !(one.isNaN && other.isNaN),
        measure == .bits || !Self.isRounding(one, other, deviation)
      else { continue }
      first = first ?? row
      last = row
      self.rows += 1
      let gap = abs(Double(one) - Double(other))
      size = max(size, gap.isNaN || deviation == 0 ? .infinity : gap / deviation)
    }
  }

  /// Counts rows from another place on.
  mutating func move(by rows: Int) {
    first = first.map { $0 + rows }
    last += rows
  }

  private static func isRounding(_ one: Float, _ other: Float, _ deviation: Double) -> Bool {
    let step = Double(max(one.magnitude, other.magnitude).ulp)
    return abs(Double(one) - Double(other)) <= max(1e-6 * deviation, 2 * step)
  }
}
