public import Features
public import Market

/// One instrument of an experiment: its bars and what is known beside them.
public struct Member: Sendable {
  public let symbol: Symbol
  public let bars: [Bar]
  public let grid: Grid
  public let marks: SeriesMarks
  /// The bars whose prices could be had; `nil` means all could.
  public let isTradable: [Bool]?
  public let group: Grouping

  public init(
    _ symbol: Symbol, bars: [Bar], grid: Grid, marks: SeriesMarks = .none,
    isTradable: [Bool]? = nil, group: Grouping = .none
  ) {
    self.symbol = symbol
    self.bars = bars
    self.grid = grid
    self.marks = marks
    self.isTradable = isTradable
    self.group = group
  }

  /// With the bars of some places alone.
  public func part(_ places: Range<Int>) -> Member {
    Member(
      symbol, bars: Array(bars[places]), grid: grid, marks: marks,
      isTradable: isTradable.map { Array($0[places]) }, group: group)
  }

  /// With the bars up to an instant alone.
  public func until(_ last: Instant) -> Member {
    part(0..<(bars.firstIndex { $0.closedAt > last } ?? bars.count))
  }

  /// With the bars from a trading day on alone.
  public func from(_ first: TradingDay) -> Member {
    part((bars.firstIndex { $0.tradingDay >= first } ?? bars.count)..<bars.count)
  }
}
