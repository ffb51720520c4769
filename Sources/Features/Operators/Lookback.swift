/// The value `bars` ago.
struct Ref: UnaryOperator {
  let bars: Int

  func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double { now[-bars] }
}

/// The change over `bars`.
struct Delta: UnaryOperator {
  let bars: Int

  func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    now[0] - now[-bars]
  }
}
