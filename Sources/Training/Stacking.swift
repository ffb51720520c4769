internal import Numerics

/// Puts several models' out-of-sample forecasts together: each fold by weights learned from the forecasts of
/// earlier folds alone, none below zero, all of them zero where nothing was foretold.
public struct Stacking: Hashable, Sendable {
  /// What the squared weights cost, as a share of the forecasts' mean power: draws them towards nothing.
  public let shrinkage: Double

  public init(shrinkage: Double = 0.1) {
    precondition(shrinkage >= 0 && shrinkage.isFinite, "a shrinkage is not negative")
    self.shrinkage = shrinkage
  }

  /// The forecasts of the stack, and by fold what each model's forecast counts for. The first fold has
  /// nothing to learn from: there all models count alike.
  public func stacked(
    _ models: [Evidence]
  ) -> (evidence: Evidence, weights: [(fold: Int32, weights: [Double])]) {
    precondition(!models.isEmpty, "something to stack")
    let first = models[0]
    precondition(
      models.allSatisfy { $0.instants == first.instants && $0.folds == first.folds },
      "the same rows of each")
    var forecasts = [Double](repeating: 0, count: first.count)
    var found: [(fold: Int32, weights: [Double])] = []
    for fold in Self.order(first.folds) {
      let rows = first.folds.indices.filter { first.folds[$0] == fold }
      let past = Self.known(before: rows[0], of: first)
      let weights =
        past.isEmpty
        ? [Double](repeating: 1 / Double(models.count), count: models.count)
        : weights(
          models.map { model in past.map { model.forecasts[$0] } },
          past.map { first.outcomes[$0] })
      for row in rows {
        forecasts[row] = zip(models, weights).reduce(0) { $0 + $1.1 * $1.0.forecasts[row] }
      }
      found.append((fold, weights))
    }
    return (first.with(forecasts: forecasts), found)
  }

  /// The folds as they come.
  private static func order(_ folds: [Int32]) -> [Int32] {
    var order: [Int32] = []
    for fold in folds where order.last != fold { order.append(fold) }
    return order
  }

  /// Rows before a row whose outcomes were known at it: the last h + 1 instants of any series are not.
  private static func known(before row: Int, of evidence: Evidence) -> [Int] {
    var left = evidence.horizonBars + 1
    var end = row
    while end > 0, left > 0 {
      let instant = evidence.instants[end - 1]
      while end > 0, evidence.instants[end - 1] == instant { end -= 1 }
      left -= 1
    }
    return (0..<end).filter { !evidence.isMissed[$0] }
  }

  /// argmin over w ≥ 0 of Σ(y − Σ w·p)² + λ·tr(PᵀP)/K·Σw², one weight after the other until none moves.
  func weights(_ forecasts: [[Double]], _ outcomes: [Double]) -> [Double] {
    let count = forecasts.count
    func product(_ one: [Double], _ other: [Double]) -> Double {
      Statistics.sum(zip(one, other).map { $0 * $1 })
    }
    var powers = forecasts.map { one in forecasts.map { product(one, $0) } }
    let pulls = forecasts.map { product($0, outcomes) }
    let mean = (0..<count).reduce(0) { $0 + powers[$1][$1] } / Double(count)
    for model in 0..<count { powers[model][model] += shrinkage * mean }
    var weights = [Double](repeating: 0, count: count)
    for _ in 0..<Self.mostRounds {
      var moved = 0.0
      for model in 0..<count where powers[model][model] > 0 {
        let others = (0..<count).reduce(0) {
          $1 == model ? $0 : $0 + powers[model][$1] * weights[$1]
        }
        let weight = max(0, (pulls[model] - others) / powers[model][model])
        moved = max(moved, abs(weight - weights[model]))
        weights[model] = weight
      }
      if moved < 1e-12 { break }
    }
    return weights
  }

  private static let mostRounds = 10_000
}
