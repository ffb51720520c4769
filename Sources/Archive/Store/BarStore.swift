import CSQLite
public import Market

/// The archive of bars in one SQLite file: one writer and several readers at a time.
public struct BarStore: ~Copyable {
  /// Raised with every change of the tables or of the chunks' bytes.
  static let format: Int64 = 1
  /// Tells an archive from other databases: the letters AUXB.
  static let application: Int64 = 0x4155_5842

  let database: Database

  public var path: String { database.path }

  /// Opens an archive for writing, making it where there is none.
  public init(path: String) throws(ArchiveError) {
    let opened = try Database(path: path, mode: .create)
    try Self.prepare(opened)
    database = opened
  }

  /// Opens an archive that exists, for reading only.
  public init(reading path: String) throws(ArchiveError) {
    let opened = try Database(path: path, mode: .readOnly)
    try Self.checkFormat(opened)
    database = opened
  }

  private static func prepare(_ database: borrowing Database) throws(ArchiveError) {
    if try isBlank(database) {
      try database.run("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL")
      try database.run("BEGIN IMMEDIATE; " + schema + "COMMIT")
    }
    try checkFormat(database)
    try database.run("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
  }

  private static func isBlank(_ database: borrowing Database) throws(ArchiveError) -> Bool {
    do throws(ArchiveError) {
      guard try database.integer("SELECT count(*) FROM sqlite_schema") == 0 else { return false }
      return try database.integer("PRAGMA application_id") == 0
    } catch .database(let path, _, SQLITE_NOTADB, _) {
      throw .notAnArchive(path: path)
    }
  }

  private static func checkFormat(_ database: borrowing Database) throws(ArchiveError) {
    guard try !isBlank(database),
      try database.integer("PRAGMA application_id") == application
    else { throw .notAnArchive(path: database.path) }
    let found = try database.integer("PRAGMA user_version")
    guard found <= format else {
      throw .newerFormat(path: database.path, found: Int(found), known: Int(format))
    }
  }

  /// A chunk is found by its series, the first day of its bucket and its revision; `sum` is checked
  /// at every load, `digest` names the content.
  private static let schema = """
    CREATE TABLE IF NOT EXISTS series(
      id INTEGER PRIMARY KEY, symbol TEXT NOT NULL, seconds INTEGER NOT NULL,
      adjustment TEXT NOT NULL, decimals INTEGER NOT NULL, calendar TEXT NOT NULL,
      source TEXT NOT NULL, UNIQUE(symbol, seconds, adjustment)) STRICT;
    CREATE TABLE IF NOT EXISTS chunk(
      id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series(id),
      bucket INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 0, bars INTEGER NOT NULL,
      firstClose INTEGER NOT NULL, lastClose INTEGER NOT NULL, firstDay INTEGER NOT NULL,
      lastDay INTEGER NOT NULL, sum INTEGER NOT NULL, digest BLOB NOT NULL,
      columns BLOB NOT NULL, UNIQUE(series, bucket, revision)) STRICT;
    PRAGMA application_id = \(application);
    PRAGMA user_version = \(format);

    """
}

/// What a write changed.
public struct WriteCount: Hashable, Sendable {
  public internal(set) var added = 0
  public internal(set) var changed = 0
  /// Bars the archive held already, alike in every field.
  public internal(set) var same = 0

  public init() {}

  public func adding(_ other: WriteCount) -> WriteCount {
    var sum = self
    sum += other
    return sum
  }

  static func += (left: inout WriteCount, right: WriteCount) {
    left.added += right.added
    left.changed += right.changed
    left.same += right.same
  }
}

extension BarStore {
  /// Adds bars, oldest first, in one transaction; a bar held at the same instant is replaced.
  ///
  /// Where the archive's grid and the given one differ, the finer holds both.
  public func write(
    _ bars: BarColumns, to series: Series
  ) throws(ArchiveError) -> WriteCount {
    try database.transaction { () throws(ArchiveError) in
      var writer = try SeriesWriter(series, in: database)
      return try writer.write(bars, on: series.grid, in: database)
    }
  }
}
