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

/// Quotes as they were loaded, with the name of exactly this content.
public struct LoadedQuotes: Hashable, Sendable {
  public let series: Series
  public let columns: QuoteColumns
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

extension LoadedBars {
  /// What a list tells of these bars; `nil` where there are none.
  public var listing: Listing? {
    guard let last = columns.tradingDays.indices.last else { return nil }
    return Listing(
      series: series, bars: columns.count, firstDay: TradingDay(days: columns.tradingDays[0]),
      lastDay: TradingDay(days: columns.tradingDays[last]),
      firstClose: Instant(nanoseconds: columns.closedAtNanos[0]),
      lastClose: Instant(nanoseconds: columns.closedAtNanos[last]))
  }
}

extension BarStore {
  /// The bars that close at or after `from` and before `until`; each chunk's sum is checked.
  ///
  /// With `asOf`, the bars as they were known at that instant: later restatements are undone and
  /// what closed later is left out.
  public func load(
    _ key: SeriesKey, from: Instant? = nil, until: Instant? = nil, asOf: Instant? = nil
  ) throws(ArchiveError) -> LoadedBars {
    try load(
      key, within: Extent(instants: from?.nanoseconds ?? .min, until?.nanoseconds ?? .max), asOf
    ).bars
  }

  /// The bars of the trading days from the first to the last, their nights among them.
  public func load(
    _ key: SeriesKey, days: ClosedRange<TradingDay>, asOf: Instant? = nil
  ) throws(ArchiveError) -> LoadedBars {
    try load(key, within: Extent(days: days), asOf).bars
  }

  /// Rows of either kind.
  func load(
    _ key: SeriesKey, within extent: Extent, _ asOf: Instant?
  ) throws(ArchiveError) -> LoadedRows {
    try database.snapshot { () throws(ArchiveError) in
      guard let (id, series) = try SeriesTable.find(key, in: database) else {
        throw .unknownSeries(path: path, series: key)
      }
      let query = try database.statement(
        """
        SELECT firstDay, sum, columns, digest, bucket FROM chunk
        WHERE series = ? AND revision = 0 AND \(extent.condition) ORDER BY bucket
        """)
      query.bind(1, id)
      query.bind(2, extent.first)
      query.bind(3, extent.last)
      guard let asOf else { return LoadedRows(series, try chunks(query, key), extent) }
      let past = try Past(after: asOf, of: id, key, in: database)
      return LoadedRows(series, try chunks(query, series, past, asOf), extent)
    }
  }

  private func chunks(
    _ query: borrowing Statement, _ key: SeriesKey
  ) throws(ArchiveError) -> LoadedChunks {
    var table = ChunkTable(key.kind)
    var digests: [[UInt8]?] = []
    while try database.step(query) {
      try ChunkReader.add(query, of: key, to: &table, in: database)
      digests.append(query.withBlob(3) { Array($0) })
    }
    return LoadedChunks(table, digests)
  }

  private func chunks(
    _ query: borrowing Statement, _ series: Series, _ past: Past, _ asOf: Instant
  ) throws(ArchiveError) -> LoadedChunks {
    var chunks = LoadedChunks(series.key.kind)
    while try database.step(query) {
      var table = ChunkTable(series.key.kind)
      try ChunkReader.add(query, of: series.key, to: &table, in: database)
      let now = table.rows()
      let bucket = Int32(truncatingIfNeeded: query.int64(4))
      let then = past.undo(now, bucket: bucket, series.grid)
      let rows = then ?? now
      let known = rows.nanos.partitioned { $0 <= asOf.nanoseconds }
      let isWhole = then == nil && known == rows.count
      chunks.append(rows, 0..<known, digest: isWhole ? query.withBlob(3) { Array($0) } : nil)
    }
    return chunks
  }
}

extension BarStore {
  /// The fingerprint that a load of the whole series has, from the chunks' digests alone.
  public func fingerprint(of key: SeriesKey) throws(ArchiveError) -> Digest {
    guard let (id, series) = try SeriesTable.find(key, in: database) else {
      throw .unknownSeries(path: path, series: key)
    }
    let query = try database.statement(
      "SELECT bars, digest FROM chunk WHERE series = ? AND revision = 0 ORDER BY bucket")
    query.bind(1, id)
    var rows = 0
    var digests: [[UInt8]] = []
    while try database.step(query) {
      rows += Int(query.int64(0))
      digests.append(query.withBlob(1) { Array($0) })
    }
    return LoadedRows.fingerprint(series, rows, digests)
  }

  /// The bars the archive holds, by symbol, then from short bars to long ones.
  public func list() throws(ArchiveError) -> [Listing] { try list(isOfTicks: false) }

  /// The ticks it holds, by symbol.
  public func listTicks() throws(ArchiveError) -> [Listing] { try list(isOfTicks: true) }

  private func list(isOfTicks: Bool) throws(ArchiveError) -> [Listing] {
    let query = try database.statement(
      """
      SELECT symbol, seconds, adjustment, decimals, calendar, source, sum(bars), min(firstDay),
        max(lastDay), min(firstClose), max(lastClose)
      FROM series JOIN chunk ON chunk.series = series.id AND revision = 0
      WHERE seconds \(isOfTicks ? "=" : ">") 0
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

  /// Holds every chunk of a series against the SHA-256 stored when it was written, and every older
  /// version against its sum.
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
    _ = try Past(after: Instant(nanoseconds: .min), of: id, key, in: database)
  }
}
