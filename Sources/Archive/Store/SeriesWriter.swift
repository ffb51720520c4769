import Bytes
import Market

/// Writes bars of one series; the transaction is its caller's.
struct SeriesWriter {
  let key: SeriesKey
  private let id: Int64
  private let bucket: Bucket
  private(set) var grid: Grid
  private var encoder = ChunkEncoder()

  /// Finds the series or enters it.
  init(_ series: Series, in database: borrowing Database) throws(ArchiveError) {
    key = series.key
    bucket = Bucket(series.key.interval)
    if let held = try SeriesTable.find(series.key, in: database) {
      guard held.series.calendar == series.calendar else {
        throw .otherCalendar(
          series: series.key, held: held.series.calendar, given: series.calendar)
      }
      id = held.id
      grid = held.series.grid
    } else {
      id = try SeriesTable.enter(series, in: database)
      grid = series.grid
    }
  }

  mutating func write(
    _ bars: BarColumns, on given: Grid, in database: borrowing Database
  ) throws(ArchiveError) -> WriteCount {
    try checkOrder(bars)
    var bars = bars
    if given.decimals > grid.decimals {
      try refine(to: given, in: database)
    } else if given.decimals < grid.decimals {
      try rescale(&bars, by: Grid(decimals: grid.decimals - given.decimals).unitsPerOne)
    }
    var count = WriteCount()
    let insert = try database.statement(Self.insertion)
    for (start, rows) in bucket.runs(bars) {
      count += try write(bars, rows, bucket: start, insert, in: database)
    }
    return count
  }

  private mutating func write(
    _ bars: BarColumns, _ rows: Range<Int>, bucket start: Int32, _ insert: borrowing Statement,
    in database: borrowing Database
  ) throws(ArchiveError) -> WriteCount {
    guard let held = try ChunkReader.bucket(start, of: id, key: key, in: database) else {
      try put(bars, rows, bucket: start, insert, in: database)
      var count = WriteCount()
      count.added = rows.count
      return count
    }
    let (merged, count) = held.merging(bars, rows)
    if count.added + count.changed > 0 {
      try put(merged, 0..<merged.count, bucket: start, insert, in: database)
    }
    return count
  }

  private static let insertion = """
    INSERT OR REPLACE INTO chunk(series, bucket, revision, bars, firstClose, lastClose, firstDay,
      lastDay, sum, digest, columns) VALUES(?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  private mutating func put(
    _ bars: BarColumns, _ rows: Range<Int>, bucket start: Int32, _ insert: borrowing Statement,
    in database: borrowing Database
  ) throws(ArchiveError) {
    let chunk = encoder.encode(bars, rows)
    let (first, last) = (rows.lowerBound, rows.upperBound - 1)
    insert.bind(1, id)
    insert.bind(2, Int64(start))
    insert.bind(3, Int64(rows.count))
    insert.bind(4, bars.closedAtNanos[first])
    insert.bind(5, bars.closedAtNanos[last])
    insert.bind(6, Int64(bars.tradingDays[first]))
    insert.bind(7, Int64(bars.tradingDays[last]))
    insert.bind(8, Int64(bitPattern: ColumnSum.checksum(chunk.span.bytes)))
    insert.bind(9, Sha256.digest(chunk).bytes)
    insert.bind(10, chunk)
    try database.finish(insert)
  }

  /// Time goes on from bar to bar, and trading days never go back: buckets rely on it.
  private func checkOrder(_ bars: BarColumns) throws(ArchiveError) {
    for row in 1..<max(1, bars.count) {
      guard bars.closedAtNanos[row - 1] < bars.closedAtNanos[row],
        bars.tradingDays[row - 1] <= bars.tradingDays[row]
      else {
        throw .unordered(series: key, closedAt: Instant(nanoseconds: bars.closedAtNanos[row]))
      }
    }
  }
}

extension SeriesWriter {
  /// Rewrites what is held in finer units, which no value notices.
  private mutating func refine(
    to finer: Grid, in database: borrowing Database
  ) throws(ArchiveError) {
    let factor = Grid(decimals: finer.decimals - grid.decimals).unitsPerOne
    let insert = try database.statement(Self.insertion)
    for start in try ChunkReader.buckets(of: id, in: database) {
      guard var bars = try ChunkReader.bucket(start, of: id, key: key, in: database) else {
        continue
      }
      try rescale(&bars, by: factor)
      try put(bars, 0..<bars.count, bucket: start, insert, in: database)
    }
    try SeriesTable.refine(id, to: finer, in: database)
    grid = finer
  }

  private func rescale(_ bars: inout BarColumns, by factor: Int64) throws(ArchiveError) {
    guard bars.high.allSatisfy({ !$0.multipliedReportingOverflow(by: factor).overflow }) else {
      throw .gridOverflow(series: key, decimals: grid.decimals)
    }
    bars.scalePrices(by: factor)
  }
}
