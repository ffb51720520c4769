public import Features
public import Market
public import Models
internal import Numerics
public import Training

/// One question put to one series or to many at once: which recipe, which label, which model, judged over
/// which folds.
public struct Experiment: Sendable {
  /// More than one make a panel.
  public let symbols: [Symbol]
  public let interval: BarInterval
  public let recipe: Recipe
  public let label: LabelDefinition
  public let folds: Folding
  public let parameters: ModelParameters
  public let preparation: Preparation

  public init(
    symbols: [Symbol], interval: BarInterval, recipe: Recipe, label: LabelDefinition,
    folds: Folding, parameters: ModelParameters, preparation: Preparation = Preparation()
  ) {
    precondition(!symbols.isEmpty, "something to ask about")
    precondition(
      symbols.count > 1 || !recipe.comparesInstruments && label.ranking == nil,
      "one series has nothing to be compared with")
    self.symbols = symbols
    self.interval = interval
    self.recipe = recipe
    self.label = label
    self.folds = folds
    self.parameters = parameters
    self.preparation = preparation
  }

  public var isPanel: Bool { symbols.count > 1 }
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
  /// Without fits where the model was made elsewhere: its evidence then is what it says of all rows.
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
  static let probeRows = 16

  /// Walks forward, then fits on all rows. `progress` hears of each finished fold and of how many there are.
  public func run(
    _ sample: Sample, watch: FitWatch = FitWatch(),
    progress: (FoldFit, _ of: Int) -> Bool = { _, _ in true }
  ) throws(TrainingError) -> Findings {
    let walker = try walker(sample)
    var results: [FoldResult] = []
    for fold in walker.folds {
      let result = try walker.result(of: fold, watch: watch)
      results.append(result)
      guard progress(result.fit, walker.folds.count) else { break }
    }
    return try findings(sample, Walk(results, horizonBars: label.horizonBars), watch: watch)
  }

  /// What does the folds of this experiment, one by one.
  public func walker(_ sample: Sample) throws(TrainingError) -> Walker {
    try Walker(
      sample, plan: try plan(sample), parameters: parameters, preparation: preparation,
      horizonBars: label.horizonBars)
  }

  /// Fits on all rows what a walk has judged; boosted trees may go on from a version's.
  public func findings(
    _ sample: Sample, _ walked: Walk, continuing parent: TrainedModel? = nil,
    watch: FitWatch = FitWatch()
  ) throws(TrainingError) -> Findings {
    let (trained, selection) = try fit(
      sample, recipe: recipe, label: label, interval: interval, symbols: symbols,
      parameters: parameters, preparation: preparation, evidence: walked.evidence,
      continuing: parent, watch: watch)
    let rows = sample.learnableRows
    let (first, last) = (rows[0], rows[rows.count - 1])
    return Findings(
      walk: walked, names: sample.features.names, trained: trained, selection: selection,
      probe: Probe(trained, rows: sample.inputs(of: trained, latest: Self.probeRows)),
      trainedRows: rows.count, firstInstant: sample.features.instants[first],
      lastInstant: sample.features.instants[last],
      knownUntil: rows.compactMap { sample.labels.knownAt[$0] }.max()
        ?? sample.features.instants[last])
  }

  public func plan(_ sample: Sample) throws(TrainingError) -> FoldPlan {
    try folds.plan(days: sample.tradingDays)
  }
}

extension Experiment {
  /// Bars a panel's baseline of volatility is measured over.
  private static let volatility = LabelDefinition.Volatility(bars: 20)

  /// Features and labels of the members, without the rows that still remember where a history began. They
  /// are as many as the symbols and in their order.
  public func sample(_ members: [Member]) -> Sample {
    precondition(members.map(\.symbol) == symbols, "the members asked about")
    guard isPanel else {
      let one = members[0]
      return Sample(
        FeatureMatrix(recipe, bars: one.bars, grid: one.grid, marks: one.marks), labels(one),
        marks: WindowMarks(one.bars, marks: one.marks),
        settlingBars: recipe.warmUp.settlingBars)
    }
    let timeline = Chronology(of: members.map { $0.bars.map(\.closedAt) })
    var labels = Labels(merging: members.map { self.labels($0) }, on: timeline)
    if let ranking = label.ranking {
      labels = labels.measured(
        by: ranking.measure, on: timeline, horizonBars: label.horizonBars)
    }
    let panel = Panel(
      recipe, grids: members.map(\.grid), marks: members.map(\.marks),
      groups: members.map(\.group))
    let calm = Self.volatility.recipe
    let volatilities = members.map {
      FeatureMatrix(calm, bars: $0.bars, grid: $0.grid).values.values.map {
        $0.isFinite ? $0 : 0
      }
    }
    let shown = members.map { WindowMarks($0.bars, marks: $0.marks) }
    return Sample(
      FeatureMatrix(panel, bars: members.map(\.bars), on: timeline), labels, on: timeline,
      volatilities: timeline.merged(volatilities),
      marks: WindowMarks(
        isShown: timeline.merged(shown.map(\.isShown)),
        stretches: timeline.merged(shown.map(\.stretches))),
      settlingBars: max(recipe.warmUp.settlingBars, calm.warmUp.settlingBars))
  }

  /// The labels of one member's bars, with whatever they are measured by in its own history; none reaches
  /// over a roll whose prices could not be adjusted.
  public func labels(_ member: Member) -> Labels {
    let deviations = label.volatility.map {
      FeatureMatrix($0.recipe, bars: member.bars, grid: member.grid).values.values
    }
    return Labels(
      label, bars: member.bars, isTradable: member.isTradable, deviations: deviations,
      breaks: member.marks.breaks)
  }
}
