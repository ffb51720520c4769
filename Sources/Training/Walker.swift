internal import Features
internal import Market
public import Models

/// One fold done: what it learned and what it forecast.
public struct FoldResult: Sendable {
  public let fit: FoldFit
  public let evidence: Evidence

  public init(fit: FoldFit, evidence: Evidence) {
    self.fit = fit
    self.evidence = evidence
  }
}

/// Does the folds of a walk one by one, in any order: none knows of another.
public struct Walker: Sendable {
  public let folds: [Fold]
  let sample: Sample
  private let parameters: ModelParameters
  private let preparation: Preparation
  private let horizonBars: Int
  private let known: KnownLabels

  public init(
    _ sample: Sample, plan: FoldPlan, parameters: ModelParameters,
    preparation: Preparation = Preparation(), horizonBars: Int
  ) throws(TrainingError) {
    self.sample = sample
    self.parameters = parameters
    self.preparation = preparation
    self.horizonBars = horizonBars
    folds = try plan.folds(of: sample)
    known = KnownLabels(sample)
  }

  /// Learns from the fold's past alone and forecasts its test.
  public func result(of fold: Fold) throws(TrainingError) -> FoldResult {
    let rows = sample.learned(fold)
    guard rows.count >= 2 else {
      let first = sample.timeline.rows(at: fold.test[0].lowerBound).lowerBound
      throw .noTrainingRows(fold: fold.number, testFrom: sample.features.tradingDays[first])
    }
    let learned = try learn(sample, rows, parameters, preparation)
    let test = sample.tested(fold)
    let forecasts = learned.model.predict(sample.scaled(test, by: learned.lens))
      .map { learned.worth * $0 }
    var evidence = Evidence(horizonBars: horizonBars)
    evidence.append(sample, test, fold.number, forecasts, known)
    let fit = FoldFit(
      fold: fold, selection: learned.selection, columns: learned.lens.columns,
      scaler: learned.lens.scaler, model: learned.model, worth: learned.worth,
      trainRows: rows.count, testRows: test.count)
    return FoldResult(fit: fit, evidence: evidence)
  }
}

extension Walk {
  /// Folds in their order, whoever did them.
  public init(_ results: [FoldResult], horizonBars: Int) {
    var evidence = Evidence(horizonBars: horizonBars)
    for result in results { evidence.append(result.evidence) }
    self.init(fits: results.map(\.fit), evidence: evidence)
  }
}
