import Market

/// The table that names the series of an archive.
enum SeriesTable {
  static func find(
    _ key: SeriesKey, in database: borrowing Database
  ) throws(ArchiveError) -> (id: Int64, series: Series)? {
    let query = try database.statement(
      """
      SELECT id, decimals, calendar, source FROM series
      WHERE symbol = ? AND seconds = ? AND adjustment = ?
      """)
    query.bind(1, key.symbol.description)
    query.bind(2, key.seconds)
    query.bind(3, key.adjustment.rawValue)
    guard try database.step(query) else { return nil }
    let series = Series(
      key: key, grid: try grid(query.int64(1), of: key, database), calendar: query.text(2),
      source: query.text(3))
    return (query.int64(0), series)
  }

  static func enter(
    _ series: Series, in database: borrowing Database
  ) throws(ArchiveError) -> Int64 {
    let entry = try database.statement(
      """
      INSERT INTO series(symbol, seconds, adjustment, decimals, calendar, source)
      VALUES(?, ?, ?, ?, ?, ?)
      """)
    entry.bind(1, series.key.symbol.description)
    entry.bind(2, series.key.seconds)
    entry.bind(3, series.key.adjustment.rawValue)
    entry.bind(4, Int64(series.grid.decimals))
    entry.bind(5, series.calendar)
    entry.bind(6, series.source)
    try database.finish(entry)
    return database.lastRow
  }

  static func refine(
    _ id: Int64, to grid: Grid, in database: borrowing Database
  ) throws(ArchiveError) {
    let change = try database.statement("UPDATE series SET decimals = ? WHERE id = ?")
    change.bind(1, Int64(grid.decimals))
    change.bind(2, id)
    try database.finish(change)
  }

  static func key(
    symbol: String, seconds: Int64, adjustment: String
  ) -> SeriesKey? {
    guard let symbol = Symbol(symbol) else { return nil }
    if seconds == 0 { return .ticks(symbol) }
    guard let interval = BarInterval(rawValue: Int32(truncatingIfNeeded: seconds)),
      let adjustment = Adjustment(rawValue: adjustment)
    else { return nil }
    return SeriesKey(symbol, interval, adjustment: adjustment)
  }

  static func grid(
    _ decimals: Int64, of key: SeriesKey, _ database: borrowing Database
  ) throws(ArchiveError) -> Grid {
    guard (0...Int64(Grid.most)).contains(decimals) else {
      throw .damaged(
        path: database.path, series: key, from: TradingDay(days: 0), what: "\(decimals) decimals")
    }
    return Grid(decimals: UInt8(decimals))
  }
}
