public import Features
public import Market
public import Models
internal import Numerics
public import Training

/// One question put to one series: which recipe, which label, which model, judged over which folds.
public struct Experiment: Sendable {
  public let symbol: Symbol
  public let interval: BarInterval
  public let recipe: Recipe
  public let label: LabelDefinition
  public let folds: Folding
  public let parameters: ModelParameters
  public let preparation: Preparation

  public init(
    symbol: Symbol, interval: BarInterval, recipe: Recipe, label: LabelDefinition, folds: Folding,
    parameters: ModelParameters, preparation: Preparation = Preparation()
  ) {
    self.symbol = symbol
    self.interval = interval
    self.recipe = recipe
    self.label = label
    self.folds = folds
    self.parameters = parameters
    self.preparation = preparation
  }
}

/// How a history of unknown length is cut: a first share to learn from, then so many blocks to forecast.
public struct Folding: Hashable, Sendable {
  public let count: Int
  public let firstShare: Double
  public let isRolling: Bool
  public let embargoBars: Int

  public init(count: Int, firstShare: Double, isRolling: Bool, embargoBars: Int) {
    precondition(
      count > 0 && firstShare > 0 && firstShare < 1, "something to learn from and to test")
    self.count = count
    self.firstShare = firstShare
    self.isRolling = isRolling
    self.embargoBars = embargoBars
  }

  /// The plan for a history of so many trading days.
  public func plan(days: Int) throws(TrainingError) -> FoldPlan {
    guard days > count else { throw .tooFewDays(found: days, needed: count + 1) }
    let first = min(days - count, max(1, Int((Double(days) * firstShare).rounded(.down))))
    let test = (days - first + count - 1) / count
    return try FoldPlan(
      window: isRolling ? .rolling(days: first) : .expanding, firstDays: first, testDays: test,
      embargoBars: embargoBars)
  }
}

/// What an experiment found: the walk with its evidence, and the model fitted on everything.
public struct Findings: Sendable {
  public let walk: Walk
  /// All features that the models could choose from.
  public let names: [String]
  public let trained: TrainedModel
  /// How the final model's features were chosen; `nil` where all were taken.
  public let selection: Selection?
  /// Rows of features, of which a stored model must reproduce its answers.
  public let probe: Probe
  /// The rows the final model learned from.
  public let trainedRows: Int
  public let firstInstant: Instant
  public let lastInstant: Instant
  /// When the last label it learned from became known: prices up to here are in the model.
  public let knownUntil: Instant

  public var scores: Scores { Scores(walk.evidence) }
}

extension Experiment {
  private static let probeRows = 16

  /// Walks forward, then fits on all rows. `progress` hears of each finished fold and of how many there are.
  public func run(
    _ sample: Sample, progress: (FoldFit, _ of: Int) -> Bool = { _, _ in true }
  ) throws(TrainingError) -> Findings {
    let walker = try walker(sample)
    var results: [FoldResult] = []
    for fold in walker.folds {
      let result = try walker.result(of: fold)
      results.append(result)
      guard progress(result.fit, walker.folds.count) else { break }
    }
    return try findings(sample, Walk(results, horizonBars: label.horizonBars))
  }

  /// What does the folds of this experiment, one by one.
  public func walker(_ sample: Sample) throws(TrainingError) -> Walker {
    try Walker(
      sample, plan: try plan(sample), parameters: parameters, preparation: preparation,
      horizonBars: label.horizonBars)
  }

  /// Fits on all rows what a walk has judged.
  public func findings(_ sample: Sample, _ walked: Walk) throws(TrainingError) -> Findings {
    let (trained, selection) = try fit(
      sample, recipe: recipe, label: label, interval: interval, symbols: [symbol],
      parameters: parameters, preparation: preparation, evidence: walked.evidence)
    let rows = sample.learnableRows
    let (first, last) = (rows[0], rows[rows.count - 1])
    return Findings(
      walk: walked, names: sample.features.names, trained: trained, selection: selection,
      probe: Probe(
        trained,
        rows: sample.rows(Array(rows.suffix(Self.probeRows)), features: trained.recipe.names)),
      trainedRows: rows.count, firstInstant: sample.features.instants[first],
      lastInstant: sample.features.instants[last],
      knownUntil: rows.compactMap { sample.labels.knownAt[$0] }.max()
        ?? sample.features.instants[last])
  }

  /// Features and labels of the bars, without the rows that still remember where the history began.
  /// `isTradable` marks the bars whose prices could be had; nil means all could.
  public func sample(
    _ bars: [Bar], grid: Grid, marks: SeriesMarks = .none, isTradable: [Bool]? = nil
  ) -> Sample {
    Sample(
      FeatureMatrix(recipe, bars: bars, grid: grid, marks: marks),
      labels(bars, grid: grid, marks: marks, isTradable: isTradable),
      settlingBars: recipe.warmUp.settlingBars)
  }

  /// The labels of the bars, with whatever they are measured by; none reaches over a roll whose prices
  /// could not be adjusted.
  public func labels(
    _ bars: [Bar], grid: Grid, marks: SeriesMarks = .none, isTradable: [Bool]? = nil
  ) -> Labels {
    let deviations = label.volatility.map {
      FeatureMatrix($0.recipe, bars: bars, grid: grid).values.values
    }
    return Labels(
      label, bars: bars, isTradable: isTradable, deviations: deviations, breaks: marks.breaks)
  }

  public func plan(_ sample: Sample) throws(TrainingError) -> FoldPlan {
    try folds.plan(days: sample.tradingDays)
  }
}
