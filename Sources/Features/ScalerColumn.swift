internal import Numerics

extension Scaler {
  /// What one column is held against; all in the column's own units.
  public struct Column: Hashable, Sendable {
    public let centre: Double
    /// 0 for a column that did not move on the training rows: it becomes 0 everywhere.
    public let spread: Double
    /// Values outside are drawn to the nearer limit first; infinite where there is none.
    public let low: Double
    public let high: Double
    /// Quantiles of the training rows at equal steps, for ranks; empty where scaling is a straight
    /// line.
    public let knots: [Double]
    /// Where a normal distribution has the knots' ranks.
    private let normals: [Double]

    /// Enough to tell a five-hundredth of the rows, few enough to search in every live row.
    public static let mostKnots = 257

    public init(
      centre: Double, spread: Double, low: Double = -.infinity, high: Double = .infinity,
      knots: [Double] = []
    ) {
      precondition(spread >= 0 && low <= high, "a spread and limits in order")
      precondition(knots.count <= Column.mostKnots, "no more knots than a rank needs")
      self.centre = centre
      self.spread = spread
      self.low = low
      self.high = high
      self.knots = knots
      normals = knots.indices.map { normalQuantile((Double($0) + 0.5) / Double(knots.count)) }
    }

    @inline(__always)
    func scaled(_ value: Float) -> Float {
      guard spread > 0 else { return value.isFinite ? 0 : value }
      guard knots.isEmpty else { return value.isFinite ? Float(normal(Double(value))) : value }
      let wide = Double(value)
      let drawn = wide < low ? low : wide > high ? high : wide
      return Float((drawn - centre) / spread)
    }

    /// Between two knots on a line; on knots that are equal, their middle.
    private func normal(_ value: Double) -> Double {
      let first = knots.partitioned { $0 < value }
      let end = knots.partitioned { $0 <= value }
      if first < end { return (normals[first] + normals[end - 1]) / 2 }
      if first == 0 { return normals[0] }
      if first == knots.count { return normals[first - 1] }
      let share = (value - knots[first - 1]) / (knots[first] - knots[first - 1])
      return normals[first - 1] + share * (normals[first] - normals[first - 1])
    }
  }
}

extension [Double] {
  /// How many of the first values satisfy a condition that, once false, stays false.
  fileprivate func partitioned(_ holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Scaler.Column {
  /// A deviation per median distance, for a normal distribution.
  private static let deviationsPerDistance = 1.482_602_218_505_602

  init(fitting values: [Double], _ scaling: Scaling, tail: Double?) {
    var (low, high) = (-Double.infinity, Double.infinity)
    var drawn = values
    if let tail {
      precondition(0 <= tail && tail < 0.5, "a tail is less than half")
      let sorted = Statistics.order(values).map { values[$0] }
      low = Statistics.quantile(sorted: sorted, tail)
      high = Statistics.quantile(sorted: sorted, 1 - tail)
      drawn = values.map { $0 < low ? low : $0 > high ? high : $0 }
    }
    // Rounding must not make a spread of a column that never moved.
    guard drawn.contains(where: { $0 != drawn[0] }) || scaling == .none else {
      self.init(centre: drawn[0], spread: 0, low: low, high: high)
      return
    }
    let (centre, spread) = Self.measure(drawn, scaling)
    self.init(
      centre: centre, spread: spread, low: low, high: high,
      knots: scaling == .normal ? Self.knots(drawn) : [])
  }

  /// Centre and spread of values that move.
  private static func measure(
    _ values: [Double], _ scaling: Scaling
  ) -> (centre: Double, spread: Double) {
    switch scaling {
    case .none: return (0, 1)
    case .minmax:
      let (least, most) = (values.min() ?? 0, values.max() ?? 0)
      return (least, most - least)
    case .robust:
      let distance = Statistics.medianDeviation(values)
      // More than half the values alike: the deviation is all there is to measure by.
      let spread =
        distance > 0 ? distance * deviationsPerDistance : Statistics.deviation(values, ddof: 0)
      return (Statistics.median(values), spread)
    case .standard, .normal:
      return (Statistics.mean(values), Statistics.deviation(values, ddof: 0))
    }
  }

  private static func knots(_ values: [Double]) -> [Double] {
    let sorted = Statistics.order(values).map { values[$0] }
    let count = min(sorted.count, mostKnots)
    return (0..<count).map {
      Statistics.quantile(sorted: sorted, count == 1 ? 0.5 : Double($0) / Double(count - 1))
    }
  }
}
