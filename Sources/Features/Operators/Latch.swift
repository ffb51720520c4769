/// The first value as it was when the second last held; absent until it has held once.
struct Latch: BinaryOperator {
  private var kept = Double.nan

  @inline(__always)
  mutating func update(_ value: Reading, _ condition: Reading) -> Double {
    if condition[0] != 0, !condition[0].isNaN { kept = value[0] }
    return kept
  }
}

/// How many bars ago the condition last held; absent until it has held once.
struct BarsSince: UnaryOperator {
  private var bars = Double.nan

  @inline(__always)
  mutating func update(_ condition: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    bars = condition[0] != 0 && !condition[0].isNaN ? 0 : bars + 1
    return bars
  }
}

extension Operation {
  // Once there, their values depend on nothing before the condition: there is nothing to settle.
  static let latch = Operation("latch") { Latch() }
  static let barsSince = Operation("barsSince") { BarsSince() }
}
