public import Features

extension TrainedModel {
  /// The model as LightGBM's text, which takes raw features in the recipe's order.
  public func lightGbm() throws(ModelsError) -> [UInt8] {
    try model.lightGbm(names: recipe.names, scaler: scaler)
  }
}

extension Model {
  /// Trees as LightGBM's text; the scaler goes into their thresholds, by whatever measure.
  public func lightGbm(names: [String], scaler: Scaler) throws(ModelsError) -> [UInt8] {
    switch self {
    case .boosted(let trees), .forest(let trees):
      return try LightGbmText(try trees.raw(scaler), names: names).bytes
    case .zero, .lastValue, .ridge, .committee:
      throw .notExpressible(what: "LightGBM", reason: "it knows trees alone")
    }
  }
}
