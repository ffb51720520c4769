import CSQLite

/// The tables of an archive, by the version that brought them.
enum Format {
  /// Raised with every change of the tables or of the chunks' bytes.
  static let version: Int64 = 2
  /// Tells an archive from other databases: the letters AUXB.
  static let application: Int64 = 0x4155_5842

  /// Makes the tables of a new file, or those that an older one lacks.
  static func prepare(_ database: borrowing Database) throws(ArchiveError) {
    if try isBlank(database) {
      try database.run("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL")
      try database.run("BEGIN IMMEDIATE; \(first) \(second("")) \(stamp) COMMIT")
    }
    try check(database)
    if try database.integer("PRAGMA user_version") < version {
      try database.run("BEGIN IMMEDIATE; \(second("")) \(stamp) COMMIT")
    }
    try database.run("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
  }

  /// Makes an archive readable. An older one is not touched: the tables it lacks are empty, and so
  /// are their stand-ins in this connection's memory.
  static func prepareReading(_ database: borrowing Database) throws(ArchiveError) {
    try check(database)
    if try database.integer("PRAGMA user_version") < version {
      try database.run(second("TEMP"))
    }
  }

  private static func isBlank(_ database: borrowing Database) throws(ArchiveError) -> Bool {
    do throws(ArchiveError) {
      guard try database.integer("SELECT count(*) FROM sqlite_schema") == 0 else { return false }
      return try database.integer("PRAGMA application_id") == 0
    } catch .database(let path, _, SQLITE_NOTADB, _) {
      throw .notAnArchive(path: path)
    }
  }

  private static func check(_ database: borrowing Database) throws(ArchiveError) {
    guard try !isBlank(database),
      try database.integer("PRAGMA application_id") == application
    else { throw .notAnArchive(path: database.path) }
    let found = try database.integer("PRAGMA user_version")
    guard found <= version else {
      throw .newerFormat(path: database.path, found: Int(found), known: Int(version))
    }
  }

  private static let stamp = """
    PRAGMA application_id = \(application); PRAGMA user_version = \(version);
    """

  /// A chunk is found by its series and the first day of its bucket; `sum` is checked at every
  /// load, `digest` names the content. Revision 0 is what counts now.
  private static let first = """
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
    """

  /// A revision is an import that changed what was held, or whose rows became known late; `past`
  /// keeps what undoes it: the rows it replaced and the instants at which nothing was held before.
  private static func second(_ place: String) -> String {
    """
    CREATE \(place) TABLE IF NOT EXISTS revision(
      id INTEGER PRIMARY KEY, series INTEGER NOT NULL, importedAt INTEGER NOT NULL,
      knownAt INTEGER NOT NULL, source TEXT NOT NULL, changed INTEGER NOT NULL,
      added INTEGER NOT NULL) STRICT;
    CREATE \(place) TABLE IF NOT EXISTS past(
      id INTEGER PRIMARY KEY, series INTEGER NOT NULL, bucket INTEGER NOT NULL,
      revision INTEGER NOT NULL, decimals INTEGER NOT NULL, sum INTEGER NOT NULL,
      replaced BLOB NOT NULL, added BLOB NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS \(place.isEmpty ? "" : "temp.")pastOfBucket ON past(series, bucket);
    CREATE \(place) TABLE IF NOT EXISTS fact(
      id INTEGER PRIMARY KEY, symbol TEXT NOT NULL, day INTEGER NOT NULL,
      importedAt INTEGER NOT NULL, knownAt INTEGER, isRestated INTEGER NOT NULL,
      source TEXT NOT NULL, body BLOB NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS \(place.isEmpty ? "" : "temp.")factOfDay ON fact(symbol, day);
    """
  }
}
