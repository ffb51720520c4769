internal import Numerics

/// What one forecast was made from.
public struct ForecastInput: Hashable, Sendable {
  /// The scaled row, or the rows of a window, the oldest first.
  public let values: [Float]
  /// What one of the model's answer is worth as a return.
  public let worth: Double
}

/// A forecast parted among the features, as returns: forecast = start + Σ parts + rest.
public struct ForecastParts: Hashable, Sendable {
  /// The forecast made again from its input, with the bits it had.
  public let forecast: Double
  /// What is forecast before anything is known; of a network, for a window of zeros.
  public let start: Double
  /// By feature, a network's over all bars of its window.
  public let parts: [Double]

  /// What the parts leave over: nothing but rounding, of a network the error of an integral.
  public var rest: Double { forecast - parts.reduce(start, +) }
}

extension TrainedModel {
  /// The parts of an integral along which a network's gradients are taken.
  private static let steps = 128

  /// Shapley's values of trees, weight times value of a line, integrated gradients of a network; `nil` for
  /// a committee that joins by ranks.
  public func parts(of input: ForecastInput) -> ForecastParts? {
    guard let start = model.start else { return nil }
    var parts: [Double]
    if case .network(let networks) = model {
      let shares = networks.integratedGradients(input.values, steps: Self.steps)
      parts = (0..<shares.features).map { feature in
        (0..<shares.window).reduce(0) { $0 + shares[$1, feature] }
      }
    } else {
      let row = FloatMatrix(rows: 1, columns: input.values.count, values: input.values)
      guard let found = model.contributions(row) else { return nil }
      parts = found.values
    }
    for place in parts.indices { parts[place] *= input.worth }
    return ForecastParts(
      forecast: input.worth * model.predict(input.values), start: input.worth * start, parts: parts)
  }
}
