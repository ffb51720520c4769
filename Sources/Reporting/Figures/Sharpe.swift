import Numerics

/// Reward for risk of daily returns, with how little is known about it.
public struct Sharpe: Hashable, Sendable {
  /// Mean over deviation, annualised by the root of the days per year.
  public let ratio: Double
  /// √((1 − g₃·s + (g₄−1)/4·s²)/(n−1)) of the daily ratio s, annualised (Mertens; g₄ is 3 for a normal).
  public let standardError: Double
  /// The percentile interval of the stationary bootstrap; `nil` for fewer than `leastDays`, where a draw can repeat
  /// one day and have no spread at all.
  public let interval: ClosedRange<Double>?
  /// The probability that the true ratio is above zero: Φ(ratio / its error under skew and fat tails).
  public let probabilityPositive: Double

  public static let leastDays = 20

  /// `nil` for fewer than three days or returns that never vary.
  public init?(_ returns: [Double], _ convention: Convention) {
    guard let daily = SharpeRatio(returns) else { return nil }
    let root = Double(convention.daysPerYear).squareRoot()
    ratio = daily.value * root
    standardError = daily.standardError * root
    probabilityPositive = daily.probability()
    interval = Self.interval(returns, convention).map {
      $0.lowerBound * root...$0.upperBound * root
    }
  }

  private static func interval(_ returns: [Double], _ convention: Convention) -> ClosedRange<
    Double
  >? {
    guard returns.count >= leastDays else { return nil }
    var generator = Xoshiro256(seed: convention.seed)
    var indices = [Int](repeating: 0, count: returns.count)
    let block = convention.meanBlockDays(of: returns.count)
    let draws = (0..<convention.draws).map { _ in
      Bootstrap.stationary(into: &indices, meanBlock: block, using: &generator)
      // A draw of idle days alone has neither reward nor risk.
      return SharpeRatio.value(of: indices.map { returns[$0] }) ?? 0
    }
    guard draws.count > 1 else { return nil }
    return Bootstrap.interval(draws, confidence: convention.confidence)
  }
}
