import Market
import Testing
import Trading
import VenuePaper

@Suite struct PaperExchangeTests {
  static let instrument = InstrumentIndex(0)
  static let day = TradingDay(year: 2020, month: 1, day: 6)
  static let at = Instant(seconds: 1_578_272_400)

  var exchange: PaperExchange
  var events: [Event] = []

  init() {
    exchange = Self.opened(slippage: 1, participation: .one)
  }

  static func opened(slippage: Int64, participation: Rate) -> PaperExchange {
    var exchange = PaperExchange(
      instruments: 1,
      manners: PaperExchange.Manners(slippageTicks: slippage, participation: participation))
    let terms = InstrumentDay(
      instrument: instrument, day: day, grid: Grid(decimals: 0), tick: 5, multiplier: 10,
      lotSize: 1, largestOrder: 50, reference: Price(units: 3_600), lowest: Price(units: 3_400),
      highest: Price(units: 3_800), margin: Rate(basisPoints: 1_000), fees: .none,
      closing: .flagged, isNextDay: false, mayShort: true)
    var events: [Event] = []
    exchange.observe(Event(at: at, .terms(terms)), into: &events)
    return exchange
  }

  static func order(
    _ id: UInt64 = 1, _ side: Side = .buy, lots: Int64 = 2, limit: Int64, instrument: Int = 0
  ) -> Order {
    Order(
      id: OrderID(id), instrument: InstrumentIndex(instrument), side: side, offset: .open,
      lots: lots, limit: Price(units: limit))
  }

  static func bar(
    _ open: Int64, _ high: Int64, _ low: Int64, _ close: Int64, volume: Int64 = 100
  ) -> Event {
    Event(
      at: at,
      .bar(
        Bar(
          instrument: instrument, tradingDay: day, closedAt: at, open: Price(units: open),
          high: Price(units: high), low: Price(units: low), close: Price(units: close),
          volume: volume)))
  }

  mutating func submit(_ order: Order) -> Event.Kind? {
    events.removeAll()
    exchange.perform(.submit(order), at: Self.at, into: &events)
    return events.first?.kind
  }

  mutating func fills(_ bar: Event) -> [Fill] {
    events.removeAll()
    exchange.observe(bar, into: &events)
    return events.compactMap { if case .fill(let fill) = $0.kind { fill } else { nil } }
  }

  @Test mutating func anOrderBeyondTheOpenPaysTheOpenAndSlippage() {
    #expect(submit(Self.order(limit: 3_620)) == .accepted(OrderID(1)))
    #expect(fills(Self.bar(3_600, 3_610, 3_590, 3_605)).map(\.price) == [Price(units: 3_605)])
    #expect(fills(Self.bar(3_600, 3_610, 3_590, 3_605)).isEmpty, "once is enough")
  }

  @Test mutating func slippageNeverPassesTheLimit() {
    _ = submit(Self.order(limit: 3_600))
    #expect(fills(Self.bar(3_600, 3_610, 3_590, 3_605)).map(\.price) == [Price(units: 3_600)])
  }

  @Test mutating func aRestingOrderFillsOnlyWhenTheBarTradesThroughIt() {
    _ = submit(Self.order(limit: 3_580))
    #expect(fills(Self.bar(3_600, 3_610, 3_580, 3_605)).isEmpty, "touched is not through")
    #expect(fills(Self.bar(3_600, 3_610, 3_575, 3_605)).map(\.price) == [Price(units: 3_580)])
  }

  @Test mutating func sellsMirrorBuys() {
    _ = submit(Self.order(1, .sell, limit: 3_590))
    #expect(fills(Self.bar(3_600, 3_610, 3_590, 3_605)).map(\.price) == [Price(units: 3_595)])
    _ = submit(Self.order(2, .sell, limit: 3_620))
    #expect(fills(Self.bar(3_600, 3_620, 3_590, 3_605)).isEmpty)
    #expect(fills(Self.bar(3_600, 3_625, 3_590, 3_605)).map(\.price) == [Price(units: 3_620)])
  }

  @Test func aBarGivesItsShareOfVolumeOldestOrderFirst() {
    var test = self
    test.exchange = Self.opened(slippage: 0, participation: Rate(basisPoints: 1_000))
    _ = test.submit(Self.order(1, lots: 20, limit: 3_700))
    _ = test.submit(Self.order(2, lots: 20, limit: 3_700))
    #expect(test.fills(Self.bar(3_600, 3_600, 3_600, 3_600, volume: 250)).map(\.lots) == [20, 5])
    #expect(test.fills(Self.bar(3_600, 3_600, 3_600, 3_600, volume: 0)).isEmpty)
    #expect(test.fills(Self.bar(3_600, 3_600, 3_600, 3_600, volume: 250)).map(\.lots) == [15])
  }

  @Test mutating func aLockedLimitTakesOneSideOnly() {
    _ = submit(Self.order(1, .buy, limit: 3_800))
    _ = submit(Self.order(2, .sell, limit: 3_790))
    let fills = fills(Self.bar(3_800, 3_800, 3_800, 3_800))
    #expect(fills.map(\.order) == [OrderID(2)])
  }

  @Test mutating func badOrdersAreRefusedWithTheReason() {
    #expect(submit(Self.order(limit: 3_601)) == .refused(OrderID(1), .offTick))
    #expect(submit(Self.order(limit: 3_805)) == .refused(OrderID(1), .outsideLimits))
    #expect(submit(Self.order(lots: 51, limit: 3_600)) == .refused(OrderID(1), .badLots))
    #expect(
      submit(Self.order(limit: 3_600, instrument: 3)) == .refused(OrderID(1), .unknownInstrument))
    #expect(submit(Self.order(limit: 3_500)) == .accepted(OrderID(1)))
    #expect(submit(Self.order(limit: 3_500)) == .refused(OrderID(1), .duplicate))
  }

  @Test mutating func cancelsAndDayEndsTakeOrdersOut() {
    _ = submit(Self.order(1, limit: 3_500))
    _ = submit(Self.order(2, limit: 3_500))
    events.removeAll()
    exchange.perform(.cancel(OrderID(1)), at: Self.at, into: &events)
    exchange.perform(.cancel(OrderID(1)), at: Self.at, into: &events)
    exchange.observe(Event(at: Self.at, .dayBegan(Self.day.next)), into: &events)
    #expect(events.map(\.kind) == [.cancelled(OrderID(1)), .expired(OrderID(2))])
  }
}
