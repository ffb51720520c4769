public import Market

/// What one trade costs.
public struct Charge: Hashable, Sendable {
  /// As the rates say, before any minimum.
  public let commission: Money
  /// The least commission of the whole order.
  public let minimum: Money
  public let tax: Money

  public static let none = Charge(commission: .zero, minimum: .zero, tax: .zero)
}

extension InstrumentDay {
  /// The cost of a trade that meets `leg`, the one it closes if it closes.
  public func charge(_ fill: Fill, leg: Leg) -> Charge {
    let worth = worth(fill.price, lots: fill.lots)
    let saleTax = fill.side == .sell ? worth.times(fees.saleTax) : .zero
    return Charge(
      commission: commission(fill, leg: leg), minimum: fees.minimum,
      tax: saleTax + levies(fill.side, worth: worth, lots: fill.lots))
  }

  private func commission(_ fill: Fill, leg: Leg) -> Money {
    guard fill.offset != .open else {
      return fees.open.charge(worth: worth(fill.price, lots: fill.lots), lots: fill.lots)
    }
    let taken = closing.taken(fill.lots, from: leg, fill.offset)
    let today = min(fill.lots, closing.chargedAsToday(taken, leg: leg))
    let older = fill.lots - today
    return fees.closeToday.charge(worth: worth(fill.price, lots: today), lots: today)
      + fees.close.charge(worth: worth(fill.price, lots: older), lots: older)
  }
}
