/// How far a limit order of continuous trading may lie on the bad side of the best price.
public struct PriceCage: Hashable, Sendable {
  public let rate: Rate
  /// At least this many ticks are always allowed.
  public let ticks: Int64

  public init(rate: Rate, ticks: Int64) {
    self.rate = rate
    self.ticks = ticks
  }

  /// The worst price an order may ask for against `base`, the best price of the other side.
  public func bound(_ side: Side, base: Price, tick: Int64) -> Price {
    let share = Rate.one.hundredMillionths + side.sign * rate.hundredMillionths
    let exact = Int128(base.units) * Int128(share)
    let scaled = Int64(roundedQuotient(exact, Int128(tick) * 100_000_000)) * tick
    let stepped = base.units + side.sign * ticks * tick
    return Price(units: side == .buy ? max(scaled, stepped) : min(scaled, stepped))
  }
}
