public import Market

/// The trading desk: strategy, risk and execution over one account. Events in, decisions out; it knows no clock.
public struct Desk: Sendable {
  /// How orders are priced and how long they may wait.
  public struct Manners: Hashable, Sendable {
    /// How many ticks beyond the last price an order may pay.
    public let aggressionTicks: Int64
    /// Bars an order may rest before it is cancelled and thought over.
    public let patienceBars: Int
    /// Whether what is missing at the close is asked for at the closing price, where there is such trading.
    public let tradesAfterHours: Bool

    public init(aggressionTicks: Int64, patienceBars: Int, tradesAfterHours: Bool = false) {
      precondition(aggressionTicks >= 0 && patienceBars > 0, "an order gets at least one bar")
      self.aggressionTicks = aggressionTicks
      self.patienceBars = patienceBars
      self.tradesAfterHours = tradesAfterHours
    }
  }

  public private(set) var strategy: Strategy
  public private(set) var portfolio: Portfolio
  public private(set) var blotter: Blotter
  private let limits: RiskLimits
  private let manners: Manners
  /// Instruments with a bar or a day's terms since the last closed instant, in order of arrival.
  private var touched: [InstrumentIndex] = []
  /// By instrument, whether its last price is of this day, and not what the day before has left.
  private var hasTraded: [Bool]
  private var plan: [Slice] = []
  /// Contracts a series has rolled out of: nothing is wanted of them any more.
  private var isLeft: [Bool]
  /// The last denial of each instrument: the same one is not told bar after bar.
  private var denied: [Denial?]

  public init(
    instruments: Int, cash: Money, strategy: Strategy, limits: RiskLimits, manners: Manners,
    lastOrder: UInt64 = 0
  ) {
    self.strategy = strategy
    self.limits = limits
    self.manners = manners
    portfolio = Portfolio(instruments: instruments, cash: cash)
    blotter = Blotter(lastOrder: lastOrder)
    denied = Array(repeating: nil, count: instruments)
    isLeft = Array(repeating: false, count: instruments)
    hasTraded = isLeft
  }

  /// Takes one event to its end. What it decided is added to `decisions`.
  public mutating func step(_ event: Event, into decisions: inout Decisions) {
    switch event.kind {
    case .dayBegan: beginDay()
    case .terms(let terms): adopt(terms, into: &decisions)
    case .rolled(let old, let new): roll(from: old, to: new)
    case .action(let action): act(action)
    case .bar(let bar): see(bar)
    case .forecast(let forecast):
      guard !isLeft[forecast.instrument.value] else { return }
      strategy.believe(forecast, net: net(forecast.instrument))
    case .instantClosed: closeInstant(at: event.at, into: &decisions)
    case .accepted(let id): accept(id, into: &decisions)
    case .fill(let fill): settle(fill, into: &decisions)
    case .refused(let id, _): finish(id, as: .refused, into: &decisions)
    case .expired(let id): finish(id, as: .expired, into: &decisions)
    case .cancelled(let id):
      guard let ticket = finish(id, as: .cancelled, into: &decisions) else { return }
      pursue(ticket.order.instrument, at: event.at, into: &decisions)
    case .cancelRefused(let id): keep(id, into: &decisions)
    }
  }

  private func net(_ instrument: InstrumentIndex) -> Int64 {
    portfolio.holdings[instrument.value].position.net
  }

  private mutating func beginDay() {
    blotter.beginDay()
    portfolio.beginDay()
    for index in denied.indices { denied[index] = nil }
    for index in hasTraded.indices { hasTraded[index] = false }
  }

  /// A stop or an average must not take the step of an ex-day for a move of the price.
  private mutating func act(_ action: CorporateAction) {
    portfolio.apply(action)
    guard let terms = portfolio.holdings[action.instrument.value].terms else { return }
    strategy.lose(action, on: terms.grid, tick: terms.tick)
  }

  /// The next bars of either contract then bring the closing and the opening orders.
  private mutating func roll(from old: InstrumentIndex, to new: InstrumentIndex) {
    isLeft[old.value] = true
    isLeft[new.value] = false
    strategy.carry(from: old, to: new)
  }

  private mutating func adopt(_ terms: InstrumentDay, into decisions: inout Decisions) {
    portfolio.adopt(terms)
    touch(terms.instrument)
    guard terms.stop?.forcesExit == true,
      !portfolio.holdings[terms.instrument.value].position.isFlat
    else { return }
    decisions.alarms.append(.mustLeave(terms.instrument))
  }

