internal import Features
public import Market
internal import Numerics

/// The plainest strategy on forecasts: each is held by its sign over its horizon, as one of h equal tranches.
///
/// It is no advice to trade: it turns forecasts into a series of returns, without which the luck of many trials cannot
/// be counted. What a row's tranche earns is booked on the row's day.
public struct SignStrategy: Hashable, Sendable {
  /// What a change of position costs, as a share of what is traded.
  public let cost: Double
  /// Forecasts not above this either way are not held.
  public let threshold: Double

  public init(cost: Double, threshold: Double = 0) {
    precondition(cost >= 0 && threshold >= 0, "a cost and a threshold are not negative")
    self.cost = cost
    self.threshold = threshold
  }

  /// The return of each day, instruments counted alike; `days` holds that of each row.
  ///
  /// Per row s·y/h − cost·|s − s_h|/h, s_h being the sign h rows before, whose tranche ends where this one begins.
  public func daily(
    _ evidence: Evidence, days: [TradingDay]
  ) -> (days: [TradingDay], returns: [Double]) {
    precondition(days.count == evidence.count, "a day for each row")
    let horizon = evidence.horizonBars
    let members = Double((evidence.instruments.max() ?? 0) + 1)
    var signs = [[Double]](repeating: [], count: Int(members))
    var totals: [TradingDay: Double] = [:]
    for row in evidence.outcomes.indices {
      let instrument = Int(evidence.instruments[row])
      let forecast = evidence.forecasts[row]
      let sign = forecast > threshold ? 1.0 : forecast < -threshold ? -1 : 0
      let place = signs[instrument].count - horizon
      let before = place >= 0 ? signs[instrument][place] : 0
      signs[instrument].append(sign)
      let earned = sign * evidence.outcomes[row] - cost * abs(sign - before)
      totals[days[row], default: 0] += earned / Double(horizon) / members
    }
    let order = totals.keys.sorted()
    return (order, order.map { totals[$0] ?? 0 })
  }
}

extension Sample {
  /// The trading day of each row of evidence made from this sample.
  public func days(of evidence: Evidence) -> [TradingDay] {
    evidence.instants.map { instant in
      var (low, high) = (0, features.instants.count)
      while low < high {
        let middle = (low + high) / 2
        if features.instants[middle] < instant { low = middle + 1 } else { high = middle }
      }
      return features.tradingDays[min(low, features.tradingDays.count - 1)]
    }
  }
}
