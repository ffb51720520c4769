extension Statistics {
  /// Ranks from one, ties sharing their average; the order of equal values cannot matter.
  public static func ranks(_ values: [Double]) -> [Double] { ranks(values, order: order(values)) }

  /// The same of values whose order is known.
  public static func ranks(_ values: [Double], order: [Int]) -> [Double] {
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
      let shared = Double(first + last) / 2 + 1
      for place in first...last { ranks[order[place]] = shared }
      first = last + 1
    }
    return ranks
  }

  /// Spearman's correlation: Pearson's of the average ranks.
  public static func spearman(_ x: [Double], _ y: [Double]) -> Double {
    pearson(ranks(x), ranks(y))
  }

  /// The two-sided p value of a correlation of `count` pairs, by the t distribution.
  public static func correlationP(_ correlation: Double, count: Int) -> Double {
    guard count > 2 else { return .nan }
    let degrees = Double(count - 2)
    let left = (1 - correlation) * (1 + correlation)
    guard left > 0 else { return correlation.isNaN ? .nan : 0 }
    return studentTwoSided(correlation * (degrees / left).squareRoot(), degrees: degrees)
  }

  /// The quantile at `share` in 0...1 by linear interpolation between order statistics (type 7).
  public static func quantile(_ values: [Double], _ share: Double) -> Double {
    quantile(sorted: values.sorted(), share)
  }

  /// The same for values that are sorted already.
  public static func quantile(sorted: [Double], _ share: Double) -> Double {
    precondition(0...1 ~= share, "a quantile's share lies in 0...1")
    guard !sorted.isEmpty else { return .nan }
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }

  public static func median(_ values: [Double]) -> Double { quantile(values, 0.5) }

  /// The median absolute deviation from the median, unscaled (times 1.4826 it estimates σ).
  public static func medianDeviation(_ values: [Double]) -> Double {
    let center = median(values)
    return median(values.map { abs($0 - center) })
  }
}