  private mutating func see(_ bar: Bar) {
    portfolio.mark(bar.instrument, at: bar.close)
    blotter.age(bar.instrument)
    if !isLeft[bar.instrument.value] { strategy.see(bar, net: net(bar.instrument)) }
    hasTraded[bar.instrument.value] = true
    touch(bar.instrument)
  }

  /// Terms come right before the first bar of their instant, if it has one: once is enough.
  private mutating func touch(_ instrument: InstrumentIndex) {
    if touched.last != instrument { touched.append(instrument) }
  }

  private mutating func closeInstant(at instant: Instant, into decisions: inout Decisions) {
    for position in touched.indices {
      pursue(touched[position], at: instant, into: &decisions)
    }
    touched.removeAll(keepingCapacity: true)
  }
}

// MARK: - From target to orders

extension Desk {
  /// Brings the position nearer to its target: cancels what stands in the way, or sends what is missing.
  private mutating func pursue(
    _ instrument: InstrumentIndex, at instant: Instant, into decisions: inout Decisions
  ) {
    let missing = target(instrument) - net(instrument) - blotter.pending(instrument)
    let waits = cancelStale(instrument, unless: missing == 0, at: instant, into: &decisions)
    guard missing != 0, !waits, let terms = portfolio.holdings[instrument.value].terms,
      let mark = portfolio.holdings[instrument.value].mark,
      let lifetime = lifetime(terms, at: instant)
    else { return }
    let side: Side = missing > 0 ? .buy : .sell
    let price = price(terms, side, mark: mark, lifetime, at: instant)
    plan.removeAll(keepingCapacity: true)
    Plan(terms: terms, position: portfolio.holdings[instrument.value].position)
      .slices(side, lots: abs(missing), into: &plan)
    for index in plan.indices { send(plan[index], side, price, lifetime, terms, into: &decisions) }
  }

  /// How long an order sent now would live; `nil` where nobody takes one, and the wish waits for the next day.
  private func lifetime(_ terms: InstrumentDay, at instant: Instant) -> Lifetime? {
    if terms.isOpen(at: instant) { return .day }
    guard manners.tradesAfterHours, terms.hasClosed(at: instant) else { return nil }
    return terms.takesAfterHours(at: instant) ? .afterHours : nil
  }

  /// A few ticks beyond the last price, but never outside the cage: what is asked for within it costs no more, while
  /// a refusal would leave an exit undone. Before the day's first trade the last price is of the day before and the
  /// next one may lie anywhere: then an order goes as far from it as the account's own band lets it.
  private func price(
    _ terms: InstrumentDay, _ side: Side, mark: Price, _ lifetime: Lifetime, at instant: Instant
  ) -> Price {
    if lifetime == .afterHours { return terms.marketable(mark, side, ticks: 0) }
    let wished =
      hasTraded[terms.instrument.value]
      ? terms.marketable(mark, side, ticks: manners.aggressionTicks)
      : terms.farthest(from: mark, side, within: limits.priceBand)
    return terms.caged(wished, side, base: mark, at: instant)
  }

  /// The lots that are wanted: the strategy's target, or none where a position must go whatever it believes.
  public func target(_ instrument: InstrumentIndex) -> Int64 {
    let holding = portfolio.holdings[instrument.value]
    let mustLeave = holding.terms?.stop?.forcesExit == true && !holding.position.isFlat
    return mustLeave ? 0 : strategy.target(instrument)
  }

  /// Cancels the instrument's orders that have waited too long, or all of them when the target has moved; while the
  /// exchange lets none go they stay, and are asked back once it does.
  /// Returns whether anything still works, so that nothing new may be sent.
  private mutating func cancelStale(
    _ instrument: InstrumentIndex, unless isWanted: Bool, at instant: Instant,
    into decisions: inout Decisions
  ) -> Bool {
    let mayCancel = portfolio.holdings[instrument.value].terms?.mayCancel(at: instant) ?? true
    var waits = false
    for index in blotter.tickets.indices where blotter.tickets[index].order.instrument == instrument
    {
      waits = true
      guard mayCancel, !blotter.tickets[index].isCancelling,
        !isWanted || blotter.tickets[index].ageBars >= manners.patienceBars
      else { continue }
      blotter.tickets[index].isCancelling = true
      decisions.commands.append(.cancel(blotter.tickets[index].order.id))
    }
    return waits
  }

