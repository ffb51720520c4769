internal import Numerics

/// How the correlation of forecasts with outcomes grew row by row, and how far luck alone would carry it.
public struct SkillPath: Hashable, Sendable {
  /// After each row the sum so far of z_p · z_y / n; the last is the correlation of all.
  public let values: [Double]
  /// The standard error of the last, as in the scores.
  public let error: Double

  /// `nil` where nothing varies.
  public init?(_ evidence: Evidence) {
    let (p, y) = (evidence.forecasts, evidence.outcomes)
    let scores = Scores(evidence)
    guard let ic = scores.ic, let t = scores.icT, t != 0 else { return nil }
    let (means, count) = ((Statistics.mean(p), Statistics.mean(y)), Double(p.count))
    let scale =
      count * Statistics.deviation(p, ddof: 0) * Statistics.deviation(y, ddof: 0)
    var sum = 0.0
    values = p.indices.map { row in
      sum += (p[row] - means.0) * (y[row] - means.1) / scale
      return sum
    }
    error = abs(ic / t)
  }

  /// What forecasts without skill stay below after each row, 95 times of 100.
  public var luck: [Double] {
    let count = Double(values.count)
    return values.indices.map { 1.96 * error * (Double($0 + 1) / count).squareRoot() }
  }
}

/// What an entry in the direction of the forecast earned at the label's horizon, where only forecasts of some
/// size were acted on: each row by itself, so that a strategy's holding and fees come on top.
public struct EntryFigures: Hashable, Sendable {
  /// The share of rows with the smallest forecasts that were passed over.
  public let passedShare: Double
  /// The least forecast acted on, without its sign.
  public let threshold: Double
  public let count: Int
  /// The mean outcome in the forecast's direction, before costs.
  public let gain: Double
  /// Of the gain (`Statistics.overlapVariance`).
  public let error: Double

  public static func all(
    _ evidence: Evidence, passing shares: [Double] = [0, 0.5, 0.75, 0.9, 0.95, 0.99]
  ) -> [EntryFigures] {
    let sizes = evidence.forecasts.map(abs).sorted()
    guard let most = sizes.last, most > 0 else { return [] }
    return shares.compactMap { share in
      let threshold = sizes[min(Int(Double(sizes.count) * share), sizes.count - 1)]
      let rows = evidence.forecasts.indices.filter {
        evidence.forecasts[$0] != 0 && abs(evidence.forecasts[$0]) >= threshold
      }
      guard rows.count > 1 else { return nil }
      let gains = rows.map {
        evidence.forecasts[$0] > 0 ? evidence.outcomes[$0] : -evidence.outcomes[$0]
      }
      let variance = Statistics.overlapVariance(gains, horizon: evidence.horizonBars)
      return EntryFigures(
        passedShare: share, threshold: threshold, count: rows.count,
        gain: Statistics.mean(gains), error: max(0, variance).squareRoot())
    }
  }
}
