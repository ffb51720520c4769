public import Market

/// What trading cost and what it could have cost.
public struct CostFigures: Hashable, Sendable {
  public let turnover: Money
  public let fees: Money
  /// Against the last close when the order was sent; part of the gross profit already.
  public let slippage: Money
  /// Profit before fees, open positions included.
  public let gross: Money
  /// Fees as a share of the gross profit; `nil` unless there was one.
  public let shareOfGross: Double?
  /// Fees per unit of turnover.
  public let paid: Double?
  /// The fee per unit of turnover at which nothing would have been left.
  public let breakEven: Double?
  /// Turnover per year as a multiple of the initial equity.
  public let turnsPerYear: Double?

  public init(_ ledger: Ledger, _ convention: Convention) {
    turnover = ledger.turnover
    fees = ledger.fees
    slippage = ledger.slippage
    gross = ledger.equity - ledger.cash + ledger.fees
    shareOfGross = gross > .zero ? ratio(fees.value, gross.value) : nil
    paid = ratio(fees.value, turnover.value)
    breakEven = gross > .zero ? ratio(gross.value, turnover.value) : nil
    let years = Double(ledger.days.count) / Double(convention.daysPerYear)
    turnsPerYear = ratio(turnover.value, ledger.cash.value * years)
  }
}
