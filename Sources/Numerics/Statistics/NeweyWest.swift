extension Statistics {
  /// The lag-k autocovariance, divided by n.
  public static func autocovariance(_ values: [Double], lag: Int) -> Double {
    guard lag < values.count else { return 0 }
    let center = mean(values)
    let deviations = values.map { $0 - center }
    return autocovariance(deviations: deviations, lag: lag)
  }

  private static func autocovariance(deviations: [Double], lag: Int) -> Double {
    let products = (lag..<deviations.count).map { deviations[$0] * deviations[$0 - lag] }
    return sum(products) / Double(deviations.count)
  }

  /// Var(mean) = (1/n)·[γ₀ + 2·Σ_{k=1…L} (1 − k/(L+1))·γ_k] (Newey and West, Bartlett weights).
  public static func neweyWestVariance(_ values: [Double], lags: Int) -> Double {
    precondition(lags >= 0, "a number of lags is not negative")
    let center = mean(values)
    let deviations = values.map { $0 - center }
    var total = autocovariance(deviations: deviations, lag: 0)
    for lag in stride(from: 1, through: min(lags, values.count - 1), by: 1) {
      let weight = 1 - Double(lag) / Double(lags + 1)
      total += 2 * weight * autocovariance(deviations: deviations, lag: lag)
    }
    return total / Double(values.count)
  }

  /// The t value of a mean against zero with Newey–West errors.
  public static func neweyWestT(_ values: [Double], lags: Int) -> Double {
    mean(values) / neweyWestVariance(values, lags: lags).squareRoot()
  }

  /// Var(mean) of values whose neighbours share outcomes over `horizon` rows: the larger of Newey and West's with
  /// 2h lags, whose weights count too little of what is shared, so that 6 to 7 % of tests at 5 % cry out, and
  /// Hansen and Hodrick's, (1/n)·[γ₀ + 2·Σ_{k<h} γ_k], which counts all of it but may come out below nothing.
  public static func overlapVariance(_ values: [Double], horizon: Int) -> Double {
    let center = mean(values)
    let deviations = values.map { $0 - center }
    var total = autocovariance(deviations: deviations, lag: 0)
    for lag in stride(from: 1, to: min(horizon, values.count), by: 1) {
      total += 2 * autocovariance(deviations: deviations, lag: lag)
    }
    return max(neweyWestVariance(values, lags: 2 * horizon), total / Double(values.count))
  }

  /// The t value of such values' mean against zero.
  public static func overlapT(_ values: [Double], horizon: Int) -> Double {
    mean(values) / overlapVariance(values, horizon: horizon).squareRoot()
  }

  /// floor(4·(n/100)^(2/9)) lags; the hair keeps a whole number whole where the power rounds down.
  public static func automaticLags(count: Int) -> Int {
    Int(4 * pow(Double(count) / 100, 2.0 / 9) + 1e-12)
  }
}
