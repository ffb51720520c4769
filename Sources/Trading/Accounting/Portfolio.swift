public import Market

/// What is held of one instrument, with the day's rules and the price it is valued at.
public struct Holding: Hashable, Sendable {
  public internal(set) var position = Position()
  public internal(set) var terms: InstrumentDay?
  public internal(set) var mark: Price?
  /// Profit taken since the start, in unit lots; money is derived from it, so that rounding never adds up.
  public internal(set) var realisedUnitLots: Int64 = 0
  var realised = Money.zero
  var unrealised = Money.zero
  var margin = Money.zero
}

/// Positions, money and marks of one account: exact, and the sum of its fills at any time.
public struct Portfolio: Hashable, Sendable {
  public private(set) var holdings: [Holding]
  public private(set) var account: Account
  /// What the account was worth when the trading day began.
  public private(set) var openingEquity: Money

  public init(instruments: Int, cash: Money) {
    holdings = Array(repeating: Holding(), count: instruments)
    account = Account(balance: cash)
    openingEquity = cash
  }

  /// Profit and loss of the day, realised and not, after fees.
  public var dayProfit: Money { account.equity - openingEquity }

  mutating func beginDay() {
    for index in holdings.indices {
      holdings[index].position.long.roll()
      holdings[index].position.short.roll()
    }
    openingEquity = account.equity
  }

  mutating func adopt(_ terms: InstrumentDay) {
    let index = terms.instrument.value
    holdings[index].terms = terms
    if holdings[index].mark == nil { holdings[index].mark = terms.reference }
    revalue(index)
  }

  /// The day a share trades without a right: what is held becomes what it is worth without it.
  mutating func apply(_ action: CorporateAction) {
    let index = action.instrument.value
    guard let terms = holdings[index].terms else { return }
    let paid = holdings[index].position.lose(action, on: terms.grid)
    holdings[index].realisedUnitLots += paid
    if let mark = holdings[index].mark {
      holdings[index].mark = action.reference(after: mark, on: terms.grid, tick: terms.tick)
    }
    revalue(index)
  }

  mutating func mark(_ instrument: InstrumentIndex, at price: Price) {
    holdings[instrument.value].mark = price
    if !holdings[instrument.value].position.isFlat { revalue(instrument.value) }
  }

  /// Books a trade and what it cost. `false` where it closes more than was held: the rest is then opened on the
  /// other side, as the venue has traded it.
  mutating func book(_ fill: Fill, charge: Money) -> Bool {
    let index = fill.instrument.value
    var missing: Int64 = 0
    if fill.offset == .open {
      holdings[index].position[fill.side, .open].open(lots: fill.lots, at: fill.price)
    } else {
      missing = close(fill)
    }
    if missing > 0 {
      holdings[index].position[fill.side, .open].open(lots: missing, at: fill.price)
    }
    account.balance -= charge
    account.fees += charge
    if holdings[index].mark == nil { holdings[index].mark = fill.price }
    revalue(index)
    return missing == 0
  }

  mutating func freeze(_ lots: Lots, _ instrument: InstrumentIndex, _ side: Side) {
    holdings[instrument.value].position[side, .close].freeze(lots)
  }

  mutating func thaw(_ lots: Lots, _ instrument: InstrumentIndex, _ side: Side) {
    holdings[instrument.value].position[side, .close].thaw(lots)
  }

  mutating func reserve(_ money: Money) {
    account.frozen += money
  }

  mutating func release(_ money: Money) {
    account.frozen -= money
  }

  /// Takes lots out of the closed leg, books the profit and returns the lots that were not there.
  private mutating func close(_ fill: Fill) -> Int64 {
    let index = fill.instrument.value
    let rule = holdings[index].terms?.closing ?? .yesterdayFirst
    let leg = holdings[index].position[fill.side, .close]
    let taken = rule.taken(fill.lots, from: leg, fill.offset)
    guard taken.total > 0 else { return fill.lots }
    let cost = holdings[index].position[fill.side, .close].close(taken)
    // A sell closes a long: it earns its price less the cost; a buy closes a short the other way round.
    let proceeds = fill.price.units * taken.total
    holdings[index].realisedUnitLots += fill.side == .sell ? proceeds - cost : cost - proceeds
    return fill.lots - taken.total
  }

  private mutating func revalue(_ index: Int) {
    guard let terms = holdings[index].terms, let mark = holdings[index].mark else { return }
    let position = holdings[index].position
    let realised = terms.grid.worth(
      unitLots: holdings[index].realisedUnitLots, multiplier: terms.multiplier)
    let unrealised = terms.grid.worth(
      unitLots: position.unrealisedUnitLots(at: mark), multiplier: terms.multiplier)
    let margin = terms.margin(mark, lots: position.long.lots + position.short.lots)
    account.balance += realised - holdings[index].realised
    account.unrealised += unrealised - holdings[index].unrealised
    account.margin += margin - holdings[index].margin
    holdings[index].realised = realised
    holdings[index].unrealised = unrealised
    holdings[index].margin = margin
  }
}

extension Portfolio {
  /// What must hold after every event: sound legs, and totals that are the sums of their parts.
  public var isSound: Bool {
    holdings.allSatisfy { $0.position.long.isSound && $0.position.short.isSound }
      && holdings.reduce(Money.zero) { $0 + $1.unrealised } == account.unrealised
      && holdings.reduce(Money.zero) { $0 + $1.margin } == account.margin
  }
}
