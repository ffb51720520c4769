public import Features
public import Market

/// Proof by trial that columns know nothing of the future: they are made again from histories cut,
/// altered and begun elsewhere, and what should not move must not.
public struct Audit: Sendable {
  public let columns: [AuditedColumn]
  /// In the order of the checks, then of the columns.
  public let leaks: [Leak]
  /// When each audited row became known.
  public let instants: [Instant]
  /// How often the history was cut.
  public let cuts: Int

  /// How thoroughly an audit goes about it.
  public struct Terms: Sendable {
    /// Cuts of the history; as many futures are altered, and a third as many starts tried.
    public let cuts: Int
    public let seed: UInt64
    /// What the columns are to foretell, and so must not be.
    public let label: LabelDefinition

    public init(cuts: Int = 12, seed: UInt64 = 1, label: LabelDefinition) {
      precondition(cuts > 0, "at least one cut")
      self.cuts = cuts
      self.seed = seed
      self.label = label
    }
  }

  /// Audits a recipe: to the last bit, live against history, and the warm-ups it computes.
  public init(_ recipe: Recipe, bars: [Bar], grid: Grid, _ terms: Terms) {
    let trial = AuditTrial(bars: bars, terms, by: .bits) { bars throws(Never) in
      FeatureMatrix(recipe, bars: bars, grid: grid)
    }
    let needed = trial.neededBars()
    var leaks = trial.prefixLeaks() + trial.futureLeaks()
    leaks += trial.liveLeaks(recipe, grid)
    leaks += trial.lateSettlers(needed, recipe.warmUps)
    self.init(trial, leaks: leaks) { column in
      AuditedColumn(
        name: recipe.names[column], neededBars: needed[column].bars,
        computedBars: recipe.warmUps[column].settlingBars,
        isEndless: recipe.warmUps[column].isEndless, outcome: nil)
    }
  }

  /// Audits columns that someone else makes of bars, a row per bar; rounding is forgiven, being the
  /// outcome itself is not.
  public init<Problem: Error>(
    bars: [Bar], _ terms: Terms, making: @escaping ([Bar]) throws(Problem) -> FeatureMatrix
  ) throws(Problem) {
    let trial = try AuditTrial(bars: bars, terms, by: .rounding, making: making)
    let needed = try trial.neededBars()
    let outcomes = trial.outcomes()
    let leaks = try trial.prefixLeaks() + trial.futureLeaks() + trial.outcomeLeaks(outcomes)
    self.init(trial, leaks: leaks) { column in
      AuditedColumn(
        name: trial.whole.names[column], neededBars: needed[column].bars, computedBars: nil,
        isEndless: false, outcome: outcomes[column])
    }
  }

  /// Holds columns that cannot be made again against the outcome: enough to convict, not to acquit.
  public init(finished matrix: FeatureMatrix, bars: [Bar], _ terms: Terms) {
    let trial = AuditTrial(bars: bars, terms, by: .rounding) { _ throws(Never) in matrix }
    let outcomes = trial.outcomes()
    self.init(trial, leaks: trial.outcomeLeaks(outcomes), cuts: 0) { column in
      AuditedColumn(
        name: matrix.names[column], neededBars: nil, computedBars: nil, isEndless: false,
        outcome: outcomes[column])
    }
  }

  private init<Problem>(
    _ trial: AuditTrial<Problem>, leaks: [Leak], cuts: Int? = nil,
    column: (Int) -> AuditedColumn
  ) {
    columns = trial.whole.names.indices.map(column)
    self.leaks = leaks
    instants = trial.whole.instants
    self.cuts = cuts ?? trial.cuts.count
  }
}
