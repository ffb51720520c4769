internal import Market
internal import Numerics

/// What one set of forecasts is worth beside another of the same rows.
public struct Comparison: Hashable, Sendable {
  /// RMSE of the other less that of these: above zero these are better.
  public let rmseGain: Double
  /// The percentile interval of the same, rows drawn in blocks, both sets on the same draws.
  public let rmseInterval: ClosedRange<Double>?
  /// 1 − MSE / MSE of the other: the share of the other's squared error that these do without.
  public let r2: Double
  public let r2Interval: ClosedRange<Double>?
  /// Of the correlations of ranks, these less the other's; `nil` where the other has none.
  public let rankICGain: Double?
  public let rankICInterval: ClosedRange<Double>?
  /// The t of Diebold and Mariano over instants, above zero for these, and its two-sided p.
  public let t: Double?
  public let p: Double?
  /// Instants that a block holds on average.
  public let meanBlock: Double

  public static let confidence = 0.9

  public init(
    _ evidence: Evidence, against other: Evidence, draws: Int = 500, seed: UInt64 = 1
  ) {
    precondition(evidence.instants == other.instants, "forecasts of the same rows")
    let y = evidence.outcomes
    let slices = Comparison.slices(evidence)
    func squares(_ forecasts: [Double]) -> [Double] {
      y.indices.map { (y[$0] - forecasts[$0]) * (y[$0] - forecasts[$0]) }
    }
    func products(_ forecasts: [Double]) -> [Double]? {
      let (zp, zy) = (Comparison.ranks(forecasts), Comparison.ranks(y))
      guard let zp, let zy else { return nil }
      return y.indices.map { zp[$0] * zy[$0] }
    }
    let own = Slices(squares(evidence.forecasts), slices)
    let others = Slices(squares(other.forecasts), slices)
    let ranks = products(evidence.forecasts).map { Slices($0, slices) }
    let otherRanks = products(other.forecasts).map { Slices($0, slices) }
    let gains = zip(others.means, own.means).map { $0 - $1 }
    let least = Double(2 * evidence.horizonBars)
    meanBlock = min(
      max(least, BlockLength(gains).stationary), max(1, Double(slices.count) / 4))
    let all = Array(slices.indices)
    rmseGain = others.mean(all).squareRoot() - own.mean(all).squareRoot()
    r2 = 1 - own.mean(all) / others.mean(all)
    rankICGain = ranks.flatMap { mine in otherRanks.map { mine.mean(all) - $0.mean(all) } }
    let found =
      slices.count < 10
      ? []
      : Bootstrap.intervals(
        count: slices.count, meanBlock: meanBlock, draws: draws,
        confidence: Comparison.confidence, seed: seed
      ) { rows in
        let (mine, theirs) = (own.mean(rows), others.mean(rows))
        var values = [theirs.squareRoot() - mine.squareRoot(), 1 - mine / theirs]
        if let ranks, let otherRanks { values.append(ranks.mean(rows) - otherRanks.mean(rows)) }
        return values
      }
    rmseInterval = found.first.flatMap { $0 }
    r2Interval = found.count > 1 ? found[1] : nil
    rankICInterval = found.count > 2 ? found[2] : nil
    let test = DieboldMariano(
      others.means.map { $0.squareRoot() }, own.means.map { $0.squareRoot() },
      horizon: evidence.horizonBars)
    (t, p) = (test?.corrected, test?.p)
  }

  /// Standardised ranks; `nil` where all are equal.
  private static func ranks(_ values: [Double]) -> [Double]? {
    let ranks = Statistics.ranks(values)
    let deviation = Statistics.deviation(ranks, ddof: 0)
    guard deviation > 0 else { return nil }
    let mean = Statistics.mean(ranks)
    return ranks.map { ($0 - mean) / deviation }
  }

  /// The stretches of rows of one instant, as neighbours in a panel move together.
  private static func slices(_ evidence: Evidence) -> [Range<Int>] {
    let instants = evidence.instants
    var slices: [Range<Int>] = []
    var first = 0
    for place in 1..<max(1, instants.count + 1) {
      guard place == instants.count || instants[place] != instants[first] else { continue }
      if first < instants.count { slices.append(first..<place) }
      first = place
    }
    return slices
  }
}

/// Sums by instant, so that a draw of instants is a few additions.
private struct Slices {
  let sums: [Double]
  let counts: [Double]

  init(_ values: [Double], _ slices: [Range<Int>]) {
    sums = slices.map { $0.reduce(0) { $0 + values[$1] } }
    counts = slices.map { Double($0.count) }
  }

  var means: [Double] { zip(sums, counts).map { $0 / $1 } }

  func mean(_ places: [Int]) -> Double {
    var (sum, count) = (0.0, 0.0)
    for place in places {
      sum += sums[place]
      count += counts[place]
    }
    return sum / count
  }
}
