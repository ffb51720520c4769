import Bytes
import Market

/// What undoes the revisions of one series that were not known at an instant.
struct Past {
  /// What one revision did to one bucket.
  private struct Entry {
    let decimals: UInt8
    let replaced: ChunkRows
    let added: [Int64]
  }

  /// By bucket, the latest first.
  private var entries: [Int32: [Entry]] = [:]

  /// Reads the revisions that became known after `instant`.
  init(
    after instant: Instant, of id: Int64, _ key: SeriesKey, in database: borrowing Database
  ) throws(ArchiveError) {
    let query = try database.statement(
      """
      SELECT bucket, sum, replaced, past.added, decimals FROM past
      JOIN revision ON revision.id = past.revision
      WHERE past.series = ? AND revision.knownAt > ? ORDER BY past.id DESC
      """)
    query.bind(1, id)
    query.bind(2, instant.nanoseconds)
    while try database.step(query) {
      guard let entry = Self.entry(query, key.kind) else {
        throw ChunkReader.damaged(query, key, "an older version's checksum differs", database)
      }
      entries[Int32(truncatingIfNeeded: query.int64(0)), default: []].append(entry)
    }
  }

  /// The rows of a bucket as they were known, `grid` being that of the series now; `nil` where
  /// nothing was changed since.
  func undo(_ rows: ChunkRows, bucket: Int32, _ grid: Grid) -> ChunkRows? {
    guard let entries = entries[bucket] else { return nil }
    var rows = rows
    for entry in entries {
      var older = entry.replaced
      // Prices were held in coarser units then; they fitted the finer ones when the series was refined.
      if entry.decimals < grid.decimals {
        _ = older.scalePrices(by: Grid(decimals: grid.decimals - entry.decimals).unitsPerOne)
      }
      rows = rows.without(entry.added).merging(older, 0..<older.count).rows
    }
    return rows
  }

  static func sum(_ replaced: [UInt8], _ added: [UInt8]) -> UInt64 {
    ColumnSum.checksum(added.span.bytes, seed: ColumnSum.checksum(replaced.span.bytes))
  }

  private static func entry(_ query: borrowing Statement, _ kind: RowKind) -> Entry? {
    let replaced = query.withBlob(2) { Array($0) }
    let added = query.withBlob(3) { Array($0) }
    guard sum(replaced, added) == UInt64(bitPattern: query.int64(1)),
      let rows = unpacked(replaced, kind), let instants = unpacked(added, .instants)
    else { return nil }
    return Entry(
      decimals: UInt8(truncatingIfNeeded: query.int64(4)), replaced: rows,
      added: instants.columns[0])
  }

  private static func unpacked(_ chunk: [UInt8], _ kind: RowKind) -> ChunkRows? {
    // A chunk of no rows is its header alone.
    if chunk.count == ChunkEncoder.headerBytes(kind), chunk.prefix(4).allSatisfy({ $0 == 0 }) {
      return ChunkRows(kind)
    }
    var table = ChunkTable(kind)
    return chunk.withUnsafeBytes({ table.add($0) }) ? table.rows() : nil
  }
}
