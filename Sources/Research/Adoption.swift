public import Features
internal import Market
public import Models
public import Training

extension Experiment {
  /// Takes in a model that was made elsewhere: it is asked on every row there is, scaled as it brings along.
  ///
  /// `columns` holds, for each of the model's features in its order, the recipe's feature it is. What it has
  /// learned from is unknown, so prices up to the last label count as known to it.
  public func adopted(
    _ model: Model, columns: [Int], scaler: Scaler, _ sample: Sample
  ) throws(TrainingError) -> Findings {
    let (walk, rows) = try asked(
      model, columns: columns, scaler: scaler, of: sample, horizonBars: label.horizonBars)
    let trained = TrainedModel(
      recipe: recipe.choosing(columns), scaler: scaler, label: label, interval: interval,
      symbols: symbols, model: model, residualDeviation: Scores(walk.evidence).rmse)
    let (first, last) = (rows[0], rows[rows.count - 1])
    return Findings(
      walk: walk, names: sample.features.names, trained: trained, selection: nil,
      probe: Probe(trained, rows: sample.inputs(of: trained, latest: Self.probeRows)),
      trainedRows: rows.count, firstInstant: sample.features.instants[first],
      lastInstant: sample.features.instants[last],
      knownUntil: rows.compactMap { sample.labels.knownAt[$0] }.max()
        ?? sample.features.instants[last])
  }
}
