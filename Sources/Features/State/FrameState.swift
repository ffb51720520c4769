internal import Market

/// Longer bars growing out of a series' own, and a part of a recipe running over those that closed.
struct FrameState: Sendable {
  private let frame: Frame
  private var inner: FeatureState
  /// Per column, the frame's bars it must have seen to have forgotten where the history began.
  private let settlings: [Int]
  private var forming: Bar?
  private var formingEnd: Int64 = 0
  /// The first bar may have begun before the history did, and is dropped.
  private var isFirst = true
  /// The columns' values on the last closed bar.
  private var values: [Double]

  init(_ framed: FramedPlan, grid: Grid, marks: SeriesMarks) {
    frame = framed.frame
    let recipe = Recipe(framed.plan)
    settlings = recipe.warmUps.map(\.settlingBars)
    values = Array(repeating: .nan, count: recipe.count)
    inner = FeatureState(recipe, grid: grid, marks: marks)
  }

  /// Per column, the value known at the close of each of the bars.
  mutating func columns(over bars: UnsafeBufferPointer<Bar>) -> [[Double]] {
    var columns = values.map { _ in [Double](repeating: .nan, count: bars.count) }
    for (row, bar) in bars.enumerated() {
      take(bar)
      for column in columns.indices { columns[column][row] = values[column] }
    }
    return columns
  }

  private mutating func take(_ bar: Bar) {
    let end = frame.end(of: bar)
    if end.mark != formingEnd { close() }
    formingEnd = end.mark
    forming = forming.map { $0.extended(by: bar) } ?? bar
    if end.isReached { close() }
  }

  private mutating func close() {
    guard let bar = forming else { return }
    forming = nil
    guard !isFirst else {
      isFirst = false
      return
    }
    inner.take(bar, into: &values)
    for column in values.indices where inner.bars <= settlings[column] { values[column] = .nan }
  }
}

extension Frame {
  /// What marks the frame a bar falls into, and whether the bar ends it. That a trading day is over
  /// is known only when the next begins.
  fileprivate func end(of bar: Bar) -> (mark: Int64, isReached: Bool) {
    switch self {
    case .day: return (Int64(bar.tradingDay.days), false)
    case .minutes(let count):
      let nanos = 60_000_000_000 * Int64(count)
      let mark = (bar.closedAt.nanoseconds - 1).floorDivided(by: nanos) + 1
      return (mark, mark * nanos == bar.closedAt.nanoseconds)
    }
  }
}

extension Bar {
  /// The two as one bar, the other following.
  fileprivate func extended(by next: Bar) -> Bar {
    Bar(
      instrument: instrument, tradingDay: next.tradingDay, closedAt: next.closedAt, open: open,
      high: max(high, next.high), low: min(low, next.low), close: next.close,
      volume: volume + next.volume, turnover: turnover + next.turnover,
      openInterest: next.openInterest)
  }
}
