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
  /// The name of the hours that told its trading days.
  public let calendar: String
  public let bars: [Bar]
  /// What the archive knows of the instrument's days; `nil` where that is nothing.
  public let facts: LoadedFacts?

  public init(
    symbol: Symbol, grid: Grid, fingerprint: Digest, source: String, calendar: String = "exchange",
    bars: [Bar], facts: LoadedFacts? = nil
  ) {
    self.symbol = symbol
    self.grid = grid
    self.fingerprint = fingerprint
    self.source = source
    self.calendar = calendar
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
    if isFolder(archivePath) { return try loadColumns() }
    let store = try archive()
    return try load(
      from: store,
      bars: { key throws(Failure) in
        let found = try withArchive { () throws(ArchiveError) in
          try store.load(key, days: days, asOf: asOf(key.symbol))
        }
        return try judged(found, in: store)
      }, facts: { symbol throws(Failure) in try facts(of: symbol, in: store) })
  }

  /// As `load`, from a folder of plain files, which knows what counts now and nothing else.
  private func loadColumns() throws(Failure) -> [LoadedSeries] {
    guard settings["data.as_of"].orNil == nil, grade == .d else {
      throw Failure(
        .usage, "\(archivePath) is a folder of columns: it keeps neither older versions nor grades",
        remedy: "Import its files into an archive: data import \(archivePath)/*.columns")
    }
    let folder = ColumnFolder(archivePath)
    return try load(
      from: folder,
      bars: { key throws(Failure) in
        try withArchive { () throws(ArchiveError) in try folder.load(key, days: days) }
      }, facts: { _ in nil })
  }

  private func load(
    from storage: borrowing some BarStorage & ~Copyable,
    bars loading: (SeriesKey) throws(Failure) -> LoadedBars,
    facts: (Symbol) throws(Failure) -> LoadedFacts?
  ) throws(Failure) -> [LoadedSeries] {
    let held = Set(
      try withArchive { () throws(ArchiveError) in try storage.list() }.map(\.series.key))
    let book = try MarketBook.read(home, of: symbols.map(\.exchange))
    var series: [LoadedSeries] = []
    for (index, symbol) in symbols.enumerated() {
      let own = SeriesKey(symbol, interval)
      let minutes = SeriesKey(symbol, .minute)
      let key = held.contains(own) || !held.contains(minutes) ? own : minutes
      let loaded = try loading(key)
      var bars = loaded.columns.bars(of: InstrumentIndex(index))
      if key != own {
        let hours = try book.hours(symbol, loaded.series.calendar)
        bars = Aggregator.bars(of: bars, interval, schedule: hours.schedule)
      }
      guard !bars.isEmpty else {
        throw Failure(
          .data, "\(archivePath): \(symbol) has no \(interval.name) bars in the days asked for",
          remedy: "See what there is: data list")
      }
      series.append(
        LoadedSeries(
          symbol: symbol, grid: loaded.series.grid, fingerprint: loaded.fingerprint,
          source: loaded.series.source, calendar: loaded.series.calendar, bars: bars,
          facts: try facts(symbol)))
    }
    return series
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
