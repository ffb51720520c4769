internal import Features
internal import Numerics

/// What one feature's column looks like, and what it tells of the label by itself.
public struct FeatureFigures: Equatable, Sendable {
  public let name: String
  /// The share of rows that hold a finite number, the warm-up counted among those that do not.
  public let finiteShare: Double
  public let mean: Double?
  public let deviation: Double?
  /// At 1, 25, 50, 75 and 99 %; empty where no row is finite.
  public let quantiles: [Double]
  /// Of each value with that of the same instrument's row before.
  public let autocorrelation: Double?
  /// The correlation of its ranks with those of the outcomes, and its t, which allows for outcomes that overlap: over
  /// all rows of one series at once, of a panel the mean of what it is at each instant.
  public let rankIC: Double?
  public let rankICT: Double?

  public static let shares = [0.01, 0.25, 0.5, 0.75, 0.99]

  init(_ sample: Sample, column: Int, horizonBars: Int) {
    let matrix = sample.features
    name = matrix.names[column]
    let values = (0..<matrix.rows).map { Double(matrix[$0, column]) }
    let finite = values.filter(\.isFinite)
    finiteShare = values.isEmpty ? 0 : Double(finite.count) / Double(values.count)
    mean = finite.isEmpty ? nil : Statistics.mean(finite)
    deviation = finite.count > 1 ? Statistics.deviation(finite) : nil
    let sorted = finite.sorted()
    quantiles = sorted.isEmpty ? [] : Self.shares.map { Statistics.quantile(sorted: sorted, $0) }
    let pairs = sample.timeline.chains.flatMap { chain in
      zip(chain, chain.dropFirst()).map { (values[Int($0)], values[Int($1)]) }
    }.filter { $0.0.isFinite && $0.1.isFinite }
    let neighbours = Statistics.pearson(pairs.map(\.0), pairs.map(\.1))
    autocorrelation = neighbours.isFinite ? neighbours : nil
    let rows = sample.usableRows
    guard sample.timeline.chains.count == 1 else {
      let scores = PanelScores(
        rows.map { values[$0] }, against: sample.outcomes(rows),
        at: rows.map { sample.timeline.moments[$0] }, horizonBars: horizonBars)
      (rankIC, rankICT) = (scores?.rankIC, scores?.rankICT)
      return
    }
    (rankIC, rankICT) = Scores.correlation(
      Statistics.ranks(rows.map { values[$0] }), Statistics.ranks(sample.outcomes(rows)),
      horizonBars)
  }
}

extension Sample {
  /// The figures of every feature, in the recipe's order.
  public func figures(horizonBars: Int) -> [FeatureFigures] {
    (0..<features.columns).map {
      FeatureFigures(self, column: $0, horizonBars: horizonBars)
    }
  }
}
