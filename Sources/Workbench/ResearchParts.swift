import Archive
public import Console
public import Engine
public import Features
public import Market
import Models
public import Research
import Trading
public import Training
import VenuePaper

extension WorkSettings {
  /// The one series that is looked at.
  public func oneSymbol() throws(Failure) -> Symbol {
    guard symbols.count == 1 else {
      throw Failure(
        .usage, "this looks at one series, but data.symbols names \(symbols.count)",
        remedy: "Name one with --symbol.")
    }
    return symbols[0]
  }

  public var label: LabelDefinition {
    LabelDefinition(
      settings.choice("label.price") == "close" ? .closeToClose : .openToOpen,
      horizonBars: settings.integer("label.horizon"), form: labelForm)
  }

  private var labelForm: LabelDefinition.Form {
    let volatility = LabelDefinition.Volatility(bars: settings.integer("label.volatility"))
    let kind = settings["label.kind"].orNil?.choice
    if let ranking = LabelDefinition.Ranking(rawValue: kind ?? (isPanel ? "gauss-rank" : "")) {
      return .ranked(ranking)
    }
    return switch kind {
    case "scaled": .scaled(volatility)
    case "barrier": .barrier(widths: settings.number("label.barrier"), volatility)
    default: .plain
    }
  }

  /// What is done to training rows before a model sees them.
  public var preparation: Preparation {
    let winsor = settings.ratio("training.winsor")
    let criterion = SelectionRule.Criterion(rawValue: settings.choice("features.select_by"))
    return Preparation(
      scaling: Scaling(rawValue: settings.choice("training.scaling")) ?? .standard,
      tail: winsor > 0 ? winsor : nil,
      selection: settings["features.select"].orNil.map {
        SelectionRule(
          count: $0.integer, criterion: criterion ?? .information,
          twinCorrelation: settings.ratio("features.twins"))
      },
      weighting: Weighting(
        isByUniqueness: settings.flag("training.unique"),
        halfLifeDays: settings["training.half_life"].orNil?.integer))
  }

  public var folds: Folding {
    Folding(
      count: settings.integer("training.folds"), firstShare: settings.ratio("training.first_train"),
      isRolling: settings.choice("training.scheme") == "rolling",
      embargoBars: settings.integer("training.embargo"))
  }

  /// Purged folds around their tests, walked beside the walk forward that is quoted; `nil` where none are asked for.
  public var foldsAround: FoldPlan? {
    get throws(Failure) {
      let scheme = settings.choice("training.scheme")
      guard scheme == "kfold" || scheme == "combinatorial" else { return nil }
      do throws(TrainingError) {
        return try FoldPlan(
          groups: settings.integer("training.groups"),
          tested: scheme == "kfold" ? 1 : settings.integer("training.tested"),
          embargoBars: settings.integer("training.embargo"))
      } catch { throw Failure(.usage, "training.groups, training.tested: \(error)") }
    }
  }

  /// The experiment the settings describe: many symbols make a panel.
  public func experiment(_ symbols: [Symbol]) throws(Failure) -> Experiment {
    let recipe = try RecipeFile.read(recipeName, in: home)
    let compares =
      recipe.comparesInstruments
      ? "recipe \(recipe.name)"
      : label.ranking.map {
        "label.kind \($0.rawValue)"
      }
    if let compares, symbols.count == 1 {
      throw Failure(
        .usage,
        "\(compares) compares instruments; \(symbols[0]) alone has nothing to be compared with",
        remedy: "Name several with --symbol, or another recipe and label.")
    }
    if recipe.measures.contains(.neutral), settings["data.groups"].orNil == nil {
      throw Failure(
        .usage,
        "recipe \(recipe.name) measures within groups, but data.groups names no file",
        remedy: "Write one with the columns symbol,group: --set data.groups=FILE.")
    }
    guard symbols.count == 1 || settings.choice("model.kind") != "lstm" else {
      throw Failure(
        .usage, "a network learns from one series, \(symbols.count) are named",
        remedy: "Name one with --symbol, or another --model.")
    }
    return Experiment(
      symbols: symbols, interval: interval, recipe: recipe, label: label, folds: folds,
      parameters: try modelParameters(recipe), preparation: preparation)
  }

  /// Whether the settings name several series, which are learned from at once.
  public var isPanel: Bool { symbols.count > 1 }

  /// Loaded series as an experiment takes them, by symbol: in which order they were named changes nothing.
  public func members(_ series: [LoadedSeries]) throws(Failure) -> [Member] {
    let groups = try GroupFile.read(settings["data.groups"].orNil?.text)
    return series.sorted { $0.symbol.description < $1.symbol.description }.map {
      Member(
        $0.symbol, bars: $0.bars, grid: $0.grid, marks: $0.marks, isTradable: $0.isTradable,
        group: groups.grouping(of: $0.symbol))
    }
  }

  /// The feature that holds the last return over the label's horizon.
  func lastReturn(_ recipe: Recipe) throws(Failure) -> Int {
    let formula = "change(\(label.horizonBars))"
    let wanted = (try? Recipe(name: "last", features: [("last", formula)]))?.formulas.first
    guard let column = recipe.formulas.firstIndex(where: { $0 == wanted }) else {
      throw Failure(
        .usage, "model.kind last repeats \(formula), which recipe \(recipe.name) does not have",
        remedy: "Add \(formula) to the recipe, or choose another label.horizon.")
    }
    return column
  }

  /// A run on paper over series that are traded as they are.
  public func simulation(
    _ series: [LoadedSeries], forecasts: Forecasts, from: TradingDay?
  ) throws(Failure) -> Simulation {
    try simulation(Slate(plain: series), forecasts: forecasts, from: from)
  }

  /// The dated rules of each series, by instrument index.
  public func terms(
    _ series: [LoadedSeries], actions: [CorporateAction] = []
  ) throws(Failure) -> DailyTerms {
    let book = try MarketBook.read(home, of: symbols.map(\.exchange))
    let products = firstOfProduct(series.map(\.symbol))
    let rules = try series.enumerated().map { index, series throws(Failure) in
      try SeriesRules(series, interval, product: products[index], book)
    }
    return { instrument, day, reference throws(RuleGap) in
      let terms = { (reference: Price?) throws(RuleGap) in
        try rules[instrument.value].terms(instrument, day, reference)
      }
      let today = actions.filter { $0.exDay == day && $0.instrument == instrument }
      guard let reference, !today.isEmpty else { return try terms(reference) }
      // The exchange counts the ex-day's limits from the close without the right.
      let tick = try terms(reference).tick
      return try terms(
        today.reference(after: reference, on: series[instrument.value].grid, tick: tick))
    }
  }
}

/// For each symbol the first one of the same product.
private func firstOfProduct(_ symbols: [Symbol]) -> [InstrumentIndex] {
  symbols.map { symbol in
    let first = symbols.firstIndex {
      $0.exchange == symbol.exchange && $0.product == symbol.product
    }
    return InstrumentIndex(first ?? 0)
  }
}

extension MarketFile {
  /// Past the calendar's known end nothing new is opened: a holiday may lie where a day is guessed.
  func stop(on day: TradingDay) -> OpeningStop? {
    guard let knownUntil = calendar.knownUntil, day > knownUntil else { return nil }
    return .calendar(knownUntil: knownUntil)
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
