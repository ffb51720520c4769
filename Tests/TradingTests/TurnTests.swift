import Market
import Testing
import Trading

/// Rolls and corporate actions, seen by the desk.
@Suite struct TurnTests {
  static func desk() -> Desk {
    Desk(
      instruments: 2, cash: Money(whole: 1_000_000),
      strategy: .forecastGate(ForecastGate(Scene.gate, instruments: 2)), limits: Scene.limits,
      manners: Desk.Manners(aggressionTicks: 2, patienceBars: 2))
  }

  static func terms(_ index: Int, closes: Int64 = 10) -> InstrumentDay {
    InstrumentDay(
      instrument: InstrumentIndex(index), day: TradingDay(year: 2020, month: 1, day: 6),
      grid: Grid(decimals: 0), tick: 1, multiplier: 10, lotSize: 1, largestOrder: 500,
      reference: Price(units: 3_600), lowest: nil, highest: nil,
      margin: Rate(basisPoints: 1_000), fees: .none, closing: .flagged, isNextDay: false,
      mayShort: true)
  }

  static func bar(_ index: Int, _ close: Int64, second: Int64) -> Bar {
    let price = Price(units: close)
    return Bar(
      instrument: InstrumentIndex(index), tradingDay: TradingDay(year: 2020, month: 1, day: 6),
      closedAt: Instant(seconds: second), open: price, high: price, low: price, close: price,
      volume: 1_000)
  }

  private var desk = TurnTests.desk()
  private var second: Int64 = 1_578_272_400

  private mutating func take(_ kinds: [Event.Kind]) -> [Order] {
    var decisions = Decisions()
    second += 60
    for kind in kinds { desk.step(Event(at: Instant(seconds: second), kind), into: &decisions) }
    return decisions.commands.compactMap { if case .submit(let order) = $0 { order } else { nil } }
  }

  private func fill(_ order: Order, at price: Int64, trade: UInt64) -> Event.Kind {
    .fill(
      Fill(
        trade: TradeID(trade), order: order.id, instrument: order.instrument, side: order.side,
        offset: order.offset, lots: order.lots, price: Price(units: price)))
  }

  @Test mutating func aRollClosesTheOldAndOpensTheNew() throws {
    let belief = Forecast(
      instrument: InstrumentIndex(0), model: ModelID(1), expectedReturn: 0.02, deviation: 0,
      horizonBars: 5)
    let first = take([
      .dayBegan(TradingDay(year: 2020, month: 1, day: 6)), .terms(Self.terms(0)),
      .bar(Self.bar(0, 3_600, second: second)), .forecast(belief), .instantClosed,
    ])
    #expect(first.map(\.side) == [.buy])
    _ = take([fill(try #require(first.first), at: 3_601, trade: 1)])
    let rolled = take([
      .dayBegan(TradingDay(year: 2020, month: 1, day: 7)),
      .rolled(from: InstrumentIndex(0), to: InstrumentIndex(1)), .terms(Self.terms(0)),
      .bar(Self.bar(0, 3_610, second: second)), .terms(Self.terms(1)),
      .bar(Self.bar(1, 3_500, second: second)), .instantClosed,
    ])
    #expect(rolled.map(\.instrument.value) == [0, 1])
    #expect(rolled.map(\.side) == [.sell, .buy])
    #expect(rolled.map(\.offset) == [.close, .open])
    #expect(rolled.map(\.lots) == [2, 2])
    _ = take([fill(rolled[0], at: 3_609, trade: 2), fill(rolled[1], at: 3_501, trade: 3)])
    // A belief about the contract that was left moves nothing.
    let stale = take([
      .bar(Self.bar(0, 3_700, second: second)), .forecast(belief),
      .bar(Self.bar(1, 3_500, second: second)), .instantClosed,
    ])
    #expect(stale.isEmpty)
    #expect(desk.portfolio.holdings.map(\.position.net) == [0, 2])
    #expect(desk.portfolio.account.balance == Money(whole: 1_000_000 + 160))
  }

  @Test mutating func aSplitIsNoRetreatFromTheBestPrice() {
    desk = Desk(
      instruments: 2, cash: Money(whole: 1_000_000),
      strategy: .forecastGate(
        ForecastGate(
          .init(enter: 0.01, exit: 0, lots: 2, trail: Rate(basisPoints: 500)), instruments: 2)),
      limits: Scene.limits, manners: Desk.Manners(aggressionTicks: 2, patienceBars: 2))
    let order = take([
      .dayBegan(TradingDay(year: 2020, month: 1, day: 6)), .terms(Self.terms(0)),
      .bar(Self.bar(0, 4_000, second: second)),
      .forecast(
        Forecast(
          instrument: InstrumentIndex(0), model: ModelID(1), expectedReturn: 0.02, deviation: 0,
          horizonBars: 5)), .instantClosed,
    ])
    _ = take([fill(order[0], at: 4_000, trade: 1)])
    _ = take([.bar(Self.bar(0, 4_000, second: second)), .instantClosed])
    let day = TradingDay(year: 2020, month: 1, day: 7)
    let split = CorporateAction(
      instrument: InstrumentIndex(0), recordDay: day.previous, exDay: day,
      kind: .bonus(perShare: Rate(nearest: 1)))
    let kept = take([
      .dayBegan(day), .action(split), .terms(Self.terms(0)),
      .bar(Self.bar(0, 1_990, second: second)), .instantClosed,
    ])
    // Four lots are held where two are wanted: the stop would have sold all four.
    #expect(kept.map(\.lots) == [2] && kept.map(\.side) == [.sell])
  }

  @Test mutating func anExDayChangesNeitherWorthNorHistory() {
    let order = take([
      .dayBegan(TradingDay(year: 2020, month: 1, day: 6)), .terms(Self.terms(0)),
      .bar(Self.bar(0, 4_000, second: second)),
      .forecast(
        Forecast(
          instrument: InstrumentIndex(0), model: ModelID(1), expectedReturn: 0.02, deviation: 0,
          horizonBars: 5)), .instantClosed,
    ])
    _ = take([fill(order[0], at: 4_000, trade: 1)])
    let before = desk.portfolio.account.equity
    let day = TradingDay(year: 2020, month: 1, day: 7)
    for kind in [
      CorporateAction.Kind.dividend(perShare: Rate(hundredMillionths: 40 * 100_000_000)),
      .bonus(perShare: Rate(nearest: 1)),
    ] {
      _ = take([
        .action(
          CorporateAction(
            instrument: InstrumentIndex(0), recordDay: day.previous, exDay: day, kind: kind))
      ])
      #expect(desk.portfolio.account.equity == before)
    }
    #expect(desk.portfolio.holdings[0].position.net == 4)
    #expect(desk.portfolio.holdings[0].mark == Price(units: 1_980))
    #expect(desk.portfolio.account.balance == Money(whole: 1_000_000 + 800))
    #expect(desk.portfolio.isSound)
  }
}
