import Bytes
import Market

/// Writes rows of one series; the transaction is its caller's.
struct SeriesWriter {
  let key: SeriesKey
  private let id: Int64
  private let bucket: Bucket
  private(set) var grid: Grid
  private var encoder = ChunkEncoder()
  private var revision: RevisionWriter

  /// Finds the series or enters it.
  init(
    _ series: Series, _ vintage: Vintage = .now, in database: borrowing Database
  ) throws(ArchiveError) {
    key = series.key
    bucket = Bucket(series.key)
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
    revision = RevisionWriter(series: series, id: id, vintage)
  }

  mutating func write(
    _ bars: BarColumns, on given: Grid, in database: borrowing Database
  ) throws(ArchiveError) -> WriteCount {
    try write(ChunkRows(bars), on: given, in: database)
  }

  mutating func write(
    _ rows: ChunkRows, on given: Grid, in database: borrowing Database
  ) throws(ArchiveError) -> WriteCount {
    try rows.checkOrder(of: key)
    var rows = rows
    if given.decimals > grid.decimals {
      try refine(to: given, in: database)
    } else if given.decimals < grid.decimals {
      try rescale(&rows, by: Grid(decimals: grid.decimals - given.decimals).unitsPerOne)
    }
    var count = WriteCount()
    let insert = try database.statement(Self.insertion)
    for (start, range) in bucket.runs(rows.days) {
      count += try write(rows, range, bucket: start, insert, in: database)
    }
    try revision.finish(in: database)
    return count
  }

  private mutating func write(
    _ rows: ChunkRows, _ range: Range<Int>, bucket start: Int32, _ insert: borrowing Statement,
    in database: borrowing Database
  ) throws(ArchiveError) -> WriteCount {
    let held = try ChunkReader.bucket(start, of: id, key: key, in: database)
    if held == nil, !revision.keepsAdded {
      try put(rows, range, bucket: start, insert, in: database)
      var count = WriteCount()
      count.added = range.count
      return count
    }
    let merge = (held ?? ChunkRows(rows.kind)).merging(rows, range)
    if merge.count.added + merge.count.changed > 0 {
      try revision.keep(merge, bucket: start, grid, in: database)
      try put(merge.rows, 0..<merge.rows.count, bucket: start, insert, in: database)
    }
    return merge.count
  }

  private static let insertion = """
    INSERT OR REPLACE INTO chunk(series, bucket, revision, bars, firstClose, lastClose, firstDay,
      lastDay, sum, digest, columns) VALUES(?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  private mutating func put(
    _ rows: ChunkRows, _ range: Range<Int>, bucket start: Int32, _ insert: borrowing Statement,
    in database: borrowing Database
  ) throws(ArchiveError) {
    let chunk = encoder.encode(rows, range)
    let (first, last) = (range.lowerBound, range.upperBound - 1)
    insert.bind(1, id)
    insert.bind(2, Int64(start))
    insert.bind(3, Int64(range.count))
    insert.bind(4, rows.nanos[first])
    insert.bind(5, rows.nanos[last])
    insert.bind(6, rows.days[first])
    insert.bind(7, rows.days[last])
    insert.bind(8, Int64(bitPattern: ColumnSum.checksum(chunk.span.bytes)))
    insert.bind(9, Sha256.digest(chunk).bytes)
    insert.bind(10, chunk)
    try database.finish(insert)
  }
}

extension ChunkRows {
  /// Time goes on from row to row, and trading days never go back: buckets rely on it.
  func checkOrder(of key: SeriesKey) throws(ArchiveError) {
    let mayRepeat = kind != .bars
    let (nanos, days) = (nanos, days)
    for row in 1..<max(1, nanos.count) {
      // Compared, not subtracted: centuries apart, the difference is no number.
      let follows = mayRepeat ? nanos[row - 1] <= nanos[row] : nanos[row - 1] < nanos[row]
      guard follows, days[row - 1] <= days[row] else {
        throw .unordered(series: key, closedAt: Instant(nanoseconds: nanos[row]))
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
      guard var rows = try ChunkReader.bucket(start, of: id, key: key, in: database) else {
        continue
      }
      try rescale(&rows, by: factor)
      try put(rows, 0..<rows.count, bucket: start, insert, in: database)
    }
    try SeriesTable.refine(id, to: finer, in: database)
    grid = finer
  }

  private func rescale(_ rows: inout ChunkRows, by factor: Int64) throws(ArchiveError) {
    guard rows.scalePrices(by: factor) else {
      throw .gridOverflow(series: key, decimals: grid.decimals)
    }
  }
}
