public import Bars
public import Market

/// Which end of its bar a row's date and time names.
public enum Stamp: String, CaseIterable, Sendable {
  case start
  case end
}

/// What a CSV file does not say about itself.
public struct CsvForm: Hashable, Sendable {
  public var interval: BarInterval
  public var stamp: Stamp
  /// The clock the stamps are read on.
  public var zone: Zone
  /// The instrument of every row, for files without a symbol column.
  public var symbol: Symbol?
  public var adjustment = Adjustment.none
  /// A note of where the bars came from.
  public var source = "csv"
  /// The share of rows that may be refused before nothing is imported.
  public var tolerance = Rate(basisPoints: 10)

  public init(interval: BarInterval, stamp: Stamp, zone: Zone, symbol: Symbol? = nil) {
    self.interval = interval
    self.stamp = stamp
    self.zone = zone
    self.symbol = symbol
  }
}

/// The hours a symbol's rows are held against, under the name the archive keeps them by.
public struct NamedSchedule: Hashable, Sendable {
  public let name: String
  public let schedule: Schedule

  public init(name: String, schedule: Schedule) {
    self.name = name
    self.schedule = schedule
  }

  public static func alwaysOpen(_ zone: Zone) -> NamedSchedule {
    NamedSchedule(name: "always-open", schedule: .alwaysOpen(zone))
  }
}

/// What an import did.
public struct ImportReport: Hashable, Sendable {
  public internal(set) var rows = 0
  public internal(set) var written = WriteCount()
  public internal(set) var series: [SeriesKey] = []
  /// How many rows were refused, and the first of them.
  public internal(set) var refusedRows = 0
  public internal(set) var refusals: [Refusal] = []

  /// More refusals are counted but not kept.
  public static let mostRefusals = 1_000
}
