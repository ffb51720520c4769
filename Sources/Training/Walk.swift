public import Features
public import Market
public import Models

/// What one fold learned.
public struct FoldFit: Sendable {
  public let fold: Fold
  /// How features were chosen, `nil` where all were taken.
  public let selection: Selection?
  public let scaler: Scaler
  public let model: Model
  public let trainRows: Int
  public let testRows: Int
}

/// A finished walk: what each fold learned, and every forecast it made of what it had not seen.
public struct Walk: Sendable {
  public let fits: [FoldFit]
  public let evidence: Evidence
}

/// Learns from each fold's past alone and forecasts its test; the forecasts of all folds are kept.
///
/// Scaler, selection and weights are the fold's own. `progress` hears of each finished fold; it returns false to
/// stop, and the folds so far are the answer.
public func walk(
  _ sample: Sample, plan: FoldPlan, parameters: ModelParameters,
  preparation: Preparation = Preparation(), horizonBars: Int,
  progress: (FoldFit) -> Bool = { _ in true }
) throws(TrainingError) -> Walk {
  let known = KnownLabels(sample.labels, at: sample.features.instants)
  var evidence = Evidence(horizonBars: horizonBars)
  var fits: [FoldFit] = []
  for fold in try plan.folds(of: sample) {
    let rows = sample.learnable(fold.train)
    guard rows.count >= 2 else {
      throw .noTrainingRows(
        fold: fold.number, testFrom: sample.features.tradingDays[fold.test.lowerBound])
    }
    let learned = try learn(sample, rows, parameters, preparation)
    let test = sample.usable(fold.test)
    let forecasts = learned.model.predict(sample.scaled(test, by: learned.lens))
    evidence.append(sample, test, fold.number, forecasts, known)
    let fit = FoldFit(
      fold: fold, selection: learned.selection, scaler: learned.lens.scaler, model: learned.model,
      trainRows: rows.count, testRows: test.count)
    fits.append(fit)
    guard progress(fit) else { break }
  }
  return Walk(fits: fits, evidence: evidence)
}

/// Learns from all rows: the model to be used, judged by the walk whose evidence is handed in.
public func fit(
  _ sample: Sample, recipe: Recipe, label: LabelDefinition, interval: BarInterval,
  symbols: [Symbol], parameters: ModelParameters, preparation: Preparation = Preparation(),
  evidence: Evidence
) throws(TrainingError) -> (trained: TrainedModel, selection: Selection?) {
  guard sample.learnableRows.count >= 2 else { throw .noRows }
  let learned = try learn(sample, sample.learnableRows, parameters, preparation)
  let trained = TrainedModel(
    recipe: recipe.choosing(learned.lens.columns), scaler: learned.lens.scaler, label: label,
    interval: interval, symbols: symbols, model: learned.model,
    residualDeviation: Scores(evidence).rmse)
  return (trained, learned.selection)
}

private struct Learned {
  let selection: Selection?
  let lens: Lens
  let model: Model
}

/// Chooses, scales and fits by the rows given and by no others; what is held out to tell when to stop
/// takes no part in choosing either.
private func learn(
  _ sample: Sample, _ rows: [Int], _ parameters: ModelParameters, _ preparation: Preparation
) throws(TrainingError) -> Learned {
  let (early, late) = sample.parted(rows, heldOut: parameters.heldOutShare)
  let selection = try preparation.selection(sample, early, parameters)
  let lens = preparation.lens(sample, rows, selection, parameters)
  do throws(ModelsError) {
    let model = try parameters.fit(
      try sample.lesson(early, lens, preparation.weighting),
      validation: late.isEmpty ? nil : try sample.lesson(late, lens, preparation.weighting))
    return Learned(selection: selection, lens: lens, model: model)
  } catch {
    throw .model(error)
  }
}

extension Evidence {
  fileprivate mutating func append(
    _ sample: Sample, _ rows: [Int], _ fold: Int, _ forecasts: [Double], _ known: KnownLabels
  ) {
    instants += rows.map { sample.features.instants[$0] }
    folds += [Int32](repeating: Int32(fold), count: rows.count)
    outcomes += sample.outcomes(rows)
    isMissed += rows.map { sample.labels.isMissed[$0] }
    self.forecasts += zip(rows, forecasts).map { sample.labels.units[$0] * $1 }
    lastValues += rows.map { known.last[$0] }
    expandingMeans += rows.map { known.means[$0] }
  }
}

/// What was known of the labels at each row: the last one and the mean of all, 0 before the first.
struct KnownLabels {
  private(set) var last: [Double] = []
  private(set) var means: [Double] = []

  init(_ labels: Labels, at instants: [Instant]) {
    var next = 0
    var (sum, count, newest) = (0.0, 0, 0.0)
    for row in instants.indices {
      // Rows are in the order of time and so are the instants at which their labels are known.
      while next < row {
        guard let known = labels.knownAt[next] else {
          next += 1
          continue
        }
        guard known <= instants[row] else { break }
        newest = labels.returns[next]
        sum += newest
        count += 1
        next += 1
      }
      last.append(newest)
      means.append(count == 0 ? 0 : sum / Double(count))
    }
  }
}
