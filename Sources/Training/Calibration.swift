internal import Numerics

/// Whether forecasts can be taken at their word: what came of each tenth of them, and how far outcomes strayed.
public struct Calibration: Hashable, Sendable {
  /// One part of the forecasts, from the lowest to the highest.
  public struct Part: Hashable, Sendable {
    public let count: Int
    /// Means of forecasts and of outcomes.
    public let forecast: Double
    public let outcome: Double
    /// Of the outcomes' mean, in the order of time (`Statistics.overlapVariance`).
    public let error: Double
  }

  public let parts: [Part]
  /// Outcome on forecast: one where they can be taken at their word.
  public let slope: Double?
  /// How much the highest part earned above the lowest.
  public var spread: Double? {
    parts.count > 1 ? parts[parts.count - 1].outcome - parts[0].outcome : nil
  }

  /// `nil` where there are fewer forecasts than parts, or they are all the same.
  public init?(_ evidence: Evidence, parts count: Int = 10) {
    precondition(count > 1, "more than one part")
    let (p, y) = (evidence.forecasts, evidence.outcomes)
    guard p.count >= count, p.contains(where: { $0 != p[0] }) else { return nil }
    let order = p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
    parts = (0..<count).map { part in
      let rows = order[part * p.count / count..<(part + 1) * p.count / count].sorted()
      let outcomes = rows.map { y[$0] }
      let variance = Statistics.overlapVariance(outcomes, horizon: evidence.horizonBars)
      return Part(
        count: rows.count, forecast: Statistics.mean(rows.map { p[$0] }),
        outcome: Statistics.mean(outcomes), error: max(0, variance).squareRoot())
    }
    slope = Scores(evidence).calibrationSlope
  }
}

/// How far outcomes lie from forecasts, by the distances seen out of sample: within `width` to either side for this
/// share of the time, whatever their distribution (split conformal). For sizing and reports: as a gate it never opens,
/// since it is many times as wide as any forecast.
public struct ConformalWidth: Hashable, Sendable {
  public let share: Double
  /// From all distances: what holds for the next forecast.
  public let width: Double
  /// The share of the later half of the outcomes that the earlier half's width held.
  public let coverage: Double

  /// `nil` where the earlier half is too short to name such a width.
  public init?(_ evidence: Evidence, share: Double = 0.9) {
    precondition(0 < share && share < 1, "a share of outcomes")
    let distances = evidence.outcomes.indices.map {
      abs(evidence.outcomes[$0] - evidence.forecasts[$0])
    }
    let half = distances.count / 2
    // Outcomes that overlap the halves' border are in neither.
    let later = distances.dropFirst(half + evidence.horizonBars)
    guard let early = Self.width(Array(distances[..<half]), share), !later.isEmpty,
      let width = Self.width(distances, share)
    else { return nil }
    self.share = share
    self.width = width
    coverage = Double(later.count { $0 <= early }) / Double(later.count)
  }

  /// The ⌈(n + 1)·share⌉-th smallest distance.
  static func width(_ distances: [Double], _ share: Double) -> Double? {
    let place = Int((Double(distances.count + 1) * share).rounded(.up))
    return place <= distances.count && place > 0 ? distances.sorted()[place - 1] : nil
  }
}
