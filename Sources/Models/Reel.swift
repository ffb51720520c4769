internal import Features
internal import Market

/// The last rows of one instrument that a window shows, scaled.
struct Reel: Sendable {
  private let bars: Int
  private let columns: Int
  private var gate: WindowGate
  private var stretch = 0
  private(set) var rows: [Float] = []

  init(bars: Int, columns: Int, marks: SeriesMarks) {
    self.bars = bars
    self.columns = columns
    gate = WindowGate(marks)
    rows.reserveCapacity((bars + 1) * columns)
  }

  /// The window that ends with this bar; nothing where the bar is not shown or too few were.
  mutating func take(_ row: [Float], of bar: Bar, shows isReady: Bool) -> [Float]? {
    let isTraded = gate.take(bar)
    if gate.stretch != stretch {
      stretch = gate.stretch
      rows.removeAll(keepingCapacity: true)
    }
    guard isReady, isTraded else { return nil }
    if rows.count == bars * columns { rows.removeFirst(columns) }
    rows += row
    return rows.count == bars * columns ? rows : nil
  }
}
