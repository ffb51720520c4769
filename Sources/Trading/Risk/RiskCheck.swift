import Market

/// An order before it is one, in front of everything a rule may look at.
struct RiskCheck {
  let limits: RiskLimits
  let terms: InstrumentDay
  let portfolio: Portfolio
  let blotter: Blotter
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

  /// The first rule that says no.
  func excess() -> Excess? {
    ofEveryOrder() ?? (offset == .open ? ofOpenings() : nil)
  }

  /// What the exchange would refuse, and what no sane order asks for.
  private func ofEveryOrder() -> Excess? {
    tick() ?? priceLimits() ?? priceBand() ?? largestOrder() ?? orderLots()
  }

  /// What only adds to the risk is asked for more: whether the day allows it, then whether the account bears it.
  /// Nothing here may ever stand between a person and the way out.
  private func ofOpenings() -> Excess? {
    wholeLots() ?? stop() ?? deliveryLots() ?? dailyOpens() ?? orderMoney() ?? dailyLoss()
      ?? position() ?? margin()
  }

  func denial(_ excess: Excess) -> Denial {
    Denial(
      instrument: terms.instrument, rule: excess.rule, side: side, offset: offset, lots: lots,
      limit: price, measured: excess.measured, allowed: excess.allowed)
  }

  private var holding: Holding { portfolio.holdings[terms.instrument.value] }

  /// The margin of the order alone.
  private var gross: Money { terms.margin(price, lots: lots) }

  private func over(_ rule: RiskRule, _ measured: Int64, _ allowed: Int64) -> Excess? {
    measured > allowed ? Excess(rule: rule, measured: measured, allowed: allowed) : nil
  }
}

// MARK: - Price and size

extension RiskCheck {
  private func tick() -> Excess? {
    guard !terms.isOnTick(price) else { return nil }
    return Excess(rule: .tick, measured: price.units, allowed: terms.nearestTick(price).units)
  }

  private func priceLimits() -> Excess? {
    guard !terms.isWithinLimits(price) else { return nil }
    let bound = terms.highest.flatMap { price > $0 ? $0 : nil } ?? terms.lowest
    return Excess(rule: .priceLimits, measured: price.units, allowed: bound?.units ?? 0)
  }

  private func priceBand() -> Excess? {
    guard let mark = holding.mark else {
      return Excess(rule: .priceBand, measured: price.units, allowed: 0)
    }
    return over(.priceBand, abs(price.units - mark.units), limits.priceBand.of(mark.units))
  }

  private func largestOrder() -> Excess? { over(.largestOrder, lots, terms.largestOrder) }

  private func orderLots() -> Excess? { over(.orderLots, lots, limits.orderLots) }

  private func wholeLots() -> Excess? {
    guard !terms.takes(lots, side, held: 0) else { return nil }
    return Excess(rule: .wholeLots, measured: lots, allowed: terms.wholeLots(lots))
  }
}

// MARK: - What the day allows

extension RiskCheck {
  private func stop() -> Excess? {
    switch terms.stop {
    case nil: nil
    case .listing(let listing):
      Excess(rule: .listing, measured: Int64(listing.rawValue), allowed: 0)
    case .delivery(let leaveBy):
      Excess(rule: .delivery, measured: Int64(terms.day.days), allowed: Int64(leaveBy.days))
    case .calendar(let knownUntil):
      Excess(rule: .calendar, measured: Int64(terms.day.days), allowed: Int64(knownUntil.days))
    }
  }

  private func deliveryLots() -> Excess? {
    guard let unit = terms.contract?.deliveryLots, lots % unit != 0 else { return nil }
    return Excess(rule: .deliveryLots, measured: lots, allowed: unit)
  }

  /// Lots opened today, those that working orders may yet open, and these.
  private func dailyOpens() -> Excess? {
    guard let limit = terms.contract?.openings else { return nil }
    let working = blotter.opening {
      portfolio.counts($0, towards: terms.instrument, limit.scope)
    }
    let opened = portfolio.opened(terms.instrument, limit.scope)
    return over(.dailyOpens, opened + working + lots, limit.lots)
  }
}

// MARK: - What the account bears

extension RiskCheck {
  private func orderMoney() -> Excess? {
    over(.orderMoney, gross.minor, portfolio.account.equity.times(limits.orderShare).minor)
  }

  private func dailyLoss() -> Excess? {
    let stop = portfolio.openingEquity.times(limits.dailyLoss).minor
    let loss = -portfolio.dayProfit.minor
    return loss >= stop ? Excess(rule: .dailyLoss, measured: loss, allowed: stop) : nil
  }

  /// What the instrument would tie up if it were alone: its own larger side where that is the rule.
  private func position() -> Excess? {
    let worst = holding.alone.worst(side, gross)
    return over(
      .position, worst.minor, portfolio.account.equity.times(limits.instrumentShare).minor)
  }

  /// What the whole account would tie up; on the smaller side of a product an order may cost nothing.
  private func margin() -> Excess? {
    let need = portfolio.pool(terms.instrument).need(side, gross)
    let account = portfolio.account
    let worst = account.margin + account.frozen + need
    if let excess = over(.margin, worst.minor, account.equity.times(limits.totalShare).minor) {
      return excess
    }
    return over(.margin, need.minor, account.available.minor)
  }
}
