import Archive
import Bars
public import Bytes
public import Console
public import Market

/// A series loaded for work: its bars in the words of the market, and the name of exactly this content.
public struct LoadedSeries: Sendable {
  public let symbol: Symbol
  public let grid: Grid
  public let fingerprint: Digest
  /// Where the bars came from, as the archive notes it.
  public let source: String
  public let bars: [Bar]

  public init(symbol: Symbol, grid: Grid, fingerprint: Digest, source: String, bars: [Bar]) {
    self.symbol = symbol
    self.grid = grid
    self.fingerprint = fingerprint
    self.source = source
    self.bars = bars
  }
}

extension WorkSettings {
  /// The bars of every symbol within the settings' days, made of its minutes where it has none of the length asked for.
  public func load() throws(Failure) -> [LoadedSeries] {
    let store = try archive()
    let held = Set(
      try withArchive { () throws(ArchiveError) in try store.list() }.map(\.series.key))
    let book = try MarketBook.read(home, of: symbols.map(\.exchange))
    return try symbols.enumerated().map { index, symbol throws(Failure) in
      let isHeld = held.contains(SeriesKey(symbol, interval))
      let key = isHeld ? SeriesKey(symbol, interval) : SeriesKey(symbol, .minute)
      let found = try withArchive { () throws(ArchiveError) in
        try store.load(
          held.contains(key) ? key : SeriesKey(symbol, interval), days: days, asOf: asOf(symbol))
      }
      let loaded = try judged(found, in: store)
      var bars = loaded.columns.bars(of: InstrumentIndex(index))
      if key.interval != interval {
        let hours = try book.hours(symbol)
        bars = Aggregator.bars(of: bars, interval, schedule: hours.schedule)
      }
      guard !bars.isEmpty else {
        throw Failure(
          .data, "\(archivePath): \(symbol) has no \(interval.name) bars in the days asked for",
          remedy: "See what there is: data list")
      }
      return LoadedSeries(
        symbol: symbol, grid: loaded.series.grid, fingerprint: loaded.fingerprint,
        source: loaded.series.source, bars: bars)
    }
  }
}
