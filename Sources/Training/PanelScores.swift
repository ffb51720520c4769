internal import Numerics

/// How well forecasts told who would do better than whom at the same instant; `nil` where no instant tells.
public struct PanelScores: Equatable, Sendable {
  /// Instants with a correlation: both forecasts and outcomes differ between instruments.
  public let instants: Int
  /// The mean over instants of the correlation of ranks, and of that of values.
  public let rankIC: Double
  public let ic: Double
  /// The mean over the deviation, per instant and not per year.
  public let rankICIR: Double?
  /// t of the mean, which allows for outcomes that overlap (`Statistics.overlapT`).
  public let rankICT: Double?
  /// The share of instants with a positive correlation of ranks.
  public let positiveShare: Double

  public init?(_ evidence: Evidence) {
    let order = evidence.instants.indices.sorted {
      (evidence.instants[$0], $0) < (evidence.instants[$1], $1)
    }
    self.init(
      order.map { evidence.forecasts[$0] }, against: order.map { evidence.outcomes[$0] },
      at: order.map { evidence.instants[$0] }, horizonBars: evidence.horizonBars)
  }

  /// Of values in the order of their instants.
  init?<Moment: Equatable>(
    _ forecasts: [Double], against outcomes: [Double], at instants: [Moment], horizonBars: Int
  ) {
    let pairs = Scores.slices(instants).compactMap { slice in
      let (p, y) = (Array(forecasts[slice]), Array(outcomes[slice]))
      let ranks = Statistics.pearson(Statistics.ranks(p), Statistics.ranks(y))
      let values = Statistics.pearson(p, y)
      return ranks.isFinite && values.isFinite ? (ranks: ranks, values: values) : nil
    }
    guard pairs.count > 1 else { return nil }
    let ranks = pairs.map(\.ranks)
    let deviation = Statistics.deviation(ranks)
    self.instants = ranks.count
    rankIC = Statistics.mean(ranks)
    ic = Statistics.mean(pairs.map(\.values))
    rankICIR = deviation > 0 ? rankIC / deviation : nil
    let t = Statistics.overlapT(ranks, horizon: horizonBars)
    rankICT = t.isFinite ? t : nil
    positiveShare = Double(ranks.count { $0 > 0 }) / Double(ranks.count)
  }

  /// Names and values in the order of the table.
  var figures: [(name: String, value: Double?)] {
    [
      ("instants", Double(instants)), ("daily-rank-ic", rankIC), ("daily-rank-ic-ir", rankICIR),
      ("daily-rank-ic-t", rankICT), ("daily-rank-ic-positive", positiveShare),
      ("daily-ic", ic),
    ]
  }
}

extension Scores {
  /// The stretches of equal neighbours, of two and more.
  fileprivate static func slices<Value: Equatable>(_ values: [Value]) -> [Range<Int>] {
    var (found, first) = ([Range<Int>](), 0)
    for place in values.indices.dropFirst() + [values.count] {
      guard place == values.count || values[place] != values[first] else { continue }
      if place - first > 1 { found.append(first..<place) }
      first = place
    }
    return found
  }
}
