public import Market

/// What is held of one instrument, with the day's rules and the price it is valued at.
public struct Holding: Hashable, Sendable {
  public internal(set) var position = Position()
  public internal(set) var terms: InstrumentDay?
  public internal(set) var mark: Price?
  /// Profit taken since the start, in unit lots; money is derived from it, so that rounding never adds up.
  public internal(set) var realisedUnitLots: Int64 = 0
  /// Lots opened since the trading day began.
  public internal(set) var openedToday: Int64 = 0
  var realised = Money.zero
  var unrealised = Money.zero
  /// The instrument's own part of its product's pool.
  var margin = Sides.none
  var reserved = Sides.none
  var pool: Int

  init(pool: Int) {
    self.pool = pool
  }

  /// The instrument as if it were its whole product.
  var alone: MarginPool {
    MarginPool(paysLargerSide: terms?.paysLargerSide ?? false, held: margin, reserved: reserved)
  }
}

/// Positions, money and marks of one account: exact, and the sum of its fills at any time.
public struct Portfolio: Hashable, Sendable {
  public private(set) var holdings: [Holding]
  public private(set) var account: Account
  /// What products tie up, each at the place of its first instrument.
  public private(set) var pools: [MarginPool]
  /// What the account was worth when the trading day began.
  public private(set) var openingEquity: Money

  public init(instruments: Int, cash: Money) {
    holdings = (0..<instruments).map { Holding(pool: $0) }
    pools = Array(repeating: MarginPool(), count: instruments)
    account = Account(balance: cash)
    openingEquity = cash
  }

  /// Profit and loss of the day, realised and not, after fees.
  public var dayProfit: Money { account.equity - openingEquity }

  mutating func beginDay() {
    for index in holdings.indices {
      holdings[index].position.long.roll()
      holdings[index].position.short.roll()
      holdings[index].openedToday = 0
    }
    openingEquity = account.equity
  }

  mutating func adopt(_ terms: InstrumentDay) {
    let index = terms.instrument.value
    join(index, terms.product.value)
    holdings[index].terms = terms
    recharge(holdings[index].pool) { $0.paysLargerSide = terms.paysLargerSide }
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

  /// What a trade owes as a part of its order, by the rules of its day and the lots it meets.
  func owed(_ fill: Fill, of charge: inout OrderCharge) -> Money {
    let holding = holdings[fill.instrument.value]
    guard let terms = holding.terms else { return .zero }
    return charge.owe(fill, leg: holding.position[fill.side, .close], terms)
  }

  /// Books a trade and what it cost. `false` where it closes more than was held: the rest is then opened on the
  /// other side, as the venue has traded it.
  mutating func book(_ fill: Fill, charge: Money) -> Bool {
    let index = fill.instrument.value
    var missing: Int64 = 0
    if fill.offset == .open {
      holdings[index].openedToday += fill.lots
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

  /// Keeps the margin of an opening order aside, or part of it free again.
  mutating func reserve(_ money: Money, _ instrument: InstrumentIndex, _ side: Side) {
    let index = instrument.value
    holdings[index].reserved[opening: side] += money
    recharge(holdings[index].pool) { $0.reserved[opening: side] += money }
  }

  mutating func release(_ money: Money, _ instrument: InstrumentIndex, _ side: Side) {
    reserve(-money, instrument, side)
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
    let margin = Sides(
      long: terms.margin(mark, lots: position.long.lots),
      short: terms.margin(mark, lots: position.short.lots))
    account.balance += realised - holdings[index].realised
    account.unrealised += unrealised - holdings[index].unrealised
    let change = margin - holdings[index].margin
    recharge(holdings[index].pool) { $0.held = $0.held + change }
    holdings[index].realised = realised
    holdings[index].unrealised = unrealised
    holdings[index].margin = margin
  }

  /// Moves an instrument's part to the pool of its product.
  private mutating func join(_ index: Int, _ pool: Int) {
    let holding = holdings[index]
    guard holding.pool != pool else { return }
    recharge(holding.pool) {
      $0.held = $0.held - holding.margin
      $0.reserved = $0.reserved - holding.reserved
    }
    holdings[index].pool = pool
    recharge(pool) {
      $0.held = $0.held + holding.margin
      $0.reserved = $0.reserved + holding.reserved
    }
  }

  /// Changes one pool and carries what it ties up to the account.
  private mutating func recharge(_ pool: Int, _ change: (inout MarginPool) -> Void) {
    let before = pools[pool]
    change(&pools[pool])
    account.margin += pools[pool].margin - before.margin
    account.frozen += pools[pool].frozen - before.frozen
  }
}

extension Portfolio {
  /// The pool an instrument's margin is counted in.
  func pool(_ instrument: InstrumentIndex) -> MarginPool { pools[holdings[instrument.value].pool] }

  /// Whether an opening in `other` counts towards a limit on `instrument`.
  func counts(
    _ other: InstrumentIndex, towards instrument: InstrumentIndex, _ scope: OpeningLimit.Scope
  ) -> Bool {
    switch scope {
    case .contract: other == instrument
    case .product: holdings[other.value].pool == holdings[instrument.value].pool
    }
  }

  /// The lots opened since the day began that count towards a limit on `instrument`.
  func opened(_ instrument: InstrumentIndex, _ scope: OpeningLimit.Scope) -> Int64 {
    holdings.indices.reduce(0) { sum, index in
      counts(InstrumentIndex(index), towards: instrument, scope)
        ? sum + holdings[index].openedToday : sum
    }
  }
}

extension Portfolio {
  /// What must hold after every event: sound legs, and totals that are the sums of their parts.
  public var isSound: Bool {
    holdings.allSatisfy { $0.position.long.isSound && $0.position.short.isSound }
      && holdings.reduce(Money.zero) { $0 + $1.unrealised } == account.unrealised
      && pools.reduce(Money.zero) { $0 + $1.margin } == account.margin
      && pools.reduce(Money.zero) { $0 + $1.frozen } == account.frozen
      && pools.indices.allSatisfy { pool in
        let parts = holdings.filter { $0.pool == pool }
        return parts.reduce(Sides.none) { $0 + $1.margin } == pools[pool].held
          && parts.reduce(Sides.none) { $0 + $1.reserved } == pools[pool].reserved
      }
  }
}
