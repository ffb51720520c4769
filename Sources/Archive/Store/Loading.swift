public import Bytes
public import Market

/// Bars as they were loaded, with the name of exactly this content.
public struct LoadedBars: Hashable, Sendable {
  public let series: Series
  public let columns: BarColumns
  /// SHA-256 over the series' terms and the rows loaded: equal bars give equal fingerprints,
  /// however and when they were imported.
  public let fingerprint: Digest
}

/// One line of what an archive holds.
public struct Listing: Hashable, Sendable {
  public let series: Series
  public let bars: Int
  public let firstDay: TradingDay
  public let lastDay: TradingDay
  public let firstClose: Instant
  public let lastClose: Instant
}

extension BarStore {
  /// The bars that close at or after `from` and before `until`; each chunk's sum is checked.
  public func load(
    _ key: SeriesKey, from: Instant? = nil, until: Instant? = nil
  ) throws(ArchiveError) -> LoadedBars {
    let first = from?.nanoseconds ?? .min
    let end = until?.nanoseconds ?? .max
    return try load(key, first: first, last: end, within: "lastClose >= ? AND firstClose < ?") {
      let closes = $0.closedAtNanos
      return closes.partitioned { $0 < first }..<closes.partitioned { $0 < end }
    }
  }

  /// The bars of the trading days from the first to the last, their nights among them.
  public func load(
    _ key: SeriesKey, days: ClosedRange<TradingDay>
  ) throws(ArchiveError) -> LoadedBars {
    let (first, last) = (days.lowerBound.days, days.upperBound.days)
    return try load(
      key, first: Int64(first), last: Int64(last), within: "lastDay >= ? AND firstDay <= ?"
    ) {
      let days = $0.tradingDays
      return days.partitioned { $0 < first }..<days.partitioned { $0 <= last }
    }
  }

  private func load(
    _ key: SeriesKey, first: Int64, last: Int64, within condition: String,
    cut: (BarColumns) -> Range<Int>
  ) throws(ArchiveError) -> LoadedBars {
    try database.snapshot { () throws(ArchiveError) in
      guard let (id, series) = try SeriesTable.find(key, in: database) else {
        throw .unknownSeries(path: path, series: key)
      }
      let query = try database.statement(
        """
        SELECT firstDay, sum, columns, digest FROM chunk
        WHERE series = ? AND revision = 0 AND \(condition) ORDER BY bucket
        """)
      query.bind(1, id)
      query.bind(2, first)
      query.bind(3, last)
      var table = ChunkTable()
      var digests: [[UInt8]] = []
      while try database.step(query) {
        try ChunkReader.add(query, of: key, to: &table, in: database)
        digests.append(query.withBlob(3) { Array($0) })
      }
      return Self.loaded(series, table, digests, cut)
    }
  }

  private static func loaded(
    _ series: Series, _ table: ChunkTable, _ digests: [[UInt8]], _ cut: (BarColumns) -> Range<Int>
  ) -> LoadedBars {
    let columns = table.columns()
    let rows = cut(columns)
    var hash = Sha256()
    hash.update(
      Array("\(series.key) \(series.grid.decimals) \(series.calendar) \(rows.count)\n".utf8))
    var encoder = ChunkEncoder()
    for (entry, digest) in zip(table.entries, digests) {
      let kept = entry.rows.clamped(to: rows)
      if kept.isEmpty { continue }
      let isWhole = kept == entry.rows
      hash.update(isWhole ? digest : Sha256.digest(encoder.encode(columns, kept)).bytes)
    }
    let isAll = rows == 0..<columns.count
    return LoadedBars(
      series: series, columns: isAll ? columns : columns.rows(rows), fingerprint: hash.digest())
  }
}

extension BarStore {
  /// What the archive holds, by symbol, then from short bars to long ones.
  public func list() throws(ArchiveError) -> [Listing] {
    let query = try database.statement(
      """
      SELECT symbol, seconds, adjustment, decimals, calendar, source, sum(bars), min(firstDay),
        max(lastDay), min(firstClose), max(lastClose)
      FROM series JOIN chunk ON chunk.series = series.id AND revision = 0
      GROUP BY series.id ORDER BY symbol, seconds, adjustment
      """)
    var listings: [Listing] = []
    while try database.step(query) {
      guard
        let key = SeriesTable.key(
          symbol: query.text(0), seconds: query.int64(1), adjustment: query.text(2))
      else { throw .notAnArchive(path: path) }
      let series = Series(
        key: key, grid: try SeriesTable.grid(query.int64(3), of: key, database),
        calendar: query.text(4), source: query.text(5))
      listings.append(
        Listing(
          series: series, bars: Int(query.int64(6)),
          firstDay: TradingDay(days: Int32(truncatingIfNeeded: query.int64(7))),
          lastDay: TradingDay(days: Int32(truncatingIfNeeded: query.int64(8))),
          firstClose: Instant(nanoseconds: query.int64(9)),
          lastClose: Instant(nanoseconds: query.int64(10))))
    }
    return listings
  }

  /// Holds every chunk of a series against the SHA-256 stored when it was written.
  public func verify(_ key: SeriesKey) throws(ArchiveError) {
    guard let (id, _) = try SeriesTable.find(key, in: database) else {
      throw .unknownSeries(path: path, series: key)
    }
    let query = try database.statement(
      "SELECT firstDay, digest, columns FROM chunk WHERE series = ? ORDER BY bucket, revision")
    query.bind(1, id)
    while try database.step(query) {
      let digest = query.withBlob(1) { Digest(bytes: Array($0)) }
      guard query.withBlob(2, { Sha256.digest($0.bytes) }) == digest else {
        throw ChunkReader.damaged(query, key, "its SHA-256 differs", database)
      }
    }
  }
}
