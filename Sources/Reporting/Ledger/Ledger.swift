public import Engine
public import Market
import Trading

/// A run told as accounts: fed record by record, it knows equity, trades, costs and refusals, and never the desk.
public struct Ledger: Sendable {
  public let cash: Money
  public private(set) var equity: Money
  public private(set) var curve = EquityCurve()
  public private(set) var days: [DailyResult] = []
  /// Finished round trips in the order they ended.
  public private(set) var trips: [RoundTrip] = []
  public private(set) var fees = Money.zero
  /// The worth of all fills.
  public private(set) var turnover = Money.zero
  /// What fills cost against the last close when their order was sent; negative where they were better.
  public private(set) var slippage = Money.zero
  public private(set) var tally = Tally()
  /// One count per rule, in the order the rules are asked.
  public private(set) var denials = RiskRule.allCases.map { DenialCount($0) }
  /// The first alarms; how many there were in all is `alarmCount`.
  public private(set) var alarms: [TimedAlarm] = []
  public private(set) var alarmCount = 0

  public static let mostAlarms = 100

  private var books: [Book] = []
  private var orders = OrderTrail()
  /// Trades booked today: a report that comes twice is one trade.
  private var booked: Set<TradeID> = []
  private var margins: [ProductMargin] = []
  private var exposure = Money.zero

  public init(cash: Money) {
    self.cash = cash
    equity = cash
  }

  public init(cash: Money, records: some Sequence<Record>) {
    self.init(cash: cash)
    for record in records { take(record) }
  }

  public mutating func take(_ record: Record) {
    switch record {
    case .taken(let event), .caused(let event): take(event)
    case .command(.submit(let order), _):
      tally.orders += 1
      orders.send(order, decision: mark(order.instrument))
    case .command(.cancel, _): break
    case .denial(let denial, let at): count(denial, at: at)
    case .alarm(let alarm, let at):
      alarmCount += 1
      if alarms.count < Self.mostAlarms { alarms.append(TimedAlarm(alarm: alarm, at: at)) }
    }
  }

  /// Profit of round trips that are not finished: what they have taken and what stands open, after fees.
  public var openProfit: Money { books.reduce(.zero) { $0 + $1.openProfit } }

  /// The latest rules an instrument was told, for its price grid.
  public func terms(_ instrument: InstrumentIndex) -> InstrumentDay? {
    instrument.value < books.count ? books[instrument.value].terms : nil
  }

  /// What is held of an instrument now.
  public func position(_ instrument: InstrumentIndex) -> Position {
    instrument.value < books.count ? books[instrument.value].position : Position()
  }

  /// The price an instrument is valued at.
  public func mark(_ instrument: InstrumentIndex) -> Price? {
    instrument.value < books.count ? books[instrument.value].mark : nil
  }

  /// How many instruments the records have spoken of.
  public var instruments: Int { books.count }
}

// MARK: - Events

extension Ledger {
  private mutating func take(_ event: Event) {
    switch event.kind {
    case .dayBegan(let day): begin(day, at: event.at)
    case .terms(let terms): change(terms.instrument) { $0.adopt(terms) }
    case .rolled: break
    case .action(let action): change(action.instrument) { $0.apply(action) }
    case .bar(let bar):
      tally.bars += 1
      change(bar.instrument) { $0.see(bar) }
    case .instantClosed: closeInstant(event.at)
    case .forecast: tally.forecasts += 1
    case .accepted: break
    case .fill(let fill): settle(fill, at: event.at)
    case .refused(let id, _):
      tally.refused += 1
      orders.finish(id)
    case .cancelled(let id):
      tally.cancelled += 1
      orders.finish(id)
    case .cancelRefused: tally.cancelsRefused += 1
    case .expired(let id):
      tally.expired += 1
      orders.finish(id)
    }
  }

  private mutating func begin(_ day: TradingDay, at instant: Instant) {
    booked.removeAll(keepingCapacity: true)
    for index in books.indices { books[index].beginDay() }
    guard days.last?.day != day else { return }
    days.append(DailyResult(day: day, began: instant, opening: equity))
  }

