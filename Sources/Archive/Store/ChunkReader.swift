import Bytes
import Market

/// Reads chunks, checking each one's sum.
enum ChunkReader {
  static func buckets(
    of series: Int64, in database: borrowing Database
  ) throws(ArchiveError) -> [Int32] {
    let query = try database.statement(
      "SELECT bucket FROM chunk WHERE series = ? AND revision = 0 ORDER BY bucket")
    query.bind(1, series)
    var buckets: [Int32] = []
    while try database.step(query) { buckets.append(Int32(truncatingIfNeeded: query.int64(0))) }
    return buckets
  }

  /// The rows of one bucket; `nil` where it is empty.
  static func bucket(
    _ start: Int32, of series: Int64, key: SeriesKey, in database: borrowing Database
  ) throws(ArchiveError) -> ChunkRows? {
    let query = try database.statement(
      "SELECT firstDay, sum, columns FROM chunk WHERE series = ? AND bucket = ? AND revision = 0")
    query.bind(1, series)
    query.bind(2, Int64(start))
    guard try database.step(query) else { return nil }
    var table = ChunkTable(key.kind)
    try add(query, of: key, to: &table, in: database)
    return table.rows()
  }

  /// Adds the chunk of a row that starts with its first day, its sum and its bytes.
  static func add(
    _ query: borrowing Statement, of key: SeriesKey, to table: inout ChunkTable,
    in database: borrowing Database
  ) throws(ArchiveError) {
    let sum = UInt64(bitPattern: query.int64(1))
    let what = query.withBlob(2) { bytes -> String? in
      guard ColumnSum.checksum(bytes.bytes) == sum else { return "its checksum differs" }
      return table.add(bytes) ? nil : "its header is not a chunk's"
    }
    if let what { throw damaged(query, key, what, database) }
  }

  static func damaged(
    _ query: borrowing Statement, _ key: SeriesKey, _ what: String,
    _ database: borrowing Database
  ) -> ArchiveError {
    let day = TradingDay(days: Int32(truncatingIfNeeded: query.int64(0)))
    return .damaged(path: database.path, series: key, from: day, what: what)
  }
}
