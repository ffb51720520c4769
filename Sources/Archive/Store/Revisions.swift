public import Market

/// An import that changed what was held, or whose rows became known later than their close.
public struct Revision: Hashable, Sendable {
  public let series: SeriesKey
  public let importedAt: Instant
  /// Loads as of an earlier instant do not see it.
  public let knownAt: Instant
  public let source: String
  /// Rows that took the place of others.
  public let changedRows: Int
  /// Rows that were not there before, where the import said since when they are known.
  public let addedRows: Int
}

extension BarStore {
  /// All revisions, by series, the oldest first.
  public func revisions() throws(ArchiveError) -> [Revision] {
    let query = try database.statement(
      """
      SELECT symbol, seconds, adjustment, importedAt, knownAt, revision.source, changed, added
      FROM revision JOIN series ON series.id = revision.series
      ORDER BY symbol, seconds, adjustment, revision.id
      """)
    var revisions: [Revision] = []
    while try database.step(query) {
      guard
        let key = SeriesTable.key(
          symbol: query.text(0), seconds: query.int64(1), adjustment: query.text(2))
      else { throw .notAnArchive(path: path) }
      revisions.append(
        Revision(
          series: key, importedAt: Instant(nanoseconds: query.int64(3)),
          knownAt: Instant(nanoseconds: query.int64(4)), source: query.text(5),
          changedRows: Int(query.int64(6)), addedRows: Int(query.int64(7))))
    }
    return revisions
  }
}
