public import Market

/// What an order has traded so far, and what has been taken from the account for it.
///
/// A minimum, a cap, a rounding up to a whole unit count once for an order, however many trades it took. So its
/// charge is reckoned from all it has traded, in exact unit lots, and a trade owes what is not taken yet: the
/// charges of an order's trades add up to the charge of the whole order.
public struct OrderCharge: Hashable, Sendable {
  /// Lots that pay the same rate, with their price units times lots.
  private struct Share: Hashable, Sendable {
    var lots: Int64 = 0
    var unitLots: Int64 = 0

    mutating func add(_ more: Int64, at price: Price) {
      lots += more
      unitLots += price.units * more
    }
  }

  private var opened = Share()
  private var closedOlder = Share()
  private var closedToday = Share()
  public private(set) var taken = Money.zero

  public init() {}

  /// Adds a trade that meets `leg`, the one it closes if it closes, and returns what the account owes for it.
  public mutating func owe(_ fill: Fill, leg: Leg, _ terms: InstrumentDay) -> Money {
    add(fill, leg: leg, terms.closing)
    let due = whole(fill.side, terms)
    defer { taken = due }
    return due - taken
  }

  private mutating func add(_ fill: Fill, leg: Leg, _ closing: ClosingRule) {
    guard fill.offset != .open else {
      opened.add(fill.lots, at: fill.price)
      return
    }
    let lots = closing.taken(fill.lots, from: leg, fill.offset)
    let today = min(fill.lots, closing.chargedAsToday(lots, leg: leg))
    closedToday.add(today, at: fill.price)
    closedOlder.add(fill.lots - today, at: fill.price)
  }

  /// The charge of everything traded so far, as if it had been one trade.
  private func whole(_ side: Side, _ terms: InstrumentDay) -> Money {
    let worth = { (share: Share) in
      terms.grid.worth(unitLots: share.unitLots, multiplier: terms.multiplier)
    }
    let fees = terms.fees
    let commission =
      fees.open.charge(worth: worth(opened), lots: opened.lots)
      + fees.close.charge(worth: worth(closedOlder), lots: closedOlder.lots)
      + fees.closeToday.charge(worth: worth(closedToday), lots: closedToday.lots)
    let all = Share(
      lots: opened.lots + closedOlder.lots + closedToday.lots,
      unitLots: opened.unitLots + closedOlder.unitLots + closedToday.unitLots)
    let saleTax = side == .sell ? worth(all).times(fees.saleTax) : .zero
    return max(commission, fees.minimum) + saleTax
      + terms.levies(side, worth: worth(all), lots: all.lots)
  }
}
