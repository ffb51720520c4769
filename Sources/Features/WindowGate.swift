public import Market

/// Which bars windows show, told bar by bar as they come, the same in history as live.
///
/// A bar without a trade is not shown, once the series has been seen to count trades. Across a roll whose
/// prices were not adjusted nothing is shown of what was before: its prices are another contract's.
public struct WindowGate: Sendable {
  private let marks: SeriesMarks
  private var countsTrades = false
  /// Such rolls so far: a window lies within one stretch.
  public private(set) var stretch = 0

  public init(_ marks: SeriesMarks = .none) { self.marks = marks }

  /// Whether the bar is shown.
  public mutating func take(_ bar: Bar) -> Bool {
    while stretch < marks.breaks.count, marks.breaks[stretch] <= bar.closedAt { stretch += 1 }
    if bar.volume > 0 { countsTrades = true }
    return bar.volume > 0 || !countsTrades
  }
}

/// Of each row, whether windows show it and in which stretch between rolls it lies.
public struct WindowMarks: Sendable {
  public let isShown: [Bool]
  public let stretches: [Int32]

  public init(isShown: [Bool], stretches: [Int32]) {
    precondition(isShown.count == stretches.count, "a stretch per row")
    self.isShown = isShown
    self.stretches = stretches
  }

  /// The marks of one series' bars.
  public init(_ bars: [Bar], marks: SeriesMarks) {
    var gate = WindowGate(marks)
    var (shown, stretches) = ([Bool](), [Int32]())
    for bar in bars {
      shown.append(gate.take(bar))
      stretches.append(Int32(gate.stretch))
    }
    self.init(isShown: shown, stretches: stretches)
  }
}
