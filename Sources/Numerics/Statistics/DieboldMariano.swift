/// Whether one series of forecasts errs less than another, by their squared errors.
///
/// d = e₁² − e₂², V = (γ₀ + 2·Σ_{k<h} γ_k)/n; above zero the second is better. The statistic is shrunk for small
/// samples and held against Student's t with n − 1 degrees (Harvey, Leybourne and Newbold 1997).
public struct DieboldMariano: Hashable, Sendable {
  public let plain: Double
  public let corrected: Double
  /// Two-sided.
  public let p: Double

  /// `nil` where the errors do not differ, or their variance over `horizon` lags is not positive.
  public init?(_ first: [Double], _ second: [Double], horizon: Int) {
    precondition(first.count == second.count && horizon > 0, "pairs of errors over a horizon")
    let gains = zip(first, second).map { $0 * $0 - $1 * $1 }
    let count = Double(gains.count)
    guard gains.count > horizon else { return nil }
    let covariances = (1..<max(1, horizon)).map { Statistics.autocovariance(gains, lag: $0) }
    let variance =
      (Statistics.autocovariance(gains, lag: 0) + 2 * Statistics.sum(covariances)) / count
    guard variance > 0, variance.isFinite else { return nil }
    plain = Statistics.mean(gains) / variance.squareRoot()
    let h = Double(horizon)
    corrected = plain * ((count + 1 - 2 * h + h * (h - 1) / count) / count).squareRoot()
    p = studentTwoSided(corrected, degrees: count - 1)
  }
}

extension Statistics {
  /// Whether signs are foretold more often than two indifferent coins of the same shares would agree, as a
  /// standard normal statistic (Pesaran and Timmermann 1992); NaN where either side is always of one sign.
  public static func pesaranTimmermann(_ outcomes: [Double], _ forecasts: [Double]) -> Double {
    precondition(outcomes.count == forecasts.count, "pairs of numbers")
    let n = Double(outcomes.count)
    let up = Double(outcomes.count { $0 > 0 }) / n
    let said = Double(forecasts.count { $0 > 0 }) / n
    let hits = Double(zip(outcomes, forecasts).count { ($0 > 0) == ($1 > 0) }) / n
    let chance = up * said + (1 - up) * (1 - said)
    let ofHits = chance * (1 - chance) / n
    func product(_ share: Double, _ other: Double) -> Double {
      (2 * share - 1) * (2 * share - 1) * other * (1 - other) / n
    }
    let ofChance =
      product(up, said) + product(said, up) + 4 * up * said * (1 - up) * (1 - said) / (n * n)
    return (hits - chance) / (ofHits - ofChance).squareRoot()
  }

  /// The t of Clark and West (2007) for a forecast against one it contains: the mean of
  /// (y − f₁)² − [(y − f₂)² − (f₁ − f₂)²] over its Newey–West error; one-sided.
  public static func clarkWestT(
    _ outcomes: [Double], small: [Double], large: [Double], lags: Int
  ) -> Double {
    precondition(outcomes.count == small.count && small.count == large.count, "rows of three")
    let gains = outcomes.indices.map { row in
      let (first, second) = (outcomes[row] - small[row], outcomes[row] - large[row])
      let apart = small[row] - large[row]
      return first * first - (second * second - apart * apart)
    }
    return neweyWestT(gains, lags: lags)
  }
}
