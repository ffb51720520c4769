/// Mean over deviation of returns per period, and what skew, fat tails and the number of trials leave of it.
///
/// Nothing in here is annualised: these formulas want the ratio of the very periods that were counted.
public struct SharpeRatio: Hashable, Sendable {
  public let value: Double
  public let count: Int
  public let skew: Double
  /// Three for a normal distribution, not its excess.
  public let kurtosis: Double

  /// `nil` for fewer than three returns, or for such as never vary.
  public init?(_ returns: [Double]) {
    guard returns.count >= 3, let value = SharpeRatio.value(of: returns) else { return nil }
    self.value = value
    count = returns.count
    skew = Statistics.skew(returns)
    kurtosis = Statistics.kurtosis(returns)
    guard spread > 0, spread.isFinite else { return nil }
  }

  /// The ratio alone.
  public static func value(of returns: [Double]) -> Double? {
    let mean = Statistics.mean(returns)
    let deviation = Statistics.deviation(returns)
    // Equal returns differ from their own mean by rounding alone; that is no deviation.
    return deviation > abs(mean) * 1e-12 ? mean / deviation : nil
  }

  /// 1 − g₃·s + (g₄ − 1)/4·s²: the variance of the ratio times n − 1.
  private var spread: Double { 1 - skew * value + (kurtosis - 1) / 4 * value * value }

  public var standardError: Double { (spread / Double(count - 1)).squareRoot() }

  /// The probability that the true ratio lies above a threshold (Bailey and López de Prado 2012).
  public func probability(above threshold: Double = 0) -> Double {
    normalCdf((value - threshold) / standardError)
  }

  /// Periods needed before the ratio is above a threshold with this confidence; infinite where it is below.
  public func neededCount(above threshold: Double = 0, confidence: Double = 0.95) -> Double {
    guard value > threshold else { return .infinity }
    let distance = normalQuantile(confidence) / (value - threshold)
    return 1 + spread * distance * distance
  }

  /// The probability above what the best of so many trials without skill would show, whose ratios vary by
  /// `variance` (Bailey and López de Prado 2014).
  public func deflated(trials: Double, variance: Double) -> Double {
    probability(above: variance.squareRoot() * SharpeRatio.greatest(of: trials))
  }

  /// The expected greatest of so many standard normal numbers:
  /// (1 − γ)·Φ⁻¹(1 − 1/N) + γ·Φ⁻¹(1 − 1/(N·e)).
  public static func greatest(of trials: Double) -> Double {
    guard trials > 1 else { return 0 }
    let euler = 0.5772156649015329
    return (1 - euler) * normalQuantile(1 - 1 / trials)
      + euler * normalQuantile(1 - 1 / (trials * 2.718281828459045))
  }

  /// What N trials whose returns correlate by ρ̄ on average count for: ρ̄ + (1 − ρ̄)·N.
  public static func independent(trials: Int, correlation: Double) -> Double {
    let shared = min(1, max(0, correlation))
    return shared + (1 - shared) * Double(trials)
  }

  /// What a ratio per period is multiplied by for `periods` of them, as returns that follow each other are not
  /// independent: q / √(q + 2·Σ (q − k)·ρ_k) instead of √q (Lo 2002). `nil` where there is no such root.
  public static func annualisation(_ returns: [Double], periods: Int) -> Double? {
    precondition(periods > 0, "a year has periods")
    let variance = Statistics.autocovariance(returns, lag: 0)
    guard variance > 0, returns.count > periods else { return nil }
    let overlaps = (1..<max(1, periods)).map {
      Double(periods - $0) * Statistics.autocovariance(returns, lag: $0) / variance
    }
    let square = Double(periods) + 2 * Statistics.sum(overlaps)
    return square > 0 ? Double(periods) / square.squareRoot() : nil
  }
}
