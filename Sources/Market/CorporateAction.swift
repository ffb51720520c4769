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
    [self].reference(after: close, on: grid, tick: tick)
  }
}

extension [CorporateAction] {
  /// The reference price of an ex-day on which all of these take effect: rounded once, as exchanges do.
  public func reference(after close: Price, on grid: Grid, tick: Int64) -> Price {
    let one = Int128(Rate.one.hundredMillionths)
    var numerator = Int128(close.units) * one
    var (shares, into) = (one, one)
    for action in self {
      switch action.kind {
      case .dividend(let money):
        numerator -= Int128(money.hundredMillionths) * Int128(grid.unitsPerOne)
      case .bonus(let more): shares += Int128(more.hundredMillionths)
      case .rights(let more, let paid):
        numerator += Int128(more.hundredMillionths) * Int128(paid.units)
        shares += Int128(more.hundredMillionths)
      case .consolidation(let fewer): into = into * Int128(fewer.hundredMillionths) / one
      }
    }
    let ticks = roundedQuotient(numerator * one, shares * into * Int128(tick))
    return Price(units: Int64(ticks) * tick)
  }
}

extension Position {
  /// Turns what is held into what it is without the right, and returns what is paid for it in unit
  /// lots: positive where a long position earns it. A fraction of a share is lost, and rights lapse,
  /// since nobody has said that they are taken up.
  public mutating func lose(_ action: CorporateAction, on grid: Grid) -> Int64 {
    let one = Int128(Rate.one.hundredMillionths)
    switch action.kind {
    case .dividend(let money):
      let paid = Int128(money.hundredMillionths) * Int128(grid.unitsPerOne) * Int128(net)
      return Int64(roundedQuotient(paid, one))
    case .bonus(let shares): become(one + Int128(shares.hundredMillionths))
    case .consolidation(let into): become(Int128(into.hundredMillionths))
    case .rights: break
    }
    return 0
  }

  private mutating func become(_ hundredMillionths: Int128) {
    long.become(hundredMillionths)
    short.become(hundredMillionths)
  }
}

extension Leg {
  /// Each lot becomes so many hundred-millionths of one; what all of them cost stays.
  fileprivate mutating func become(_ hundredMillionths: Int128) {
    let scaled = { (lots: Int64) in
      Int64(Int128(lots) * hundredMillionths / Int128(Rate.one.hundredMillionths))
    }
    today = scaled(today)
    yesterday = scaled(yesterday)
    frozenToday = min(frozenToday, today)
    frozenYesterday = min(frozenYesterday, yesterday)
    if lots == 0 { unitLots = 0 }
  }
}
