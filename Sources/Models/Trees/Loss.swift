internal import Numerics

/// What boosting makes small; a closed family.
public enum Loss: Hashable, Sendable {
  /// ½(y − f)²: the mean.
  case squared
  /// |y − f|: the median, for outcomes with heavy tails.
  case absolute
  /// Squared up to the threshold, absolute beyond.
  case huber(threshold: Double)
  /// The quantile at the share: what lies below it is the cheaper the larger the share.
  case quantile(share: Double)

  func check() throws(ModelsError) {
    switch self {
    case .squared, .absolute: break
    case .huber(let threshold):
      guard threshold > 0, threshold.isFinite else {
        throw .badParameter(
          name: "threshold", found: "\(threshold)", expected: "a positive number")
      }
    case .quantile(let share):
      guard share > 0, share < 1 else {
        throw .badParameter(name: "quantile", found: "\(share)", expected: "between 0 and 1")
      }
    }
  }

  /// How far a rest y − f pulls the forecast up: −∂loss/∂f.
  @inline(__always)
  func pull(_ rest: Double) -> Double {
    switch self {
    case .squared: rest
    case .absolute: rest > 0 ? 1 : rest < 0 ? -1 : 0
    case .huber(let threshold): min(max(rest, -threshold), threshold)
    case .quantile(let share): rest > 0 ? share : rest < 0 ? share - 1 : 0
    }
  }

  @inline(__always)
  func cost(_ rest: Double) -> Double {
    switch self {
    case .squared: rest * rest / 2
    case .absolute: abs(rest)
    case .huber(let threshold):
      abs(rest) <= threshold ? rest * rest / 2 : threshold * (abs(rest) - threshold / 2)
    case .quantile(let share): rest > 0 ? share * rest : (share - 1) * rest
    }
  }

  /// The share of the quantile that a leaf forecasts; `nil` where it is a mean.
  var leafShare: Double? {
    switch self {
    case .squared, .huber: nil
    case .absolute: 0.5
    case .quantile(let share): share
    }
  }

  /// The constant forecast that costs least; the median for Huber, near enough and safe from tails.
  func start(_ labels: [Double], _ weights: [Double]?) -> Double {
    if case .squared = self {
      guard let weights else { return Statistics.mean(labels) }
      return Statistics.sum(zip(labels, weights).map { $0 * $1 }) / Statistics.sum(weights)
    }
    return Loss.quantile(labels, weights, leafShare ?? 0.5)
  }

  /// The mean cost of forecasts.
  func mean(_ labels: [Double], _ forecasts: [Double], _ weights: [Double]?) -> Double {
    var (sum, weight) = (0.0, 0.0)
    for row in labels.indices {
      let one = weights.map { $0[row] } ?? 1
      sum += one * cost(labels[row] - forecasts[row])
      weight += one
    }
    return sum / weight
  }

  /// The least value at or below which the share of the weight lies, and halfway to the next one if it is
  /// met exactly.
  static func quantile(_ values: [Double], _ weights: [Double]?, _ share: Double) -> Double {
    guard let weights else { return Statistics.quantile(values, share) }
    let order = values.indices.filter { weights[$0] > 0 }
      .sorted { (values[$0], $0) < (values[$1], $1) }
    let wanted = share * order.reduce(0) { $0 + weights[$1] }
    var held = 0.0
    for (place, row) in order.enumerated() {
      held += weights[row]
      if held > wanted || place == order.count - 1 { return values[row] }
      if held == wanted { return (values[row] + values[order[place + 1]]) / 2 }
    }
    return 0
  }
}
