public import Market

/// Whether past prices were moved for dividends, splits or rolls, and which way.
public enum Adjustment: String, CaseIterable, Sendable {
  case none
  case forward
  case backward
}

/// What names a series: one instrument's bars of one length, or its ticks.
public struct SeriesKey: Hashable, Sendable, CustomStringConvertible {
  public let symbol: Symbol
  public let adjustment: Adjustment
  /// `nil` for ticks.
  private let length: BarInterval?

  public init(_ symbol: Symbol, _ interval: BarInterval, adjustment: Adjustment = .none) {
    self.symbol = symbol
    length = interval
    self.adjustment = adjustment
  }

  private init(ticks symbol: Symbol) {
    self.symbol = symbol
    length = nil
    adjustment = .none
  }

  public static func ticks(_ symbol: Symbol) -> SeriesKey { SeriesKey(ticks: symbol) }

  public var isTicks: Bool { length == nil }

  /// The length of its bars; whoever asks knows that it is no series of ticks.
  public var interval: BarInterval {
    guard let length else { preconditionFailure("ticks have no length") }
    return length
  }

  /// The length as the archive keeps it; none for ticks.
  var seconds: Int64 { length?.seconds ?? 0 }

  var kind: RowKind { isTicks ? .ticks : .bars }

  public var description: String {
    let adjusted = adjustment == .none ? "" : " \(adjustment.rawValue)-adjusted"
    return "\(symbol) \(length?.name ?? "ticks")\(adjusted)"
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
