import Bytes
import CSQLite
public import Market

/// A database of vn.py, opened for reading only: its table `dbbardata`.
public struct VnpyDatabase: ~Copyable {
  /// One instrument's bars of one length, as vn.py names them.
  public struct Content: Hashable, Sendable {
    public let code: String
    public let exchange: String
    public let interval: String
    public let bars: Int
    public let first: String
    public let last: String
  }

  let database: Database

  public var path: String { database.path }

  public init(_ path: String) throws(ArchiveError) {
    let opened = try Database(path: path, mode: .readOnly)
    try Self.check(opened)
    database = opened
  }

  private static func check(_ database: borrowing Database) throws(ArchiveError) {
    do throws(ArchiveError) {
      guard try has(table: "dbbardata", in: database) else {
        throw .notVnpy(path: database.path, what: "it has no table dbbardata")
      }
    } catch .database(let path, _, SQLITE_NOTADB, _) {
      throw .notVnpy(path: path, what: "it is no SQLite database")
    }
  }

  /// What it holds, by exchange, code and interval.
  public func contents() throws(ArchiveError) -> [Content] {
    let query = try database.statement(
      """
      SELECT symbol, exchange, interval, count(*), min(datetime), max(datetime) FROM dbbardata
      GROUP BY symbol, exchange, interval ORDER BY exchange, symbol, interval
      """)
    var contents: [Content] = []
    while try database.step(query) {
      contents.append(
        Content(
          code: query.text(0), exchange: query.text(1), interval: query.text(2),
          bars: Int(query.int64(3)), first: query.text(4), last: query.text(5)))
    }
    return contents
  }

  func ticks() throws(ArchiveError) -> Int {
    guard try Self.has(table: "dbtickdata", in: database) else { return 0 }
    return Int(try database.integer("SELECT count(*) FROM dbtickdata"))
  }

  private static func has(
    table: String, in database: borrowing Database
  ) throws(ArchiveError) -> Bool {
    let query = try database.statement(
      "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?")
    query.bind(1, table)
    return try database.step(query) && query.int64(0) > 0
  }
}

extension VnpyDatabase.Content {
  /// vn.py's exchanges that we call otherwise.
  private static let exchanges: [(String, Exchange)] = [
    ("SEHK", .hkex), ("NYSE", .us), ("NASDAQ", .us), ("AMEX", .us), ("ARCA", .us), ("SMART", .us),
  ]

  /// `nil` for an exchange that we do not know.
  public var symbol: Symbol? {
    let known = Self.exchanges.first { $0.0 == exchange }?.1 ?? Exchange(rawValue: exchange)
    return known.flatMap { Symbol("\(code).\($0.rawValue)") }
  }

  public var isTicks: Bool { interval == "tick" }

  /// `nil` for a length that we do not keep, such as a week.
  public var length: BarInterval? {
    switch interval {
    case "1m": .minute
    case "1h": .hour
    case "d": .day
    default: nil
    }
  }
}
