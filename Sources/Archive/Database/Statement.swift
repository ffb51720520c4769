import CSQLite

/// The one owner of a prepared statement. Values are bound from 1, columns read from 0, as SQLite counts.
struct Statement: ~Copyable {
  let handle: OpaquePointer

  deinit { sqlite3_finalize(handle) }

  func reset() { sqlite3_reset(handle) }

  func bind(_ index: Int32, _ value: Int64) {
    sqlite3_bind_int64(handle, index, value)
  }

  func bind(_ index: Int32, _ text: String) {
    // SQLite copies the text before the call returns: -1 is its constant for that.
    sqlite3_bind_text(handle, index, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
  }

  func bind(_ index: Int32, _ blob: [UInt8]) {
    _ = blob.withUnsafeBytes {
      sqlite3_bind_blob64(
        handle, index, $0.baseAddress, UInt64($0.count),
        unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }
  }

  func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  func double(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

  func text(_ column: Int32) -> String {
    sqlite3_column_text(handle, column).map { String(cString: $0) } ?? ""
  }

  /// Lends a blob's bytes; they last until the next step.
  func withBlob<Value>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    let start = sqlite3_column_blob(handle, column)
    let count = Int(sqlite3_column_bytes(handle, column))
    return body(UnsafeRawBufferPointer(start: start, count: count))
  }
}
