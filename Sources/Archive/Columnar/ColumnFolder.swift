import Bytes
import Glibc
public import Market

/// Series of bars as plain files of one folder, for bulk: a file each, named for its series.
///
/// A folder knows what counts now and no older versions; those are the archive's.
public struct ColumnFolder: BarStorage, Sendable {
  public let path: String

  public init(_ path: String) {
    self.path = path
  }

  public func file(of key: SeriesKey) -> String {
    let adjusted = key.adjustment == .none ? "" : ".\(key.adjustment.rawValue)"
    return "\(path)/\(key.symbol).\(key.interval.name)\(adjusted)\(ColumnFile.ending)"
  }

  public func write(_ bars: BarColumns, to series: Series) throws(ArchiveError) -> WriteCount {
    let target = file(of: series.key)
    var given = ChunkRows(bars)
    try given.checkOrder(of: series.key)
    guard access(target, F_OK) == 0 else {
      try ColumnFile.write(given, of: series, to: target)
      var count = WriteCount()
      count.added = bars.count
      return count
    }
    let held = try ColumnFile(target)
    guard held.series.calendar == series.calendar else {
      throw .otherCalendar(
        series: series.key, held: held.series.calendar, given: series.calendar)
    }
    var rows = ChunkRows(try held.rows(.all).bars.columns)
    let grid = Grid(decimals: max(held.series.grid.decimals, series.grid.decimals))
    guard rows.scalePrices(from: held.series.grid, to: grid),
      given.scalePrices(from: series.grid, to: grid)
    else { throw .gridOverflow(series: series.key, decimals: grid.decimals) }
    let merge = rows.merging(given, 0..<given.count)
    if merge.count.added + merge.count.changed > 0 || grid != held.series.grid {
      try ColumnFile.write(merge.rows, of: held.series.on(grid), to: target)
    }
    return merge.count
  }

  public func load(
    _ key: SeriesKey, from: Instant? = nil, until: Instant? = nil
  ) throws(ArchiveError) -> LoadedBars {
    try open(key).rows(Extent(instants: from?.nanoseconds ?? .min, until?.nanoseconds ?? .max)).bars
  }

  public func load(
    _ key: SeriesKey, days: ClosedRange<TradingDay>
  ) throws(ArchiveError) -> LoadedBars {
    try open(key).rows(Extent(days: days)).bars
  }

  public func list() throws(ArchiveError) -> [Listing] {
    guard let folder = opendir(path) else {
      throw .file(path: path, doing: "open the folder", errno: errno)
    }
    defer { closedir(folder) }
    var listings: [Listing] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(ColumnFile.ending) else { continue }
      if let listing = try ColumnFile("\(path)/\(name)").rows(.all).bars.listing {
        listings.append(listing)
      }
    }
    return listings.sorted { $0.series.key.place < $1.series.key.place }
  }

  public func verify(_ key: SeriesKey) throws(ArchiveError) {
    try open(key).verify()
  }

  private func open(_ key: SeriesKey) throws(ArchiveError) -> ColumnFile {
    let target = file(of: key)
    guard access(target, F_OK) == 0 else { throw .unknownSeries(path: path, series: key) }
    let file = try ColumnFile(target)
    guard file.series.key == key else {
      throw .damagedFile(path: target, what: "it holds \(file.series.key)")
    }
    return file
  }
}

extension SeriesKey {
  /// Where it stands in a list: by symbol, then from short bars to long ones.
  fileprivate var place: (String, Int64, String) {
    (symbol.description, seconds, adjustment.rawValue)
  }
}

extension ChunkRows {
  fileprivate mutating func scalePrices(from grid: Grid, to finer: Grid) -> Bool {
    grid == finer || scalePrices(by: Grid(decimals: finer.decimals - grid.decimals).unitsPerOne)
  }
}

extension BarStore {
  /// Imports a plain file of columns, its bars being those that count now.
  public func importColumns(
    _ path: String, _ vintage: Vintage = .now
  ) throws(ArchiveError) -> ImportReport {
    let file = try ColumnFile(path)
    try file.verify()
    let bars = try file.rows(.all).bars
    var report = ImportReport()
    report.rows = bars.columns.count
    report.written = try write(bars.columns, to: bars.series, vintage)
    report.series = [bars.series.key]
    return report
  }
}

extension LoadedBars {
  /// Writes the bars as a plain file of columns into a folder, in place of an older one; its path.
  public func writeColumns(in folder: String) throws(ArchiveError) -> String {
    let path = ColumnFolder(folder).file(of: series.key)
    try ColumnFile.write(ChunkRows(columns), of: series, to: path)
    return path
  }
}
