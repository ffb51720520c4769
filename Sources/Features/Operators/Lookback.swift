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

extension Operation {
  static func ref(_ bars: Int) -> Operation {
    Operation("ref", [Double(bars)], reach: bars, silence: bars) { Ref(bars: bars) }
  }

  static func delta(_ bars: Int) -> Operation {
    Operation("delta", [Double(bars)], reach: bars, silence: bars) { Delta(bars: bars) }
  }
}
