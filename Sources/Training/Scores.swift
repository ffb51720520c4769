internal import Numerics

/// How good forecasts were, by formulas that do not flatter; absent where a question has no answer.
public struct Scores: Equatable, Sendable {
  public let count: Int
  /// Forecasts whose entry price could not be had, counted with an outcome of nothing.
  public let missed: Int
  public let rmse: Double
  public let mae: Double
  /// 1 − Σ(y − p)² / Σy²: against the forecast of no return, the honest measure at short horizons.
  public let r2Zero: Double?
  /// Against the mean of the labels known at each row.
  public let r2Mean: Double?
  /// Pearson's correlation over all rows at once: a mean of short windows would see skill in noise.
  public let ic: Double?
  public let rankIC: Double?
  /// t values that allow for outcomes that overlap (`Statistics.overlapT`).
  public let icT: Double?
  public let rankICT: Double?
  /// The share of signs foretold, rows without a move or an opinion left out.
  public let hitRate: Double?
  /// What always naming the commoner sign would have hit.
  public let baseRate: Double?
  public let hitT: Double?
  /// Clark and West's t against the forecast of no return; above 1.645 is significant at 5 %.
  public let clarkWest: Double?
  /// The slope of outcome on forecast: one where a forecast can be taken at its word.
  public let calibrationSlope: Double?
  /// sd(p) / sd(y): far above the IC means too bold.
  public let deviationRatio: Double?
  /// Of many instruments, how they were ordered at each instant.
  public let panel: PanelScores?

  public init(_ evidence: Evidence) {
    let (y, p) = (evidence.outcomes, evidence.forecasts)
    let horizon = evidence.horizonBars
    let errors = y.indices.map { y[$0] - p[$0] }
    let squares = Scores.squares(errors)
    count = y.count
    missed = evidence.isMissed.count { $0 }
    rmse = y.isEmpty ? 0 : (squares / Double(y.count)).squareRoot()
    mae = y.isEmpty ? 0 : Statistics.mean(errors.map { abs($0) })
    r2Zero = Scores.ratio(squares, Scores.squares(y)).map { 1 - $0 }
    let fromMean = y.indices.map { y[$0] - evidence.expandingMeans[$0] }
    r2Mean = Scores.ratio(squares, Scores.squares(fromMean)).map { 1 - $0 }
    (ic, icT) = Scores.correlation(p, y, horizon)
    (rankIC, rankICT) = Scores.correlation(Statistics.ranks(p), Statistics.ranks(y), horizon)
    (hitRate, baseRate, hitT) = Scores.hits(y, p, horizon)
    clarkWest = Scores.t(y.indices.map { 2 * y[$0] * p[$0] }, horizon)
    calibrationSlope = Scores.ratio(
      Statistics.covariance(y, p, ddof: 0), Statistics.variance(p, ddof: 0))
    deviationRatio = Scores.ratio(
      Statistics.deviation(p, ddof: 0), Statistics.deviation(y, ddof: 0))
    panel = evidence.isPanel ? PanelScores(evidence) : nil
  }

  /// Names and values in the order of the table, absent ones left out.
  public var figures: [(name: String, value: Double)] {
    let all: [(String, Double?)] = [
      ("rows", Double(count)), ("missed", missed > 0 ? Double(missed) : nil), ("rmse", rmse),
      ("mae", mae), ("r2-zero", r2Zero),
      ("r2-mean", r2Mean), ("ic", ic), ("ic-t", icT), ("rank-ic", rankIC), ("rank-ic-t", rankICT),
      ("hit-rate", hitRate), ("base-rate", baseRate), ("hit-t", hitT), ("clark-west", clarkWest),
      ("slope", calibrationSlope), ("deviation-ratio", deviationRatio),
    ]
    return (all + (panel?.figures ?? [])).compactMap { name, value in value.map { (name, $0) } }
  }
}

extension Scores {
  private static func squares(_ values: [Double]) -> Double {
    Statistics.sum(values.map { $0 * $0 })
  }

  /// `nil` where the divisor is nothing or either is no number.
  private static func ratio(_ dividend: Double, _ divisor: Double) -> Double? {
    let quotient = dividend / divisor
    return divisor > 0 && quotient.isFinite ? quotient : nil
  }

  private static func t(_ values: [Double], _ horizon: Int) -> Double? {
    guard values.count > 1 else { return nil }
    let t = Statistics.overlapT(values, horizon: horizon)
    return t.isFinite ? t : nil
  }

  /// The correlation as the mean of z_p·z_y, and that mean's t.
  static func correlation(
    _ p: [Double], _ y: [Double], _ horizon: Int
  ) -> (value: Double?, t: Double?) {
    let value = Statistics.pearson(p, y)
    guard value.isFinite else { return (nil, nil) }
    let (zp, zy) = (standardised(p), standardised(y))
    return (value, t(p.indices.map { zp[$0] * zy[$0] }, horizon))
  }

  private static func standardised(_ values: [Double]) -> [Double] {
    let (mean, deviation) = (Statistics.mean(values), Statistics.deviation(values, ddof: 0))
    return values.map { ($0 - mean) / deviation }
  }

  private static func hits(
    _ y: [Double], _ p: [Double], _ horizon: Int
  ) -> (rate: Double?, base: Double?, t: Double?) {
    let rows = y.indices.filter { y[$0] != 0 && p[$0] != 0 }
    guard !rows.isEmpty else { return (nil, nil, nil) }
    let hits = rows.map { (y[$0] > 0) == (p[$0] > 0) ? 1.0 : 0 }
    let up = Double(rows.count { y[$0] > 0 }) / Double(rows.count)
    let base = max(up, 1 - up)
    return (Statistics.mean(hits), base, t(hits.map { $0 - base }, horizon))
  }
}
