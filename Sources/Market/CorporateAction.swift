/// Something a company does that changes what a share is.
public struct CorporateAction: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Money per share, in hundred-millionths of the currency: 0.0341 a share is exact.
    case dividend(perShare: Rate)
    /// New shares per old one for nothing: bonus shares and capitalised reserves, or a split.
    case bonus(perShare: Rate)
    /// New shares per old one at a price.
    case rights(perShare: Rate, price: Price)
    /// Old shares become fewer: `into` new ones for each old one.
    case consolidation(into: Rate)
  }

  public let instrument: InstrumentIndex
  /// Who holds at this day's close has the right.
  public let recordDay: TradingDay
  /// The first day the share trades without it.
  public let exDay: TradingDay
  public let kind: Kind

  public init(
    instrument: InstrumentIndex, recordDay: TradingDay, exDay: TradingDay, kind: Kind
  ) {
    precondition(recordDay < exDay, "the right is held before it is lost")
    self.instrument = instrument
    self.recordDay = recordDay
    self.exDay = exDay
    self.kind = kind
  }

  /// The reference price of the ex-day from the close before it, rounded to the tick, halves up.
  public func reference(after close: Price, on grid: Grid, tick: Int64) -> Price {
    let one = Int128(Rate.one.hundredMillionths)
    let price = Int128(close.units)
    let (numerator, denominator): (Int128, Int128) =
      switch kind {
      case .dividend(let money):
        (price * one - Int128(money.hundredMillionths) * Int128(grid.unitsPerOne), one)
      case .bonus(let shares): (price * one, one + Int128(shares.hundredMillionths))
      case .rights(let shares, let paid):
        (
          price * one + Int128(shares.hundredMillionths) * Int128(paid.units),
          one + Int128(shares.hundredMillionths)
        )
      case .consolidation(let into): (price * one, Int128(into.hundredMillionths))
      }
    let ticks = roundedQuotient(numerator, denominator * Int128(tick))
    return Price(units: Int64(ticks) * tick)
  }
}
