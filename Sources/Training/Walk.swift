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
  let known = KnownLabels(sample)
  var evidence = Evidence(horizonBars: horizonBars)
  var fits: [FoldFit] = []
  for fold in try plan.folds(of: sample) {
    let rows = sample.learned(fold)
    guard rows.count >= 2 else {
      let first = sample.timeline.rows(at: fold.test[0].lowerBound).lowerBound
      throw .noTrainingRows(fold: fold.number, testFrom: sample.features.tradingDays[first])
    }
    let learned = try learn(sample, rows, parameters, preparation)
    let test = sample.tested(fold)
    let forecasts = learned.model.predict(sample.scaled(test, by: learned.lens))
      .map { learned.worth * $0 }
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
    interval: interval, symbols: symbols, model: learned.model, worth: learned.worth,
    residualDeviation: Scores(evidence).rmse)
  return (trained, learned.selection)
}

/// What a model of unknown past says of every row there is: it reads some columns, raw. It may have learned
/// from these very rows, so this is no evidence of skill; it is told as one fold that was
/// fitted nowhere.
public func asked(
  _ model: Model, columns: [Int], of sample: Sample, horizonBars: Int
) throws(TrainingError) -> Walk {
  guard sample.usableRows.count > 1 else { throw .noRows }
  let lens = Lens(columns: columns, scaler: .identity(columns: columns.count))
  var evidence = Evidence(horizonBars: horizonBars)
  let forecasts = model.predict(sample.scaled(sample.usableRows, by: lens))
  let known = KnownLabels(sample)
  evidence.append(sample, sample.usableRows, 1, forecasts, known)
  return Walk(fits: [], evidence: evidence)
}

private struct Learned {
  let selection: Selection?
  let lens: Lens
  let model: Model
  /// What one of its forecasts is worth as a return.
  let worth: Double
}

/// Chooses, scales and fits by the rows given and by no others; what is held out to tell when to stop
/// takes no part in choosing either.
private func learn(
  _ sample: Sample, _ rows: [Int], _ parameters: ModelParameters, _ preparation: Preparation
) throws(TrainingError) -> Learned {
  let (early, _) = sample.parted(rows, heldOut: parameters.heldOutShare)
  let selection = try preparation.selection(sample, early, parameters)
  let lens = preparation.lens(sample, rows, selection, parameters)
  do throws(ModelsError) {
    let fitted = try sample.fit(parameters, rows, lens, preparation.weighting)
    return Learned(
      selection: selection, lens: lens, model: fitted.model, worth: sample.worth(early))
  } catch {
    throw .model(error)
  }
}

extension Evidence {
  fileprivate mutating func append(
    _ sample: Sample, _ rows: [Int], _ fold: Int, _ forecasts: [Double], _ known: KnownLabels
  ) {
    instants += rows.map { sample.features.instants[$0] }
    instruments += rows.map { sample.timeline.instruments[$0] }
    folds += [Int32](repeating: Int32(fold), count: rows.count)
    outcomes += sample.outcomes(rows)
    isMissed += rows.map { sample.labels.isMissed[$0] }
    self.forecasts += zip(rows, forecasts).map { sample.labels.units[$0] * $1 }
    lastValues += rows.map { known.last[$0] }
    expandingMeans += rows.map { known.means[$0] }
    if !sample.volatilities.isEmpty {
      volatilities += rows.map { Double(sample.volatilities[$0]) }
    }
  }
}

/// What was known of the labels at each row: its instrument's last one and the mean of all, 0 before the
/// first.
struct KnownLabels {
  private(set) var last: [Double] = []
  private(set) var means: [Double] = []

  init(_ sample: Sample) {
    let (labels, timeline) = (sample.labels, sample.timeline)
    var next = [Int](repeating: 0, count: timeline.chains.count)
    var newest = [Double](repeating: 0, count: timeline.chains.count)
    var (sum, count) = (0.0, 0)
    for moment in 0..<timeline.count {
      let rows = timeline.rows(at: moment)
      let now = sample.features.instants[rows.lowerBound]
      // An instrument's rows are in the order of time and so are the instants at which their labels are
      // known.
      for (instrument, chain) in timeline.chains.enumerated() {
        while next[instrument] < chain.count, chain[next[instrument]] < rows.lowerBound {
          let row = Int(chain[next[instrument]])
          if let known = labels.knownAt[row] {
            guard known <= now else { break }
            newest[instrument] = labels.returns[row]
            sum += newest[instrument]
            count += 1
          }
          next[instrument] += 1
        }
      }
      last += rows.map { newest[Int(timeline.instruments[$0])] }
      means += rows.map { _ in count == 0 ? 0 : sum / Double(count) }
    }
  }
}
