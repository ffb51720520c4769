public import Console
import Engine
public import Market
import Reporting
import Research
public import Training

/// What trading on forecasts brought, day by day.
public struct TradedDays: Hashable, Sendable {
  public let days: [TradingDay]
  public let values: [Double]

  public init(days: [TradingDay], values: [Double]) {
    precondition(days.count == values.count, "a return for each day")
    self.days = days
    self.values = values
  }

  /// As reports count them.
  public static let daysPerYear = Convention().daysPerYear

  /// What holding each forecast's sign would bring.
  public init(signs evidence: Evidence, of sample: Sample, cost: Double) {
    let found = SignStrategy(cost: cost).daily(evidence, days: sample.days(of: evidence))
    self.init(days: found.days, values: found.returns)
  }
}

extension WorkSettings {
  /// Trades a walk's forecasts through desk and exchange, all costs paid.
  public func netReturns(
    _ evidence: Evidence, _ slate: Slate, deviation: Double
  ) throws(Failure) -> TradedDays {
    let symbols = try members(slate.series).map(\.symbol)
    let forecasts = Forecasts.evidence(
      EvidenceForecasts(
        evidence, model: ModelID(1), deviation: deviation,
        places: slate.series.map { symbols.firstIndex(of: $0.symbol) }))
    let simulation = try self.simulation(
      slate, forecasts: forecasts,
      from: slate.series.compactMap { evidence.firstDay(of: $0.bars) }.min())
    let ledger: Ledger
    do throws(RuleGap) {
      ledger = Ledger(cash: cash, records: try simulation.backtest().records)
    } catch { throw Failure(error) }
    let days = ledger.days.filter { $0.simpleReturn != nil }
    return TradedDays(days: days.map(\.day), values: days.compactMap(\.simpleReturn))
  }
}
