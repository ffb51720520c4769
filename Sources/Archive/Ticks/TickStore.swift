public import Market

extension BarStore {
  /// Adds quotes, oldest first, in one transaction; those held at the same instants are replaced.
  public func write(
    _ quotes: QuoteColumns, to series: Series, _ vintage: Vintage = .now
  ) throws(ArchiveError) -> WriteCount {
    precondition(series.key.isTicks, "quotes are kept as ticks")
    return try database.transaction { () throws(ArchiveError) in
      var writer = try SeriesWriter(series, vintage, in: database)
      return try writer.write(ChunkRows(quotes), on: series.grid, in: database)
    }
  }

  /// The quotes of some trading days, as they are known or were known at an instant.
  public func loadTicks(
    _ symbol: Symbol, days: ClosedRange<TradingDay>? = nil, asOf: Instant? = nil
  ) throws(ArchiveError) -> LoadedQuotes {
    let extent = days.map { Extent(days: $0) } ?? Extent(instants: .min, .max)
    return try load(.ticks(symbol), within: extent, asOf).quotes
  }

  /// The trading days that have ticks, so that they can be worked through a day at a time.
  public func tickDays(_ symbol: Symbol) throws(ArchiveError) -> [TradingDay] {
    guard let (id, _) = try SeriesTable.find(.ticks(symbol), in: database) else {
      throw .unknownSeries(path: path, series: .ticks(symbol))
    }
    return try ChunkReader.buckets(of: id, in: database).map { TradingDay(days: $0) }
  }
}
