/// How far a distribution has moved from the one that was learned from.
public enum Drift {
  /// Σ (a − e)·ln(a/e) over bins that each held one share of what was expected, shares floored (the population
  /// stability index).
  public static func stability(
    expected: [Double], actual: [Double], bins: Int = 10, floor: Double = 1e-4
  ) -> Double {
    precondition(bins > 1, "more than one bin")
    guard !expected.isEmpty, !actual.isEmpty else { return .nan }
    let sorted = expected.sorted()
    let edges = (1..<bins).map { Statistics.quantile(sorted: sorted, Double($0) / Double(bins)) }
    let (e, a) = (shares(expected, edges, floor), shares(actual, edges, floor))
    return Statistics.sum(zip(e, a).map { ($1 - $0) * log($1 / $0) })
  }

  private static func shares(_ values: [Double], _ edges: [Double], _ floor: Double) -> [Double] {
    var counts = [Int](repeating: 0, count: edges.count + 1)
    for value in values { counts[edges.count { $0 <= value }] += 1 }
    return counts.map { max(floor, Double($0) / Double(values.count)) }
  }

  /// What the index stays below with this confidence where nothing has moved: χ²_{k−1}·(1/n_e + 1/n_a). The usual
  /// 0.1 and 0.25 cry out at random where a window is short.
  public static func stabilityBound(
    expected: Int, actual: Int, bins: Int = 10, confidence: Double = 0.95
  ) -> Double {
    chiSquareQuantile(confidence, degrees: Double(bins - 1))
      * (1 / Double(expected) + 1 / Double(actual))
  }

  /// The greatest distance of two distribution functions (Kolmogorov and Smirnov), and its two-sided p value.
  public static func kolmogorov(_ x: [Double], _ y: [Double]) -> (distance: Double, p: Double) {
    guard !x.isEmpty, !y.isEmpty else { return (.nan, .nan) }
    var distance = 0.0
    walk(x, y) { first, second, _ in distance = max(distance, abs(first - second)) }
    let (n, m) = (Double(x.count), Double(y.count))
    return (distance, kolmogorovP(distance, count: (n * m / (n + m)).rounded()))
  }

  /// The area between two distribution functions.
  public static func wasserstein(_ x: [Double], _ y: [Double]) -> Double {
    guard !x.isEmpty, !y.isEmpty else { return .nan }
    var parts: [Double] = []
    walk(x, y) { first, second, width in parts.append(abs(first - second) * width) }
    return Statistics.sum(parts)
  }

  /// Both distribution functions right after each value there is, with the width up to the next.
  private static func walk(
    _ x: [Double], _ y: [Double], _ body: (_ x: Double, _ y: Double, _ width: Double) -> Void
  ) {
    let (x, y) = (x.sorted(), y.sorted())
    var (i, j) = (0, 0)
    while i < x.count || j < y.count {
      let value = min(i < x.count ? x[i] : .infinity, j < y.count ? y[j] : .infinity)
      while i < x.count, x[i] <= value { i += 1 }
      while j < y.count, y[j] <= value { j += 1 }
      let next = min(i < x.count ? x[i] : .infinity, j < y.count ? y[j] : .infinity)
      body(
        Double(i) / Double(x.count), Double(j) / Double(y.count),
        next.isFinite ? next - value : 0)
    }
  }

  /// P(D ≥ d) for n values: twice the exact one-sided tail where both sides cannot be far at once, else
  /// Kolmogorov's limit with Stephens' change of scale.
  private static func kolmogorovP(_ d: Double, count n: Double) -> Double {
    guard d > 0 else { return 1 }
    guard d < 1 else { return 0 }
    if n * d * d >= 2.2 { return min(1, 2 * smirnov(d, n)) }
    let z = d * (n.squareRoot() + 0.12 + 0.11 / n.squareRoot())
    let terms = (1...100).map { k in
      (k % 2 == 1 ? 2.0 : -2.0) * exp(-2 * Double(k * k) * z * z)
    }
    return z < 0.2 ? 1 : min(1, max(0, Statistics.sum(terms)))
  }

  /// d·Σ_j C(n, j)·(d + j/n)^(j−1)·(1 − d − j/n)^(n−j) over j ≤ n·(1 − d).
  private static func smirnov(_ d: Double, _ n: Double) -> Double {
    let terms = (0...Int(n * (1 - d))).map { place -> Double in
      let j = Double(place)
      let rest = 1 - d - j / n
      guard rest > 0 else { return 0 }
      let choices = logGamma(n + 1) - logGamma(j + 1) - logGamma(n - j + 1)
      return exp(choices + (j - 1) * log(d + j / n) + (n - j) * log(rest))
    }
    return d * Statistics.sum(terms)
  }
}
