public import Market

/// The archive of bars in one SQLite file: one writer and several readers at a time.
public struct BarStore: ~Copyable {
  let database: Database

  public var path: String { database.path }

  /// Opens an archive for writing, making it where there is none.
  public init(path: String) throws(ArchiveError) {
    let opened = try Database(path: path, mode: .create)
    try Format.prepare(opened)
    database = opened
  }

  /// Opens an archive that exists, for reading only.
  public init(reading path: String) throws(ArchiveError) {
    let opened = try Database(path: path, mode: .readOnly)
    try Format.prepareReading(opened)
    database = opened
  }
}

/// What a write changed.
public struct WriteCount: Hashable, Sendable {
  public internal(set) var added = 0
  public internal(set) var changed = 0
  /// Bars the archive held already, alike in every field.
  public internal(set) var same = 0

  public init() {}

  public func adding(_ other: WriteCount) -> WriteCount {
    var sum = self
    sum += other
    return sum
  }

  static func += (left: inout WriteCount, right: WriteCount) {
    left.added += right.added
    left.changed += right.changed
    left.same += right.same
  }
}

extension BarStore {
  /// Adds bars, oldest first, in one transaction; a bar held at the same instant is replaced, and
  /// the older one kept for loads as of an earlier instant.
  ///
  /// Where the archive's grid and the given one differ, the finer holds both.
  public func write(
    _ bars: BarColumns, to series: Series, _ vintage: Vintage = .now
  ) throws(ArchiveError) -> WriteCount {
    try database.transaction { () throws(ArchiveError) in
      var writer = try SeriesWriter(series, vintage, in: database)
      return try writer.write(bars, on: series.grid, in: database)
    }
  }
}
