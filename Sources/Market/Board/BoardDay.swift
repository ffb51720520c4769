/// What holds for a stock or fund on one day beyond what every instrument has.
public struct BoardDay: Hashable, Sendable {
  /// Price steps in the order of their prices; empty where one tick holds for all prices.
  public let steps: [TickStep]
  public let leastOrder: Int64
  /// Whether what is left below a lot may be sold, all of it at once.
  public let sellsRemainder: Bool
  public let cage: PriceCage?
  /// When resting orders cannot be withdrawn.
  public let uncancellable: [InstantSpan]
  /// When trades are made at the closing price.
  public let afterHours: [InstantSpan]
  public let levies: [Levy]

  public init(
    steps: [TickStep] = [], leastOrder: Int64, sellsRemainder: Bool, cage: PriceCage? = nil,
    uncancellable: [InstantSpan] = [], afterHours: [InstantSpan] = [], levies: [Levy] = []
  ) {
    precondition(leastOrder > 0, "an order trades something")
    self.steps = steps
    self.leastOrder = leastOrder
    self.sellsRemainder = sellsRemainder
    self.cage = cage
    self.uncancellable = uncancellable
    self.afterHours = afterHours
    self.levies = levies
  }
}

extension InstrumentDay {
  /// The step from a price upwards.
  public func tick(above price: Price) -> Int64 {
    guard let steps = board?.steps, !steps.isEmpty else { return tick }
    return steps.step(above: price).units
  }

  /// Whether an order for `lots` has a size the exchange takes, from someone who holds `held`.
  public func takes(_ lots: Int64, _ side: Side, held: Int64) -> Bool {
    guard (1...largestOrder).contains(lots) else { return false }
    guard let board else { return lots % lotSize == 0 }
    if lots >= board.leastOrder, lots % lotSize == 0 { return true }
    guard side == .sell, board.sellsRemainder, lots <= held else { return false }
    if lots == held { return true }
    // The odd part of a holding leaves in one order, alone or with whole lots.
    return lotSize > 1 && lots % lotSize == held % lotSize
  }

  /// The largest size the exchange takes that is no more than `lots`; nought where it takes none.
  public func wholeLots(_ lots: Int64) -> Int64 {
    let whole = lots / lotSize * lotSize
    return whole >= board?.leastOrder ?? lotSize ? whole : 0
  }

  /// The last tick at or below a price.
  public func nearestTick(_ price: Price) -> Price {
    guard let steps = board?.steps, !steps.isEmpty else {
      return Price(units: price.units.floorDivided(by: tick) * tick)
    }
    return steps.floor(price)
  }

  /// What the state, the exchange and the clearing house take from a trade.
  public func levies(_ side: Side, worth: Money, lots: Int64) -> Money {
    guard let board else { return .zero }
    return board.levies.reduce(.zero) { $0 + $1.charge(side, worth: worth, lots: lots) }
  }
}
