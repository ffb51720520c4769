public import Engine
public import Market
public import Trading
public import VenuePaper

/// Loops ready to run over a `WalkMarket`.
public enum TestLoops {
  public static let limits = RiskLimits(
    priceBand: Rate(basisPoints: 300), orderLots: 100, orderShare: Rate(basisPoints: 5_000),
    dailyLoss: Rate(basisPoints: 500), instrumentShare: Rate(basisPoints: 6_000),
    totalShare: Rate(basisPoints: 9_000))

  public static func desk(_ strategy: Strategy, instruments: Int) -> Desk {
    Desk(
      instruments: instruments, cash: Money(whole: 1_000_000), strategy: strategy, limits: limits,
      manners: Desk.Manners(aggressionTicks: 2, patienceBars: 3))
  }

  public static func exchange(instruments: Int) -> PaperExchange {
    PaperExchange(
      instruments: instruments,
      manners: PaperExchange.Manners(slippageTicks: 1, participation: Rate(basisPoints: 100)))
  }

  /// Moving averages crossing, without a model.
  public static func crossing<R: Recording>(
    fast: Int = 5, slow: Int = 20, lots: Int64 = 3, instruments: Int = 1, recorder: R
  ) -> TradingLoop<PaperExchange, NoForecasts, R> {
    let strategy = AverageCross(fast: fast, slow: slow, lots: lots, instruments: instruments)
    return TradingLoop(
      desk: desk(.averageCross(strategy), instruments: instruments),
      venue: exchange(instruments: instruments), forecaster: NoForecasts(), recorder: recorder)
  }

  /// A forecast of the last bar's move behind a gate: every kind of record a model gives rise to.
  public static func forecasting<R: Recording>(
    instruments: Int = 1, recorder: R
  ) -> TradingLoop<PaperExchange, LastMove, R> {
    let parameters = ForecastGate.Parameters(
      enter: 0.0006, exit: 0, lots: 4, trail: Rate(basisPoints: 20))
    return TradingLoop(
      desk: desk(
        .forecastGate(ForecastGate(parameters, instruments: instruments)), instruments: instruments),
      venue: exchange(instruments: instruments), forecaster: LastMove(), recorder: recorder)
  }
}

/// Forecasts that a bar's move goes on, and says nothing after a bar that did not move.
public struct LastMove: Forecasting, Sendable {
  public init() {}

  public mutating func forecast(after bar: Bar) -> Forecast? {
    guard bar.close != bar.open else { return nil }
    let move = Double(bar.close.units - bar.open.units) / Double(bar.open.units)
    return Forecast(
      instrument: bar.instrument, model: ModelID(7), expectedReturn: move, deviation: 0.001,
      horizonBars: 5)
  }
}
