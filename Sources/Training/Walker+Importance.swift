internal import Features
internal import Models
internal import Numerics

extension Walker {
  /// What each feature the fold's model reads is worth to its forecasts: the squared error that is added
  /// when the feature's values are dealt anew among the test's rows, as a share of Σy². On rows the model
  /// has not seen, unlike what its own splits claim.
  public func worths(of fit: FoldFit, seed: UInt64) -> [(column: Int, worth: Double)] {
    let lens = Lens(columns: fit.columns, scaler: fit.scaler)
    let rows = sample.tested(fit.fold).filter { sample.labels.values[$0].isFinite }
    let outcomes = sample.labelValues(rows)
    let total = Statistics.sum(outcomes.map { $0 * $0 })
    guard total > 0 else { return fit.columns.map { ($0, 0) } }
    var seen = sample.scaled(rows, by: lens)
    let base = Self.squares(fit.model.predict(seen), outcomes)
    let random = Xoshiro256(seed: seed)
    return fit.columns.enumerated().map { place, column in
      var stream = random.split(stream: UInt64(column))
      let order = stream.permutation(rows.count)
      let own = (0..<rows.count).map { seen[$0, place] }
      for row in 0..<rows.count { seen[row, place] = own[order[row]] }
      let worse = Self.squares(fit.model.predict(seen), outcomes)
      for row in 0..<rows.count { seen[row, place] = own[row] }
      return (column, (worse - base) / total)
    }
  }

  private static func squares(_ forecasts: [Double], _ outcomes: [Double]) -> Double {
    Statistics.sum(zip(forecasts, outcomes).map { ($1 - $0) * ($1 - $0) })
  }
}
