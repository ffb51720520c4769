/// The one place where a mean, a rank or a t value is computed; formulas as Documentation gives them.
///
/// An empty series has no mean: such questions answer `nan` rather than trap.
public enum Statistics {
  /// Neumaier's compensated sum: the error does not grow with the number of terms.
  public static func sum(_ values: [Double]) -> Double {
    var total = 0.0
    var lost = 0.0
    for value in values {
      let next = total + value
      lost += abs(total) >= abs(value) ? (total - next) + value : (value - next) + total
      total = next
    }
    return total.isFinite ? total + lost : total
  }

  public static func mean(_ values: [Double]) -> Double {
    sum(values) / Double(values.count)
  }

  /// The k-th central moment, divided by n.
  static func moment(_ values: [Double], _ order: Int) -> Double {
    let center = mean(values)
    return mean(
      values.map { value in
        var power = 1.0
        for _ in 0..<order { power *= value - center }
        return power
      })
  }

  /// Sum of squared deviations over n − `ddof`; `nan` for too few values.
  public static func variance(_ values: [Double], ddof: Int = 1) -> Double {
    guard values.count > ddof else { return .nan }
    return moment(values, 2) * (Double(values.count) / Double(values.count - ddof))
  }

  public static func deviation(_ values: [Double], ddof: Int = 1) -> Double {
    variance(values, ddof: ddof).squareRoot()
  }

  /// Third standardised moment, all moments divided by n.
  public static func skew(_ values: [Double]) -> Double {
    let spread = moment(values, 2)
    return moment(values, 3) / (spread * spread.squareRoot())
  }

  /// Fourth standardised moment: three for a normal distribution, not its excess.
  public static func kurtosis(_ values: [Double]) -> Double {
    let spread = moment(values, 2)
    return moment(values, 4) / (spread * spread)
  }

  public static func covariance(_ x: [Double], _ y: [Double], ddof: Int = 1) -> Double {
    precondition(x.count == y.count, "series must be equally long")
    guard x.count > ddof else { return .nan }
    let (meanX, meanY) = (mean(x), mean(y))
    return sum(x.indices.map { (x[$0] - meanX) * (y[$0] - meanY) }) / Double(x.count - ddof)
  }

  /// Pearson's correlation; `nan` if a series does not vary.
  public static func pearson(_ x: [Double], _ y: [Double]) -> Double {
    let both = covariance(x, y, ddof: 0)
    let root = (variance(x, ddof: 0) * variance(y, ddof: 0)).squareRoot()
    return root > 0 ? min(1, max(-1, both / root)) : .nan
  }
}
