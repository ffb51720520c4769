import Market

/// An order before it is one, in front of everything a rule may look at.
struct RiskCheck {
  let limits: RiskLimits
  let terms: InstrumentDay
  let portfolio: Portfolio
  /// Margin that working opening orders of the same instrument keep aside.
  let reserved: Money
  let side: Side
  let offset: Offset
  let lots: Int64
  let price: Price

  /// A rule's figure and its limit, where the figure is beyond it.
  struct Excess {
    let rule: RiskRule
    let measured: Int64
    let allowed: Int64
  }

  /// The first rule that says no. Orders that only reduce are asked for price and lots alone.
  func excess() -> Excess? {
    if let excess = priceBand() ?? orderLots() { return excess }
    guard offset == .open else { return nil }
    return orderMoney() ?? dailyLoss() ?? position() ?? margin()
  }

  func denial(_ excess: Excess) -> Denial {
    Denial(
      instrument: terms.instrument, rule: excess.rule, side: side, offset: offset, lots: lots,
      limit: price, measured: excess.measured, allowed: excess.allowed)
  }

  private var need: Money { terms.margin(price, lots: lots) }

  private var holding: Holding { portfolio.holdings[terms.instrument.value] }

  private func priceBand() -> Excess? {
    if !terms.isOnTick(price) {
      return Excess(
        rule: .priceBand, measured: price.units, allowed: terms.nearestTick(price).units)
    }
    if !terms.isWithinLimits(price) {
      let bound = side == .buy ? terms.highest : terms.lowest
      return Excess(rule: .priceBand, measured: price.units, allowed: bound?.units ?? 0)
    }
    guard let mark = holding.mark else {
      return Excess(rule: .priceBand, measured: price.units, allowed: 0)
    }
    let distance = abs(price.units - mark.units)
    return over(.priceBand, distance, limits.priceBand.of(mark.units))
  }

  private func orderLots() -> Excess? {
    over(.orderSize, lots, min(limits.orderLots, terms.largestOrder))
  }

  private func orderMoney() -> Excess? {
    over(.orderSize, need.minor, portfolio.account.equity.times(limits.orderShare).minor)
  }

  private func dailyLoss() -> Excess? {
    let stop = portfolio.openingEquity.times(limits.dailyLoss).minor
    let loss = -portfolio.dayProfit.minor
    return loss >= stop ? Excess(rule: .dailyLoss, measured: loss, allowed: stop) : nil
  }

  private func position() -> Excess? {
    let worst = holding.margin + reserved + need
    return over(
      .position, worst.minor, portfolio.account.equity.times(limits.instrumentShare).minor)
  }

  private func margin() -> Excess? {
    let account = portfolio.account
    let worst = account.margin + account.frozen + need
    if let excess = over(.margin, worst.minor, account.equity.times(limits.totalShare).minor) {
      return excess
    }
    return over(.margin, need.minor, account.available.minor)
  }

  private func over(_ rule: RiskRule, _ measured: Int64, _ allowed: Int64) -> Excess? {
    measured > allowed ? Excess(rule: rule, measured: measured, allowed: allowed) : nil
  }
}
