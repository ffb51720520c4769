import Bytes
import Glibc
public import Market

/// Why the archive or an import refused; every case names the place.
public enum ArchiveError: Error, Hashable, Sendable {
  /// SQLite failed while doing something.
  case database(path: String, doing: String, code: Int32, message: String)
  /// The file is a database of something else.
  case notAnArchive(path: String)
  /// The file was written by a newer version.
  case newerFormat(path: String, found: Int, known: Int)
  /// A chunk's bytes are not those that were written.
  case damaged(path: String, series: SeriesKey, from: TradingDay, what: String)
  case unknownSeries(path: String, series: SeriesKey)
  /// The archive holds the series under other hours.
  case otherCalendar(series: SeriesKey, held: String, given: String)
  /// Bars are not in order of time, or a stamp is repeated.
  case unordered(series: SeriesKey, closedAt: Instant)
  /// Prices need finer units than the archive can count in.
  case gridOverflow(series: SeriesKey, decimals: UInt8)
  /// A restated value is said to have been known before the one it takes the place of.
  case knownEarlier(series: SeriesKey, given: Instant, held: Instant)
  case factKnownEarlier(symbol: Symbol, day: TradingDay, given: Instant, held: Instant)
  /// A plain file of columns is not what was written.
  case damagedFile(path: String, what: String)
  case damagedFact(path: String, symbol: Symbol, day: TradingDay)
  /// The operating system refused a file.
  case file(path: String, doing: String, errno: Int32)
  /// The whole file is refused before its first row.
  case columns(Refusal)
  /// More rows were refused than allowed; nothing was imported.
  case tooManyRefused(path: String, refused: Int, rows: Int, allowed: Rate, first: Refusal)
  case noRows(path: String)
  /// The file is no database of vn.py.
  case notVnpy(path: String, what: String)
}

/// A place in a text file, counted from one; column 0 means the whole line.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  public let path: String
  public let line: Int
  public let column: Int

  public init(path: String, line: Int, column: Int) {
    self.path = path
    self.line = line
    self.column = column
  }

  public var description: String {
    column > 0 ? "\(path):\(line):\(column)" : "\(path):\(line)"
  }
}

/// What was found in a file, where, and what was expected instead.
public struct Refusal: Hashable, Sendable, CustomStringConvertible {
  public let place: Place
  public let field: String
  public let found: String
  public let expected: String
  public let remedy: Remedy

  public init(place: Place, field: String, found: String, expected: String, remedy: Remedy = .row) {
    self.place = place
    self.field = field
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }

  public var description: String {
    "\(place): \(field) \"\(found)\": expected \(expected)"
  }
}

extension ArchiveError {
  /// What to do about a refused file.
  public var remedy: String? {
    switch self {
    case .columns(let refusal): refusal.remedy.rawValue
    case .tooManyRefused(_, _, _, _, let first): first.remedy.rawValue
    case .noRows: "Look whether the file is the right one and was written to its end."
    default: nil
    }
  }
}

extension ArchiveError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .database(let path, let doing, let code, let message):
      "\(path): \(doing): \(message) (SQLite \(code))"
    case .notAnArchive(let path):
      "\(path): this is not an archive of bars; name another file or move this one away"
    case .newerFormat(let path, let found, let known):
      "\(path): written in format \(found), but this version reads up to \(known); update it"
    case .damaged(let path, let series, let from, let what):
      "\(path): bars of \(series) from \(from) are damaged (\(what)); import them again"
    case .unknownSeries(let path, let series):
      "\(path): holds no bars of \(series); `data list` shows what it holds"
    case .otherCalendar(let series, let held, let given):
      "\(series) is kept under the calendar \(held), not \(given); give --calendar "
        + (held.contains(".") ? "exchange" : held)
    case .unordered(let series, let closedAt):
      "\(series): bars out of order at \(closedAt.nanoseconds) ns"
    case .gridOverflow(let series, let decimals):
      "\(series): its prices cannot be held exactly with \(decimals) decimals"
    case .knownEarlier(let series, let given, let held):
      "\(series): values of \(TimeText.text(nanos: given.nanoseconds)) UTC cannot take the place of "
        + "those known since \(TimeText.text(nanos: held.nanoseconds)) UTC; "
        + "import the older ones first, or give a later --known-at"
    case .factKnownEarlier(let symbol, let day, let given, let held):
      "\(symbol) \(day): facts of \(TimeText.text(nanos: given.nanoseconds)) UTC cannot take the "
        + "place of those known since \(TimeText.text(nanos: held.nanoseconds)) UTC; "
        + "import the older ones first, or give a later --known-at"
    case .damagedFile(let path, let what):
      "\(path): damaged, or no file of columns (\(what)); export it again"
    case .damagedFact(let path, let symbol, let day):
      "\(path): what it holds of \(symbol) on \(day) is damaged; restore the file from a copy"
    case .file(let path, let doing, let errno):
      "\(path): cannot \(doing): \(String(cString: strerror(errno)))"
    case .columns(let refusal):
      refusal.description
    case .tooManyRefused(let path, let refused, let rows, let allowed, let first):
      "\(path): \(refused) of \(rows) rows refused, more than the \(percent(allowed)) allowed; "
        + "nothing was imported. The first: \(first)"
    case .noRows(let path):
      "\(path):1: found no rows, expected some after the header"
    case .notVnpy(let path, let what):
      "\(path): this is no database of vn.py: \(what); name its database.db"
    }
  }

  private func percent(_ rate: Rate) -> String {
    var text = Price(units: rate.hundredMillionths).text(on: Grid(decimals: 6))
    while text.hasSuffix("0") { text.removeLast() }
    return (text.hasSuffix(".") ? String(text.dropLast()) : text) + " %"
  }
}
