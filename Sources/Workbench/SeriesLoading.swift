public import Archive
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
  /// What the archive knows of the instrument's days; `nil` where that is nothing.
  public let facts: LoadedFacts?

  public init(
    symbol: Symbol, grid: Grid, fingerprint: Digest, source: String, bars: [Bar],
    facts: LoadedFacts? = nil
  ) {
    self.symbol = symbol
    self.grid = grid
    self.fingerprint = fingerprint
    self.source = source
    self.bars = bars
    self.facts = facts
  }

  /// The name of all a run sees: the bars, and the facts where there are some.
  public var content: Digest {
    guard let facts else { return fingerprint }
    return Sha256.digest(fingerprint.bytes + facts.fingerprint.bytes)
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
        source: loaded.series.source, bars: bars, facts: try facts(of: symbol, in: store))
    }
  }

  private func facts(
    of symbol: Symbol, in store: borrowing BarStore
  ) throws(Failure) -> LoadedFacts? {
    let facts = try withArchive { () throws(ArchiveError) in
      try store.facts(of: symbol, days: days, asOf: asOf(symbol))
    }
    return facts.isEmpty ? nil : facts
  }
}
