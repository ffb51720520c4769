import Archive
public import Bytes
public import Console
public import Engine
public import Features
public import Market
import Models
public import Research
import Trading
import Training
import VenuePaper

/// A series loaded for work: its bars in the words of the market, and the name of exactly this content.
public struct LoadedSeries: Sendable {
  public let symbol: Symbol
  public let grid: Grid
  public let fingerprint: Digest
  /// Where the bars came from, as the archive notes it.
  public let source: String
  public let bars: [Bar]
}

extension WorkSettings {
  /// The bars of every symbol within the settings' days.
  public func load() throws(Failure) -> [LoadedSeries] {
    let store = try withArchive { () throws(ArchiveError) in try BarStore(reading: archivePath) }
    return try symbols.enumerated().map { index, symbol throws(Failure) in
      let held = try withArchive { () throws(ArchiveError) in
        try store.load(SeriesKey(symbol, interval), days: days)
      }
      let loaded = try judged(held, in: store)
      guard loaded.columns.count > 0 else {
        throw Failure(
          .data, "\(archivePath): \(symbol) has no \(interval.name) bars in the days asked for",
          remedy: "See what there is: data list")
      }
      let columns = loaded.columns
      return LoadedSeries(
        symbol: symbol, grid: loaded.series.grid, fingerprint: loaded.fingerprint,
        source: loaded.series.source, bars: columns.bars(of: InstrumentIndex(index)))
    }
  }

  /// The one series that a model is fitted on.
  public func loadOne() throws(Failure) -> LoadedSeries {
    guard symbols.count == 1 else {
      throw Failure(
        .usage, "a model is fitted on one series, but data.symbols names \(symbols.count)",
        remedy: "Name one with --symbol.")
    }
    return try load()[0]
  }

  public var label: LabelDefinition {
    LabelDefinition(
      settings.choice("label.price") == "close" ? .closeToClose : .openToOpen,
      horizonBars: settings.integer("label.horizon"))
  }

  public var folds: Folding {
    Folding(
      count: settings.integer("training.folds"), firstShare: settings.ratio("training.first_train"),
      isRolling: settings.choice("training.window") == "rolling",
      embargoBars: settings.integer("training.embargo"))
  }

  /// The experiment the settings describe, for one symbol.
  public func experiment(_ symbol: Symbol) throws(Failure) -> Experiment {
    let recipe = try RecipeFile.read(recipeName, in: home)
    let parameters: ModelParameters
    do {
      switch settings.choice("model.kind") {
      case "zero": parameters = .zero
      default: parameters = .ridge(try RidgeParameters(overlapBars: label.horizonBars))
      }
    } catch { throw Failure(.usage, "\(error)") }
    return Experiment(
      symbol: symbol, interval: interval, recipe: recipe, label: label, folds: folds,
      parameters: parameters)
  }

  /// A run on paper over loaded series, with whatever forecasts are handed in.
  public func simulation(
    _ series: [LoadedSeries], forecasts: Forecasts, from: TradingDay?
  ) throws(Failure) -> Simulation {
    let split = series.map { series in
      from.map { day in series.bars.firstIndex { $0.tradingDay >= day } ?? series.bars.count } ?? 0
    }
    let histories = zip(series, split).map { Array($0.bars[$1...]) }
    guard histories.contains(where: { !$0.isEmpty }) else {
      throw Failure(
        .data, "there are no bars to trade from \(from.map { "\($0)" } ?? "the start") on",
        remedy: "See what there is: data list")
    }
    return Simulation(
      desk: desk(instruments: series.count),
      venue: PaperExchange(instruments: series.count, manners: paperManners),
      forecasts: forecasts, warmUp: zip(series, split).map { Array($0.bars[..<$1]) },
      histories: histories, terms: try terms(series))
  }

  /// The dated rules of each series, by instrument index.
  public func terms(_ series: [LoadedSeries]) throws(Failure) -> DailyTerms {
    let book = try MarketBook.read(home)
    let rules = try series.map { series throws(Failure) in try book.rules(series.symbol).rules }
    let grids = series.map(\.grid)
    return { instrument, day, reference throws(RuleGap) in
      try rules[instrument.value].day(
        day, of: instrument, grid: grids[instrument.value], reference: reference)
    }
  }
}

extension Failure {
  /// A rule that is missing for a day of the data.
  public init(_ gap: RuleGap) {
    switch gap {
    case .missing(let rule, let product, let day):
      self.init(
        .usage, "no \(rule) is known for \(product) on \(day)",
        remedy: "Add it to the product's file in config/markets.")
    case .gridTooCoarse(let product, let grid, let tick):
      self.init(
        .data, "\(product) moves in steps of \(tick) decimals, its bars are kept with \(grid)",
        remedy: "Import the bars again from a source with full prices.")
    }
  }
}
