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

  /// floor(4·(n/100)^(2/9)) lags; the hair keeps a whole number whole where the power rounds down.
  public static func automaticLags(count: Int) -> Int {
    Int(4 * pow(Double(count) / 100, 2.0 / 9) + 1e-12)
  }
}
