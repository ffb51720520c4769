public import Archive
import Bars
public import Bytes
public import Console
public import Features
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
  /// Its sessions and rolls, for features that ask for them.
  public let marks: SeriesMarks

  public init(
    symbol: Symbol, grid: Grid, fingerprint: Digest, source: String, calendar: String = "exchange",
    bars: [Bar], facts: LoadedFacts? = nil, marks: SeriesMarks = .none
  ) {
    self.symbol = symbol
    self.grid = grid
    self.fingerprint = fingerprint
    self.source = source
    self.calendar = calendar
    self.bars = bars
    self.facts = facts
    self.marks = marks
  }

  /// The name of all a run sees: the bars, and the facts where there are some.
  public var content: Digest {
    guard let facts else { return fingerprint }
    return Sha256.digest(fingerprint.bytes + facts.fingerprint.bytes)
  }

  func with(_ bars: [Bar], on grid: Grid) -> LoadedSeries {
    LoadedSeries(
      symbol: symbol, grid: grid, fingerprint: fingerprint, source: source, calendar: calendar,
      bars: bars, facts: facts, marks: marks)
  }
}

extension WorkSettings {
  /// The bars of every symbol within the settings' days as features and labels see them: without the
  /// jumps of rolls, dividends and splits.
  public func load() throws(Failure) -> [LoadedSeries] { try slate().series }
}

/// Where work takes its bars from: the archive, or a folder of plain files, with what it holds and the
/// hours its series trade by.
struct BarSource: ~Copyable {
  let work: WorkSettings
  let book: MarketBook
  let listings: [Listing]
  private let place: Place
  private let held: Set<SeriesKey>

  init(_ work: WorkSettings) throws(Failure) {
    let place = try Place(work)
    let listings = try place.list()
    let book = try MarketBook.read(work.home, of: work.symbols.map(\.exchange))
    self.work = work
    self.book = book
    self.listings = listings
    self.place = place
    held = Set(listings.map(\.series.key))
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
    let (loaded, facts) = try find(key, days)
    var bars = loaded.columns.bars(of: index)
    // Bars of the length asked for need no hours: then nobody misses the ones of an unknown product.
    let known = try? book.hours(symbol, loaded.series.calendar)
    if key.interval != work.interval {
      let hours = try book.hours(symbol, loaded.series.calendar)
      bars = Aggregator.bars(of: bars, work.interval, schedule: hours.schedule)
    }
    return LoadedSeries(
      symbol: symbol, grid: loaded.series.grid, fingerprint: loaded.fingerprint,
      source: loaded.series.source, calendar: loaded.series.calendar, bars: bars, facts: facts,
      marks: SeriesMarks(timetable: known?.schedule.timetable))
  }

  /// The bars of a series in the days, of a grade good enough, and what is known of its days.
  private func find(
    _ key: SeriesKey, _ days: ClosedRange<TradingDay>
  ) throws(Failure) -> (LoadedBars, LoadedFacts?) {
    switch place {
    case .folder(let folder):
      let bars = try withArchive { () throws(ArchiveError) in try folder.load(key, days: days) }
      return (bars, nil)
    case .archive(let store):
      let asOf = work.asOf(key.symbol)
      let bars: LoadedBars
      let facts: LoadedFacts
      do throws(ArchiveError) {
        bars = try store.load(key, days: days, asOf: asOf)
        facts = try store.facts(of: key.symbol, days: days, asOf: asOf)
      } catch { throw Failure(error) }
      return (try work.judged(bars, in: store), facts.isEmpty ? nil : facts)
    }
  }
}

extension Schedule {
  /// The dated sessions, where there are some.
  fileprivate var timetable: Timetable? {
    if case .sessions(let timetable) = self { timetable } else { nil }
  }
}

/// What bars lie in.
private enum Place: ~Copyable {
  case archive(BarStore)
  /// Knows what counts now and nothing else.
  case folder(ColumnFolder)

  init(_ work: WorkSettings) throws(Failure) {
    let path = work.archivePath
    guard isFolder(path) else {
      self = .archive(try work.archive())
      return
    }
    guard work.settings["data.as_of"].orNil == nil, work.grade == .d else {
      throw Failure(
        .usage, "\(path) is a folder of columns: it keeps neither older versions nor grades",
        remedy: "Import its files into an archive: data import \(path)/*.columns")
    }
    self = .folder(ColumnFolder(path))
  }

  func list() throws(Failure) -> [Listing] {
    do throws(ArchiveError) {
      switch self {
      case .archive(let store): return try store.list()
      case .folder(let folder): return try folder.list()
      }
    } catch { throw Failure(error) }
  }
}
