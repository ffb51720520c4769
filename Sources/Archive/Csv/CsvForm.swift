public import Bars
public import Market

/// Which end of its bar a row's date and time names.
public enum Stamp: String, CaseIterable, Sendable {
  case start
  case end
}

/// Which end of time a file begins with.
public enum RowOrder: String, CaseIterable, Sendable {
  case oldestFirst = "oldest_first"
  case newestFirst = "newest_first"
}

/// How a file's letters are written; `auto` takes GBK where the header is not UTF-8.
public enum TextEncoding: String, CaseIterable, Sendable {
  case auto
  case utf8
  case gbk
}

/// What a CSV file does not say about itself.
public struct CsvForm: Hashable, Sendable {
  public var interval: BarInterval
  public var stamp: Stamp
  /// The clock the stamps are read on; `nil` for that of each symbol's exchange.
  public var zone: Zone?
  /// The instrument of every row, for files without a symbol column.
  public var symbol: Symbol?
  public var adjustment = Adjustment.none
  /// When the bars came in, and since when they count as known.
  public var vintage = Vintage.now
  /// A note of where the bars came from.
  public var source = "csv"
  public var columns = CsvColumns.own
  public var symbols = SymbolStyle()
  public var order = RowOrder.oldestFirst
  /// What a volume of one stands for: 100 where the source counts lots of a hundred shares.
  public var volumeFactor: Int64 = 1
  /// What a turnover of one stands for, such as 1,000 for thousands of yuan.
  public var turnoverFactor = 1.0
  /// Whether a volume, turnover or open interest left empty is none, as on days of suspension.
  public var isEmptyZero = false
  public var encoding = TextEncoding.auto
  /// The share of rows that may be refused before nothing is imported.
  public var tolerance = Rate(basisPoints: 10)

  public init(interval: BarInterval, stamp: Stamp, zone: Zone?, symbol: Symbol? = nil) {
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

  /// Trading days told by the bars alone, for history before or outside the tables.
  public static func fromData(_ zone: Zone) -> NamedSchedule {
    NamedSchedule(name: "from-data", schedule: .fromData(zone))
  }

  /// The hours that need no table, by their name; `nil` for those of an exchange.
  public static func named(_ name: String, _ zone: Zone) -> NamedSchedule? {
    [alwaysOpen(zone), fromData(zone)].first { $0.name == name }
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
  /// Ticks that are well written but outside trading or stale.
  public internal(set) var passedOver = 0

  /// More refusals are counted but not kept.
  public static let mostRefusals = 1_000
}

extension ImportReport {
  /// Refuses the whole where no row was read, or more were refused than are allowed.
  func check(_ path: String, _ tolerance: Rate) throws(ArchiveError) {
    guard rows > 0 else { throw .noRows(path: path) }
    let allowed = Int128(rows) * Int128(tolerance.hundredMillionths)
    if let first = refusals.first, Int128(refusedRows) * 100_000_000 > allowed {
      throw .tooManyRefused(
        path: path, refused: refusedRows, rows: rows, allowed: tolerance, first: first)
    }
  }
}
