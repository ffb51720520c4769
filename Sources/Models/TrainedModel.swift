public import Features
public import Market

/// All that a forecast needs, as it is sealed into a bundle: recipe, scaler, model, and what the number means.
public struct TrainedModel: Sendable {
  public let recipe: Recipe
  public let scaler: Scaler
  public let label: LabelDefinition
  public let interval: BarInterval
  /// The series it learned from.
  public let symbols: [Symbol]
  public let model: Model
  /// What one of the label is worth as a return: 1 unless the label is a place among others.
  public let worth: Double
  /// The deviation of outcomes around the forecasts, measured out of sample.
  public let residualDeviation: Double

  public init(
    recipe: Recipe, scaler: Scaler, label: LabelDefinition, interval: BarInterval,
    symbols: [Symbol], model: Model, worth: Double = 1, residualDeviation: Double
  ) {
    precondition(scaler.columns.count == recipe.count, "a scaled column per feature")
    precondition(model.fits(columns: recipe.count), "the model reads the recipe's columns")
    precondition(worth.isFinite && worth >= 0, "a worth is a number")
    precondition(residualDeviation.isFinite && residualDeviation >= 0, "a deviation is a number")
    self.recipe = recipe
    self.scaler = scaler
    self.label = label
    self.interval = interval
    self.symbols = symbols
    self.model = model
    self.worth = worth
    self.residualDeviation = residualDeviation
  }

  /// What the model says of a row of features, which is scaled in place; times the label's unit it is
  /// an expected return.
  public func predict(scaling row: UnsafeMutableBufferPointer<Float>) -> Double {
    scaler.apply(to: row)
    return model.predict(UnsafeBufferPointer(row))
  }

  /// The scaler as people read it: a line per column.
  public var scalerText: String { scaler.text(names: recipe.names) }

  /// The label's definition in words.
  public var labelText: String { "\(label)" }
}
