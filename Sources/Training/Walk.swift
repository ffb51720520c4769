public import Features
public import Market
public import Models

/// What one fold learned.
public struct FoldFit: Sendable {
  public let fold: Fold
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
/// `tail` is the share of training rows cut off either end of each feature, `nil` for none. `progress` hears of each
/// finished fold; it returns false to stop, and the folds so far are the answer.
public func walk(
  _ sample: Sample, plan: FoldPlan, parameters: ModelParameters, tail: Double? = nil,
  horizonBars: Int,
  progress: (FoldFit) -> Bool = { _ in true }
) throws(TrainingError) -> Walk {
  let known = KnownLabels(sample.labels, at: sample.features.instants)
  var evidence = Evidence(horizonBars: horizonBars)
  var fits: [FoldFit] = []
  for fold in try plan.folds(of: sample) {
    let rows = sample.usable(fold.train)
    guard rows.count >= 2 else {
      throw .noTrainingRows(
        fold: fold.number, testFrom: sample.features.tradingDays[fold.test.lowerBound])
    }
    let (scaler, model) = try learn(sample, rows, parameters, tail)
    let test = sample.usable(fold.test)
    evidence.append(
      sample, test, fold.number, forecasts: model.predict(sample.scaled(test, by: scaler)), known)
    let fit = FoldFit(
      fold: fold, scaler: scaler, model: model, trainRows: rows.count, testRows: test.count)
    fits.append(fit)
    guard progress(fit) else { break }
  }
  return Walk(fits: fits, evidence: evidence)
}

/// Learns from all rows: the model to be used, judged by the walk whose evidence is handed in.
public func fit(
  _ sample: Sample, recipe: Recipe, label: LabelDefinition, interval: BarInterval,
  symbols: [Symbol], parameters: ModelParameters, tail: Double? = nil, evidence: Evidence
) throws(TrainingError) -> TrainedModel {
  guard sample.usableRows.count >= 2 else { throw .noRows }
  let (scaler, model) = try learn(sample, sample.usableRows, parameters, tail)
  return TrainedModel(
    recipe: recipe, scaler: scaler, label: label, interval: interval, symbols: symbols,
    model: model, residualDeviation: Scores(evidence).rmse)
}

private func learn(
  _ sample: Sample, _ rows: [Int], _ parameters: ModelParameters, _ tail: Double?
) throws(TrainingError) -> (scaler: Scaler, model: Model) {
  let scaler =
    parameters.wantsScaledRows
    ? Scaler(fitting: sample.features, rows: rows, tail: tail)
    : .identity(columns: sample.features.columns)
  do throws(ModelsError) {
    let (early, late) = sample.parted(rows, heldOut: parameters.heldOutShare)
    let model = try parameters.fit(
      try sample.lesson(early, scaler),
      validation: late.isEmpty ? nil : try sample.lesson(late, scaler))
    return (scaler, model)
  } catch {
    throw .model(error)
  }
}

extension Evidence {
  fileprivate mutating func append(
    _ sample: Sample, _ rows: [Int], _ fold: Int, forecasts: [Double], _ known: KnownLabels
  ) {
    instants += rows.map { sample.features.instants[$0] }
    folds += [Int32](repeating: Int32(fold), count: rows.count)
    outcomes += sample.labelValues(rows)
    self.forecasts += forecasts
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
        newest = labels.values[next]
        sum += newest
        count += 1
        next += 1
      }
      last.append(newest)
      means.append(count == 0 ? 0 : sum / Double(count))
    }
  }
}
