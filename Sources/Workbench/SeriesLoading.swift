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

  func with(_ bars: [Bar], on grid: Grid) -> LoadedSeries {
    LoadedSeries(
      symbol: symbol, grid: grid, fingerprint: fingerprint, source: source, bars: bars)
  }
}

extension WorkSettings {
  /// The bars of every symbol within the settings' days as features and labels see them: without the
  /// jumps of rolls, dividends and splits.
  public func load() throws(Failure) -> [LoadedSeries] { try slate().series }
}

/// The archive with what it holds and the hours its series trade by: where work takes its bars from.
struct BarSource: ~Copyable {
  let work: WorkSettings
  let book: MarketBook
  let store: BarStore
  let listings: [Listing]
  private let held: Set<SeriesKey>

  init(_ work: WorkSettings) throws(Failure) {
    let store = try work.archive()
    let listings = try Self.list(store)
    let book = try MarketBook.read(work.home, of: work.symbols.map(\.exchange))
    self.work = work
    self.book = book
    self.listings = listings
    self.store = store
    held = Set(listings.map(\.series.key))
  }

  private static func list(_ store: borrowing BarStore) throws(Failure) -> [Listing] {
    try withArchive { () throws(ArchiveError) in try store.list() }
  }

  /// The key that a symbol's bars are made from: their own length, or minutes.
  func key(_ symbol: Symbol) -> SeriesKey? {
    let keys = [SeriesKey(symbol, work.interval), SeriesKey(symbol, .minute)]
    return keys.first(where: held.contains)
  }

  /// One series as it is kept, made of its minutes where it has no bars of the length asked for.
  func load(
    _ symbol: Symbol, as index: InstrumentIndex, days: ClosedRange<TradingDay>
  ) throws(Failure) -> LoadedSeries {
    let key = key(symbol) ?? SeriesKey(symbol, work.interval)
    let found: LoadedBars
    do throws(ArchiveError) { found = try store.load(key, days: days) } catch {
      throw Failure(error)
    }
    let loaded = try work.judged(found, in: store)
    var bars = loaded.columns.bars(of: index)
    if key.interval != work.interval {
      bars = Aggregator.bars(of: bars, work.interval, schedule: try book.hours(symbol).schedule)
    }
    return LoadedSeries(
      symbol: symbol, grid: loaded.series.grid, fingerprint: loaded.fingerprint,
      source: loaded.series.source, bars: bars)
  }
}
