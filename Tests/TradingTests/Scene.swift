import Market
import Trading

/// One instrument or a few, one account and a clock that ticks a minute at a time: the smallest stage for a desk.
struct Scene {
  static let instrument = InstrumentIndex(0)
  static let model = ModelID(7)

  var desk: Desk
  private(set) var now = Instant(seconds: 1_578_272_400)
  private var trades: UInt64 = 0

  static let limits = RiskLimits(
    priceBand: Rate(basisPoints: 200), orderLots: 100, orderShare: Rate(basisPoints: 5_000),
    dailyLoss: Rate(basisPoints: 200), instrumentShare: Rate(basisPoints: 8_000),
    totalShare: Rate(basisPoints: 9_000))

  static let gate = ForecastGate.Parameters(enter: 0.01, exit: 0, lots: 2, trail: nil)

  init(
    _ gate: ForecastGate.Parameters = Scene.gate, limits: RiskLimits = Scene.limits,
    cash: Money = Money(whole: 1_000_000), terms: InstrumentDay = Scene.terms(),
    manners: Desk.Manners = Desk.Manners(aggressionTicks: 2, patienceBars: 2),
    others: [InstrumentDay] = []
  ) {
    let count = 1 + others.count
    desk = Desk(
      instruments: count, cash: cash,
      strategy: .forecastGate(ForecastGate(gate, instruments: count)), limits: limits,
      manners: manners)
    _ = begin([terms] + others)
  }

  /// A trading day starts with these rules.
  mutating func begin(_ terms: [InstrumentDay]) -> Decisions {
    _ = take(.dayBegan(terms[0].day))
    var told = Decisions()
    for terms in terms { told.alarms += take(.terms(terms)).alarms }
    return told
  }

  static func terms(
    day: Int = 6, closing: ClosingRule = .flagged, fees: Fees = .none, isNextDay: Bool = false,
    mayShort: Bool = true, lotSize: Int64 = 1, largest: Int64 = 500, lowest: Int64? = 3_000,
    highest: Int64? = 4_200, of index: Int = 0, tick: Int64 = 1, contract: ContractDay? = nil,
    stop: OpeningStop? = nil
  ) -> InstrumentDay {
    InstrumentDay(
      instrument: InstrumentIndex(index), day: TradingDay(year: 2020, month: 1, day: day),
      grid: Grid(decimals: 0), tick: tick, multiplier: 10, lotSize: lotSize, largestOrder: largest,
      reference: Price(units: 3_600), lowest: lowest.map { Price(units: $0) },
      highest: highest.map { Price(units: $0) }, margin: Rate(basisPoints: 1_000), fees: fees,
      closing: closing, isNextDay: isNextDay, mayShort: mayShort, contract: contract, stop: stop)
  }

  var position: Position { desk.portfolio.holdings[0].position }
  var account: Account { desk.portfolio.account }

  mutating func take(_ kind: Event.Kind) -> Decisions {
    var decisions = Decisions()
    desk.step(Event(at: now, kind), into: &decisions)
    return decisions
  }

  /// A bar closes at a price with a forecast behind it; what the desk decides once the instant is closed.
  mutating func bar(_ close: Int64, forecast: Double? = nil, of index: Int = 0) -> Decisions {
    now = now.advanced(bySeconds: 60)
    let price = Price(units: close)
    let bar = Bar(
      instrument: InstrumentIndex(index), tradingDay: TradingDay(year: 2020, month: 1, day: 6),
      closedAt: now, open: price, high: price, low: price, close: price, volume: 1_000)
    _ = take(.bar(bar))
    if let forecast {
      _ = take(
        .forecast(
          Forecast(
            instrument: bar.instrument, model: Self.model, expectedReturn: forecast, deviation: 0,
            horizonBars: 5)))
    }
    return take(.instantClosed)
  }

  /// The venue trades some of an order at a price.
  mutating func fill(_ order: Order, lots: Int64? = nil, at price: Int64) -> Decisions {
    trades += 1
    return take(.fill(trade(order, lots: lots ?? order.lots, at: price)))
  }

  func trade(_ order: Order, lots: Int64, at price: Int64) -> Fill {
    Fill(
      trade: TradeID(trades), order: order.id, instrument: order.instrument, side: order.side,
      offset: order.offset, lots: lots, price: Price(units: price))
  }

  /// Trades a forecast to its position at the last price.
  mutating func hold(_ forecast: Double, at price: Int64, of index: Int = 0) {
    for order in bar(price, forecast: forecast, of: index).orders { _ = fill(order, at: price) }
  }
}

extension Decisions {
  var orders: [Order] {
    commands.compactMap { if case .submit(let order) = $0 { order } else { nil } }
  }

  var cancels: [OrderID] {
    commands.compactMap { if case .cancel(let id) = $0 { id } else { nil } }
  }
}
