internal import Features
internal import Models
public import Training

extension Experiment {
  /// What ridge forecasts over the same folds; `nil` where ridge is the model itself.
  public func ridge(_ sample: Sample) throws(TrainingError) -> Evidence? {
    if case .ridge = parameters { return nil }
    let ridge: RidgeParameters
    do throws(ModelsError) {
      ridge = try RidgeParameters(overlapBars: label.horizonBars)
    } catch { throw .model(error) }
    return try walk(
      sample, plan: try plan(sample), parameters: .ridge(ridge), preparation: preparation,
      horizonBars: label.horizonBars
    ).evidence
  }
}
