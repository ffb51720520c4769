import Features
import Market
import Numerics

/// What comes after each bar, in the ways a column may have been given it: the label, and the
/// closes one bar and a horizon on.
struct Outcome {
  private let futures: [[Double]]
  private let horizonBars: Int

  init(_ bars: [Bar], _ label: LabelDefinition) {
    horizonBars = label.horizonBars
    futures = [
      label, LabelDefinition(.closeToClose, horizonBars: 1),
      LabelDefinition(.closeToClose, horizonBars: label.horizonBars),
    ].map { Labels($0, bars: bars).values }
  }

  /// The rank correlation furthest from 0, of each column with any of the futures.
  func correlations(_ matrix: FeatureMatrix) -> [Double?] {
    (0..<matrix.columns).map { column in
      futures.compactMap { correlation(matrix, column, $0) }
        .max { abs($0) < abs($1) }
    }
  }

  private func correlation(
    _ matrix: FeatureMatrix, _ column: Int, _ future: [Double]
  ) -> Double? {
    let rows = future.indices.filter { future[$0].isFinite && matrix[$0, column].isFinite }
    guard rows.count > 2 else { return nil }
    let found = Statistics.spearman(
      rows.map { Double(matrix[$0, column]) }, rows.map { future[$0] })
    return found.isFinite ? found : nil
  }

  /// No honest column of one series comes near: a rank correlation of 0.1 is cause for alarm, and
  /// chance adds to it where windows overlap.
  func limit(rows: Int) -> Double {
    0.3 + 4 / max(1, Double(rows) / Double(horizonBars)).squareRoot()
  }
}

extension AuditTrial {
  func outcomes() -> [Double?] { Outcome(bars, terms.label).correlations(whole) }

  /// Columns that are the outcome, or near enough.
  func outcomeLeaks(_ outcomes: [Double?]) -> [Leak] {
    let limit = Outcome(bars, terms.label).limit(rows: bars.count)
    return outcomes.indices.compactMap { column in
      guard let found = outcomes[column], abs(found) > limit else { return nil }
      return Leak(
        check: .outcome, column: column, row: 0, rows: bars.count, cut: bars.count, size: found)
    }
  }
}
