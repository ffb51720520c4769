import Bytes
import Market

/// Keeps what an import takes the place of, under one revision that is entered when it is first needed.
struct RevisionWriter {
  private let series: Series
  private let id: Int64
  private let importedAt: Instant
  /// What the import itself says; `nil` where its first versions count from their close.
  private let given: Instant?
  private var entered: Int64?
  private var changed = 0
  private var added = 0
  private var encoder = ChunkEncoder()

  init(series: Series, id: Int64, _ vintage: Vintage) {
    self.series = series
    self.id = id
    importedAt = vintage.importedAt ?? .now
    given = vintage.knownAt?.instant(on: series.key.symbol.exchange.zone)
  }

  /// Whether rows that were not there before count from a stated instant.
  var keepsAdded: Bool { given != nil }

  mutating func keep(
    _ merge: Merge, bucket: Int32, _ grid: Grid, in database: borrowing Database
  ) throws(ArchiveError) {
    let late = keepsAdded ? merge.added : []
    guard merge.count.changed > 0 || !late.isEmpty else { return }
    let revision = try revision(isRestating: merge.count.changed > 0, in: database)
    changed += merge.count.changed
    added += late.count
    let replaced = encoder.encode(merge.replaced, 0..<merge.replaced.count)
    let instants = encoder.encode(
      ChunkRows(.instants, columns: [late]), 0..<late.count)
    let entry = try database.statement(
      """
      INSERT INTO past(series, bucket, revision, decimals, sum, replaced, added)
      VALUES(?, ?, ?, ?, ?, ?, ?)
      """)
    entry.bind(1, id)
    entry.bind(2, Int64(bucket))
    entry.bind(3, revision)
    entry.bind(4, Int64(grid.decimals))
    entry.bind(5, Int64(bitPattern: Past.sum(replaced, instants)))
    entry.bind(6, replaced)
    entry.bind(7, instants)
    try database.finish(entry)
  }

  /// Writes down how many rows the revision changed so far.
  func finish(in database: borrowing Database) throws(ArchiveError) {
    guard let entered else { return }
    let change = try database.statement("UPDATE revision SET changed = ?, added = ? WHERE id = ?")
    change.bind(1, Int64(changed))
    change.bind(2, Int64(added))
    change.bind(3, entered)
    try database.finish(change)
  }

  /// A value cannot have been known before the one it takes the place of.
  private mutating func revision(
    isRestating: Bool, in database: borrowing Database
  ) throws(ArchiveError) -> Int64 {
    let last = try latest(in: database)
    if isRestating, let given, let last, given < last {
      throw .knownEarlier(series: series.key, given: given, held: last)
    }
    if let entered { return entered }
    let knownAt = given ?? max(importedAt, last ?? importedAt)
    let entry = try database.statement(
      """
      INSERT INTO revision(series, importedAt, knownAt, source, changed, added)
      VALUES(?, ?, ?, ?, 0, 0)
      """)
    entry.bind(1, id)
    entry.bind(2, importedAt.nanoseconds)
    entry.bind(3, knownAt.nanoseconds)
    entry.bind(4, series.source)
    try database.finish(entry)
    entered = database.lastRow
    return database.lastRow
  }

  private func latest(in database: borrowing Database) throws(ArchiveError) -> Instant? {
    let query = try database.statement(
      "SELECT knownAt FROM revision WHERE series = ? ORDER BY knownAt DESC LIMIT 1")
    query.bind(1, id)
    return try database.step(query) ? Instant(nanoseconds: query.int64(0)) : nil
  }
}
