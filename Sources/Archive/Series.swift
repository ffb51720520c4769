public import Market

/// Whether past prices were moved for dividends, splits or rolls, and which way.
public enum Adjustment: String, CaseIterable, Sendable {
  case none
  case forward
  case backward
}

/// What names a series: one instrument's bars of one length.
public struct SeriesKey: Hashable, Sendable, CustomStringConvertible {
  public let symbol: Symbol
  public let interval: BarInterval
  public let adjustment: Adjustment

  public init(_ symbol: Symbol, _ interval: BarInterval, adjustment: Adjustment = .none) {
    self.symbol = symbol
    self.interval = interval
    self.adjustment = adjustment
  }

  public var description: String {
    "\(symbol) \(interval.name)" + (adjustment == .none ? "" : " \(adjustment.rawValue)-adjusted")
  }
}

/// A series and the terms its bars are written in.
public struct Series: Hashable, Sendable {
  public let key: SeriesKey
  public let grid: Grid
  /// The name of the hours its trading days were told by, such as `always-open`.
  public let calendar: String
  /// Where the bars came from, as a note.
  public let source: String

  public init(key: SeriesKey, grid: Grid, calendar: String, source: String) {
    self.key = key
    self.grid = grid
    self.calendar = calendar
    self.source = source
  }

  func on(_ grid: Grid) -> Series {
    Series(key: key, grid: grid, calendar: calendar, source: source)
  }
}
