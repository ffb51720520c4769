import Numerics

/// What a series of daily returns comes to, with profits left to compound: the row of a comparison.
public struct ReturnFigures: Hashable, Sendable {
  public let total: Double
  public let annual: Double?
  public let volatility: Double?
  public let sharpe: Double?
  /// The deepest fall between ends of days.
  public let drawdown: Double

  public init(_ returns: [Double], _ convention: Convention = Convention()) {
    let path = Self.path(returns)
    total = path.last ?? 0
    annual = Self.annual(total, days: returns.count, convention)
    volatility = Self.volatility(returns, convention)
    sharpe = Sharpe(returns, convention.withoutDraws)?.ratio
    var peak = 1.0
    var deepest = 0.0
    for value in path {
      peak = max(peak, 1 + value)
      deepest = max(deepest, 1 - (1 + value) / peak)
    }
    drawdown = deepest
  }

  /// The cumulative return after every day.
  public static func path(_ returns: [Double]) -> [Double] {
    var wealth = 1.0
    return returns.map { daily in
      wealth *= 1 + daily
      return wealth - 1
    }
  }

  /// Compounded over trading days: (1 + total)^(days per year ÷ days) − 1.
  static func annual(_ total: Double?, days: Int, _ convention: Convention) -> Double? {
    guard let total, total > -1, days > 0 else { return nil }
    let annual = pow(1 + total, Double(convention.daysPerYear) / Double(days)) - 1
    return annual.isFinite ? annual : nil
  }

  /// The deviation of daily returns, annualised by the root of the days per year.
  static func volatility(_ returns: [Double], _ convention: Convention) -> Double? {
    let spread = Statistics.deviation(returns) * Double(convention.daysPerYear).squareRoot()
    return spread.isFinite ? spread : nil
  }
}

/// Something the run has to beat, day by day.
public struct Baseline: Hashable, Sendable {
  public let name: String
  /// One return per trading day of the run.
  public let returns: [Double]

  public init(_ name: String, returns: [Double]) {
    self.name = name
    self.returns = returns
  }
}