  private mutating func send(
    _ slice: Slice, _ side: Side, _ price: Price, _ lifetime: Lifetime, _ terms: InstrumentDay,
    into decisions: inout Decisions
  ) {
    let check = RiskCheck(
      limits: limits, terms: terms, portfolio: portfolio, blotter: blotter, side: side,
      offset: slice.offset, lots: slice.lots, price: price)
    if let excess = check.excess() {
      deny(check.denial(excess), into: &decisions)
      return
    }
    denied[terms.instrument.value] = nil
    let order = Order(
      id: blotter.nextName(), instrument: terms.instrument, side: side, offset: slice.offset,
      lots: slice.lots, limit: price, lifetime: lifetime)
    enter(order, terms)
    decisions.commands.append(.submit(order))
  }

  private mutating func deny(_ denial: Denial, into decisions: inout Decisions) {
    let last = denied[denial.instrument.value]
    guard last?.rule != denial.rule || last?.side != denial.side else { return }
    denied[denial.instrument.value] = denial
    decisions.denials.append(denial)
  }

  /// Puts an order on the blotter and sets aside what it will take.
  private mutating func enter(_ order: Order, _ terms: InstrumentDay) {
    var ticket = Ticket(order)
    if order.offset == .open {
      ticket.reserved = terms.margin(order.limit, lots: order.lots)
      portfolio.reserve(ticket.reserved, order.instrument, order.side)
    } else {
      let leg = portfolio.holdings[order.instrument.value].position[order.side, .close]
      ticket.frozen = terms.closing.frozen(order.lots, of: leg, order.offset)
      portfolio.freeze(ticket.frozen, order.instrument, order.side)
    }
    blotter.enter(ticket)
  }
}

// MARK: - From reports to books

extension Desk {
  private mutating func accept(_ id: OrderID, into decisions: inout Decisions) {
    guard let index = blotter.index(of: id) else {
      decisions.alarms.append(.strayReport(id))
      return
    }
    if blotter.tickets[index].state.canBecome(.working) { blotter.tickets[index].state = .working }
  }

  /// The order could not be called back: it stays exposure, and may be asked for again.
  private mutating func keep(_ id: OrderID, into decisions: inout Decisions) {
    guard let index = blotter.index(of: id) else {
      decisions.alarms.append(.strayReport(id))
      return
    }
    blotter.tickets[index].isCancelling = false
  }

  @discardableResult
  private mutating func finish(
    _ id: OrderID, as state: OrderState, into decisions: inout Decisions
  ) -> Ticket? {
    guard let index = blotter.index(of: id) else {
      decisions.alarms.append(.strayReport(id))
      return nil
    }
    let ticket = blotter.finish(index, as: state)
    portfolio.release(ticket.reserved, ticket.order.instrument, ticket.order.side)
    portfolio.thaw(ticket.frozen, ticket.order.instrument, ticket.order.side)
    return ticket
  }

  /// Books a trade once, whatever state its order is in: what the venue has traded is ours.
  private mutating func settle(_ fill: Fill, into decisions: inout Decisions) {
    guard blotter.isNew(fill.trade) else { return }
    guard let index = blotter.index(of: fill.order) else {
      decisions.alarms.append(.strayFill(fill.order))
      var stray = OrderCharge()
      book(fill, charge: portfolio.owed(fill, of: &stray), into: &decisions)
      return
    }
    if fill.lots > blotter.tickets[index].remaining {
      decisions.alarms.append(.overfill(fill.order))
    }
    release(fill, from: index)
    let due = portfolio.owed(fill, of: &blotter.tickets[index].charge)
    book(fill, charge: due, into: &decisions)
    blotter.tickets[index].filled += fill.lots
    if blotter.tickets[index].remaining <= 0 {
      finish(fill.order, as: .filled, into: &decisions)
    } else {
      blotter.tickets[index].state = .partlyFilled
    }
  }

  private mutating func book(_ fill: Fill, charge: Money, into decisions: inout Decisions) {
    if !portfolio.book(fill, charge: charge) { decisions.alarms.append(.missingLots(fill.order)) }
  }

  /// Frees what the filled part of an order had set aside.
  private mutating func release(_ fill: Fill, from index: Int) {
    let ticket = blotter.tickets[index]
    guard ticket.remaining > 0 else { return }
    if fill.offset == .open {
      let share = Money(
        minor: ticket.reserved.minor * min(fill.lots, ticket.remaining) / ticket.remaining)
      blotter.tickets[index].reserved -= share
      portfolio.release(share, fill.instrument, fill.side)
    } else {
      let yesterday = min(fill.lots, ticket.frozen.yesterday)
      let freed = Lots(today: min(fill.lots - yesterday, ticket.frozen.today), yesterday: yesterday)
      blotter.tickets[index].frozen.yesterday -= freed.yesterday
      blotter.tickets[index].frozen.today -= freed.today
      portfolio.thaw(freed, fill.instrument, fill.side)
    }
  }
}