  private mutating func closeInstant(_ instant: Instant) {
    curve.append(equity, at: instant)
    tally.instants += 1
    if exposure != .zero { tally.exposedInstants += 1 }
    tally.peakMargin = max(tally.peakMargin, margin())
    tally.peakExposure = max(tally.peakExposure, exposure)
    guard !days.isEmpty else { return }
    days[days.count - 1].exposure = exposure
    days[days.count - 1].marketReturn = marketReturn
  }

  /// The mean of what the instruments that traded today have moved.
  private var marketReturn: Double {
    var sum = 0.0
    var count = 0.0
    for index in books.indices {
      guard let move = books[index].dayReturn else { continue }
      sum += move
      count += 1
    }
    return count > 0 ? sum / count : 0
  }

  private mutating func settle(_ fill: Fill, at instant: Instant) {
    guard booked.insert(fill.trade).inserted else { return }
    grow(to: fill.instrument)
    let decision = orders.decision(of: fill.order)
    let due = orders.owe(fill, to: books[fill.instrument.value])
    fees += due
    equity -= due
    change(fill.instrument) { book, trips in
      if let trip = book.book(fill, charge: due, at: instant) { trips.append(trip) }
    }
    measure(fill, against: decision)
    tally.fills += 1
    guard !days.isEmpty else { return }
    days[days.count - 1].fees += due
    days[days.count - 1].fills += 1
  }

  /// Adds a fill to turnover and slippage.
  private mutating func measure(_ fill: Fill, against decision: Price?) {
    guard let terms = terms(fill.instrument) else { return }
    let worth = terms.worth(fill.price, lots: fill.lots)
    turnover += worth
    if !days.isEmpty { days[days.count - 1].turnover += worth }
    guard let decision else { return }
    slippage += terms.worth(
      Price(units: (fill.price.units - decision.units) * fill.side.sign), lots: fill.lots)
  }

  private mutating func count(_ denial: Denial, at instant: Instant) {
    let index = Int(denial.rule.rawValue)
    denials[index].count += 1
    denials[index].last = denial
    denials[index].lastAt = instant
  }
}

// MARK: - Books

extension Ledger {
  private mutating func grow(to instrument: InstrumentIndex) {
    while books.count <= instrument.value {
      books.append(Book())
      margins.append(ProductMargin())
    }
  }

  /// What all positions tie up, each product's contracts together.
  private mutating func margin() -> Money {
    guard exposure != .zero else { return .zero }
    for index in margins.indices { margins[index] = ProductMargin() }
    for book in books {
      guard let terms = book.terms else { continue }
      grow(to: terms.product)
      margins[terms.product.value].add(book.value, paysLargerSide: terms.paysLargerSide)
    }
    return margins.reduce(.zero) { $0 + $1.paid }
  }

  private mutating func change(_ instrument: InstrumentIndex, _ body: (inout Book) -> Void) {
    change(instrument) { book, _ in body(&book) }
  }

  /// Changes one book and carries what it adds to the account along.
  private mutating func change(
    _ instrument: InstrumentIndex, _ body: (inout Book, inout [RoundTrip]) -> Void
  ) {
    grow(to: instrument)
    let before = books[instrument.value].value
    body(&books[instrument.value], &trips)
    let after = books[instrument.value].value
    equity += after.realised - before.realised + after.unrealised - before.unrealised
    exposure += after.exposure - before.exposure
    if !days.isEmpty { days[days.count - 1].closing = equity }
  }
}

/// The margins of one product's positions.
private struct ProductMargin {
  private var long = Money.zero
  private var short = Money.zero
  private var paysLargerSide = false

  mutating func add(_ value: Book.Value, paysLargerSide: Bool) {
    long += value.longMargin
    short += value.shortMargin
    self.paysLargerSide = paysLargerSide
  }

  var paid: Money { paysLargerSide ? max(long, short) : long + short }
}
