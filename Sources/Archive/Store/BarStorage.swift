public import Market

/// What keeps series of bars: the archive, or a folder of plain files. What both promise is one check.
public protocol BarStorage: ~Copyable {
  /// Adds bars, oldest first; a bar held at the same instant is replaced.
  func write(_ bars: BarColumns, to series: Series) throws(ArchiveError) -> WriteCount
  func load(_ key: SeriesKey, from: Instant?, until: Instant?) throws(ArchiveError) -> LoadedBars
  func load(_ key: SeriesKey, days: ClosedRange<TradingDay>) throws(ArchiveError) -> LoadedBars
  func list() throws(ArchiveError) -> [Listing]
  /// Holds all bytes of a series against the hash kept when they were written.
  func verify(_ key: SeriesKey) throws(ArchiveError)
}

extension BarStore: BarStorage {
  public func write(_ bars: BarColumns, to series: Series) throws(ArchiveError) -> WriteCount {
    try write(bars, to: series, .now)
  }

  public func load(
    _ key: SeriesKey, from: Instant?, until: Instant?
  ) throws(ArchiveError) -> LoadedBars {
    try load(key, from: from, until: until, asOf: nil)
  }

  public func load(
    _ key: SeriesKey, days: ClosedRange<TradingDay>
  ) throws(ArchiveError) -> LoadedBars {
    try load(key, days: days, asOf: nil)
  }
}
