import CSQLite

/// The one owner of a connection to SQLite; it closes with it.
struct Database: ~Copyable {
  enum Mode {
    case create
    case readOnly
  }

  let path: String
  let handle: OpaquePointer

  init(path: String, mode: Mode) throws(ArchiveError) {
    self.path = path
    var opened: OpaquePointer?
    let flags =
      mode == .create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
    let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let opened else {
      let message = String(cString: sqlite3_errstr(code))
      sqlite3_close_v2(opened)
      throw .database(path: path, doing: "open", code: code, message: message)
    }
    handle = opened
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, 10_000)
  }

  deinit { sqlite3_close_v2(handle) }

  /// The one check of a result code.
  func check(_ code: Int32, _ doing: @autoclosure () -> String) throws(ArchiveError) {
    guard code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE else {
      throw .database(
        path: path, doing: doing(), code: code, message: String(cString: sqlite3_errmsg(handle)))
    }
  }

  /// Runs statements that answer nothing.
  func run(_ sql: String) throws(ArchiveError) {
    try check(sqlite3_exec(handle, sql, nil, nil, nil), sql)
  }

  func statement(_ sql: String) throws(ArchiveError) -> Statement {
    var prepared: OpaquePointer?
    try check(sqlite3_prepare_v2(handle, sql, -1, &prepared, nil), sql)
    guard let prepared else { preconditionFailure("an empty statement") }
    return Statement(handle: prepared)
  }

  /// Takes one step; `false` when there is no further row.
  func step(_ statement: borrowing Statement) throws(ArchiveError) -> Bool {
    let code = sqlite3_step(statement.handle)
    try check(code, String(cString: sqlite3_sql(statement.handle)))
    return code == SQLITE_ROW
  }

  /// Runs a statement to its end and makes it ready for the next values.
  func finish(_ statement: borrowing Statement) throws(ArchiveError) {
    while try step(statement) {}
    sqlite3_reset(statement.handle)
  }

  /// The first column of the first row.
  func integer(_ sql: String) throws(ArchiveError) -> Int64 {
    let statement = try statement(sql)
    return try step(statement) ? statement.int64(0) : 0
  }

  var lastRow: Int64 { sqlite3_last_insert_rowid(handle) }

  /// All or nothing: whatever `body` throws undoes what it wrote.
  func transaction<Value>(
    _ body: () throws(ArchiveError) -> Value
  ) throws(ArchiveError) -> Value {
    try run("BEGIN IMMEDIATE")
    do throws(ArchiveError) {
      let value = try body()
      try run("COMMIT")
      return value
    } catch {
      sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
      throw error
    }
  }

  /// Several reads of one state: a writer's commit in between is not seen.
  func snapshot<Value>(
    _ body: () throws(ArchiveError) -> Value
  ) throws(ArchiveError) -> Value {
    try run("BEGIN")
    defer { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
    return try body()
  }
}
