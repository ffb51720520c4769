public import Market

/// The figures of a run. What cannot be said is absent, never a number that is none.
public struct Performance: Sendable {
  public let convention: Convention
  public let initial: Money
  public let final: Money
  public let tradingDays: Int
  public let totalReturn: Double?
  /// Compounded over trading days: (1 + total)^(days per year ÷ days) − 1.
  public let annualReturn: Double?
  /// Deviation of daily returns, annualised.
  public let volatility: Double?
  public let sharpe: Sharpe?
  public let drawdown: Drawdown?
  /// Annual return over the depth of the deepest fall.
  public let calmar: Double?
  public let trades: TradeFigures
  public let costs: CostFigures
  /// The part of the whole profit that the five best days made; `nil` unless there was a profit.
  public let bestFiveShare: Double?
  public let bestDay: DailyResult?
  public let worstDay: DailyResult?
  /// Days with a profit over days with a profit or a loss.
  public let winningDays: Double?
  /// Instants with a position over all instants.
  public let timeInMarket: Double?

  public var profit: Money { final - initial }

  public init(_ ledger: Ledger, _ convention: Convention = Convention()) {
    self.convention = convention
    initial = ledger.cash
    final = ledger.equity
    tradingDays = ledger.days.count
    let total = ratio((final - initial).value, initial.value)
    totalReturn = total
    annualReturn = ReturnFigures.annual(total, days: ledger.days.count, convention)
    let returns = Self.returns(ledger.days)
    volatility = ReturnFigures.volatility(returns, convention)
    sharpe = Sharpe(returns, convention)
    drawdown = Drawdown(ledger)
    calmar = ratio(annualReturn, drawdown?.depth)
    trades = TradeFigures(ledger.trips)
    costs = CostFigures(ledger, convention)
    bestFiveShare = Self.bestFive(ledger.days, of: final - initial)
    bestDay = ledger.days.max { $0.profit < $1.profit }
    worstDay = ledger.days.min { $0.profit < $1.profit }
    let moved = ledger.days.count { $0.profit != .zero }
    winningDays = ratio(Double(ledger.days.count { $0.profit > .zero }), Double(moved))
    timeInMarket = ratio(Double(ledger.tally.exposedInstants), Double(ledger.tally.instants))
  }

  /// Daily returns, or none at all if the account was ever worth nothing: the rest would flatter.
  static func returns(_ days: [DailyResult]) -> [Double] {
    let returns = days.compactMap(\.simpleReturn)
    return returns.count == days.count ? returns : []
  }

  private static func bestFive(_ days: [DailyResult], of profit: Money) -> Double? {
    guard profit > .zero else { return nil }
    let best = days.map(\.profit).sorted(by: >).prefix(5).reduce(Money.zero, +)
    return ratio(best.value, profit.value)
  }
}
