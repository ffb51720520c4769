public import Features
public import Market
public import Models

/// What one fold learned.
public struct FoldFit: Sendable {
  public let fold: Fold
  /// How features were chosen, `nil` where all were taken.
  public let selection: Selection?
  /// The features the model reads, by their places in the recipe.
  public let columns: [Int]
  public let scaler: Scaler
  public let model: Model
  /// What one of its forecasts is worth as a return.
  public let worth: Double
  public let trainRows: Int
  public let testRows: Int

  public init(
    fold: Fold, selection: Selection?, columns: [Int], scaler: Scaler, model: Model,
    worth: Double, trainRows: Int, testRows: Int
  ) {
    self.fold = fold
    self.selection = selection
    self.columns = columns
    self.scaler = scaler
    self.model = model
    self.worth = worth
    self.trainRows = trainRows
    self.testRows = testRows
  }
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
  preparation: Preparation = Preparation(), horizonBars: Int, watch: FitWatch = FitWatch(),
  progress: (FoldFit) -> Bool = { _ in true }
) throws(TrainingError) -> Walk {
  let walker = try Walker(
    sample, plan: plan, parameters: parameters, preparation: preparation,
    horizonBars: horizonBars)
  var results: [FoldResult] = []
  for fold in walker.folds {
    let result = try walker.result(of: fold, watch: watch)
    results.append(result)
    guard progress(result.fit) else { break }
  }
  return Walk(results, horizonBars: horizonBars)
}

/// Learns from all rows: the model to be used, judged by the walk whose evidence is handed in. Boosted trees and
/// networks may go on from a version's: they see its features as it scales them.
public func fit(
  _ sample: Sample, recipe: Recipe, label: LabelDefinition, interval: BarInterval,
  symbols: [Symbol], parameters: ModelParameters, preparation: Preparation = Preparation(),
  evidence: Evidence, continuing parent: TrainedModel? = nil, watch: FitWatch = FitWatch()
) throws(TrainingError) -> (trained: TrainedModel, selection: Selection?) {
  guard sample.learnableRows.count >= 2 else { throw .noRows }
  let learned = try learn(
    sample, sample.learnableRows, parameters, preparation, watch,
    continuing: try parent.map { parent throws(TrainingError) in try Parent(parent, recipe) })
  let trained = TrainedModel(
    recipe: recipe.choosing(learned.lens.columns), scaler: learned.lens.scaler, label: label,
    interval: interval, symbols: symbols, model: learned.model, worth: learned.worth,
    residualDeviation: Scores(evidence).rmse)
  return (trained, learned.selection)
}

/// What a model of unknown past says of every row there is, and of which rows: a window must end there where it
/// reads windows. It may have learned from these very rows, so this is no evidence of skill; it is told as one fold
/// that was fitted nowhere.
public func asked(
  _ model: Model, columns: [Int], scaler: Scaler, of sample: Sample, horizonBars: Int
) throws(TrainingError) -> (walk: Walk, rows: [Int]) {
  let lens = Lens(columns: columns, scaler: scaler)
  let learned = Learned(selection: nil, lens: lens, model: model, worth: 1)
  let (rows, forecasts) = learned.forecasts(sample, sample.usableRows, 1)
  guard rows.count > 1 else { throw .noRows }
  var evidence = Evidence(horizonBars: horizonBars)
  evidence.append(sample, rows, 1, forecasts, KnownLabels(sample))
  return (Walk(fits: [], evidence: evidence), rows)
}

/// What is built upon: trees or networks, and how they see a row.
struct Parent {
  let model: Model
  let lens: Lens

  /// Refuses other kinds, and features that the recipe does not have.
  init(_ trained: TrainedModel, _ recipe: Recipe) throws(TrainingError) {
    switch trained.model {
    case .boosted, .network: model = trained.model
    default:
      throw .badParameter(
        name: "continue", found: trained.model.name, expected: "boosted trees or networks")
    }
    var columns: [Int] = []
    for (name, formula) in zip(trained.recipe.names, trained.recipe.formulas) {
      guard
        let column = recipe.names.firstIndex(of: name), recipe.formulas[column] == formula
      else {
        throw .badParameter(
          name: "continue", found: "a model of \(name) = \(formula)",
          expected: "features of recipe \(recipe.name)")
      }
      columns.append(column)
    }
    lens = Lens(columns: columns, scaler: trained.scaler)
  }
}

struct Learned {
  let selection: Selection?
  let lens: Lens
  let model: Model
  /// What one of its forecasts is worth as a return.
  let worth: Double

  /// What the model says of rows, and of which: a window must end there where it reads windows.
  func forecasts(
    _ sample: Sample, _ rows: [Int], _ workers: Int
  ) -> (rows: [Int], outputs: [Double]) {
    guard case .network(let networks) = model else {
      return (rows, model.predict(sample.scaled(rows, by: lens), workers: workers))
    }
    let chain = sample.chain(lens, length: model.windowBars)
    let shown = rows.filter { chain.hasWindow($0) }
    let windows = sample.windows(
      shown, lens, chain, .equal, labels: [Double](repeating: 0, count: shown.count))
    return (shown, networks.predict(windows, workers: workers))
  }
}

/// Chooses, scales and fits by the rows given and by no others; what is held out to tell when to stop
/// takes no part in choosing either.
func learn(
  _ sample: Sample, _ rows: [Int], _ parameters: ModelParameters, _ preparation: Preparation,
  _ watch: FitWatch, continuing parent: Parent? = nil
) throws(TrainingError) -> Learned {
  let (early, _) = sample.parted(rows, heldOut: parameters.heldOutShare)
  let selection = parent == nil ? try preparation.selection(sample, early, parameters) : nil
  let lens = parent?.lens ?? preparation.lens(sample, rows, selection, parameters)
  do throws(ModelsError) {
    let fitted = try sample.fit(
      parameters, rows, lens, preparation.weighting, watch, continuing: parent?.model)
    watch.learned(fitted)
    return Learned(
      selection: selection, lens: lens, model: fitted.model, worth: sample.worth(early))
  } catch {
    throw .model(error)
  }
}

extension Evidence {
  /// The forecasts of a later fold.
  public mutating func append(_ other: Evidence) {
    instants += other.instants
    instruments += other.instruments
    folds += other.folds
    outcomes += other.outcomes
    isMissed += other.isMissed
    forecasts += other.forecasts
    lastValues += other.lastValues
    expandingMeans += other.expandingMeans
    volatilities += other.volatilities
  }

  mutating func append(
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
