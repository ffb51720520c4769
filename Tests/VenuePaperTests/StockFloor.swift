import Market
import Trading
import VenuePaper

/// One stock of a made-up exchange with Shanghai's hours: a paper exchange asked by the clock.
struct StockFloor {
  static let instrument = InstrumentIndex(0)
  static let day = TradingDay(year: 2024, month: 1, day: 8)

  var exchange: PaperExchange
  private var names: UInt64 = 0

  /// Prices have two decimals and lie around 10.00; the day's limits are 9.00 and 11.00.
  init(
    cage: PriceCage? = nil, afterHours: Bool = false, isNextDay: Bool = true,
    hasHours: Bool = true, participation: Rate = .one, afterHoursShare: Rate = .one
  ) {
    exchange = PaperExchange(
      instruments: 1,
      manners: PaperExchange.Manners(
        slippageTicks: 1, participation: participation, afterHoursShare: afterHoursShare))
    self.cage = cage
    self.afterHours = afterHours
    self.isNextDay = isNextDay
    self.hasHours = hasHours
    begin(Self.day)
  }

  private let cage: PriceCage?
  private let afterHours: Bool
  private let isNextDay: Bool
  private let hasHours: Bool
  private var today = StockFloor.day

  static func at(_ clock: String, _ day: TradingDay = Self.day) -> Instant {
    let parts = clock.split(separator: ":").compactMap { Int64($0) }
    let seconds = parts[0] * 3_600 + parts[1] * 60 + (parts.count > 2 ? parts[2] : 0)
    return Zone.shanghai.instant(day, seconds: seconds)
  }

  private func span(_ from: String, _ until: String) -> InstantSpan {
    InstantSpan(from: Self.at(from, today), until: Self.at(until, today))
  }

  private func terms() -> InstrumentDay {
    let hours: [(Phase, String, String)] = [
      (.auction, "9:15", "9:25"), (.day, "9:30", "11:30"), (.day, "13:00", "14:57"),
      (.auction, "14:57", "15:00"),
    ]
    return InstrumentDay(
      instrument: Self.instrument, day: today, grid: Grid(decimals: 2), tick: 1, multiplier: 1,
      lotSize: 100, largestOrder: 1_000_000, reference: Price(units: 1_000),
      lowest: Price(units: 900), highest: Price(units: 1_100), margin: .one, fees: .none,
      closing: .yesterdayFirst, isNextDay: isNextDay, mayShort: false,
      board: BoardDay(
        leastOrder: 100, sellsRemainder: true, cage: cage,
        uncancellable: [span("9:20", "9:25"), span("14:57", "15:00")],
        afterHours: afterHours ? [span("15:05", "15:30")] : []),
      sessions: !hasHours
        ? []
        : hours.map {
          Session(
            tradingDay: today, phase: $0.0, opens: Self.at($0.1, today),
            closes: Self.at($0.2, today))
        })
  }

  /// A new day begins; what it ends is told.
  @discardableResult
  mutating func begin(_ day: TradingDay, clock: String = "9:15") -> [Event.Kind] {
    today = day
    var events: [Event] = []
    exchange.observe(Event(at: Self.at(clock, day), .dayBegan(day)), into: &events)
    exchange.observe(Event(at: Self.at(clock, day), .terms(terms())), into: &events)
    return events.map(\.kind)
  }

  /// Sends an order and returns the answer.
  mutating func send(
    _ side: Side, _ offset: Offset = .open, lots: Int64 = 100, limit: Int64, at clock: String,
    lifetime: Lifetime = .day
  ) -> Event.Kind? {
    names += 1
    let order = Order(
      id: OrderID(names), instrument: Self.instrument, side: side, offset: offset, lots: lots,
      limit: Price(units: limit), lifetime: lifetime)
    var events: [Event] = []
    exchange.perform(.submit(order), at: Self.at(clock, today), into: &events)
    return events.first?.kind
  }

  mutating func cancel(_ id: UInt64, at clock: String) -> [Event.Kind] {
    var events: [Event] = []
    exchange.perform(.cancel(OrderID(id)), at: Self.at(clock, today), into: &events)
    return events.map(\.kind)
  }

  /// What a bar that closes at a clock time brings.
  mutating func bar(
    _ clock: String, _ prices: (Int64, Int64, Int64, Int64), volume: Int64 = 10_000
  ) -> [Event.Kind] {
    let closes = Self.at(clock, today)
    let bar = Bar(
      instrument: Self.instrument, tradingDay: today, closedAt: closes,
      open: Price(units: prices.0), high: Price(units: prices.1), low: Price(units: prices.2),
      close: Price(units: prices.3), volume: volume)
    var events: [Event] = []
    exchange.observe(Event(at: closes, .bar(bar)), into: &events)
    return events.map(\.kind)
  }

  /// A bar of one price.
  mutating func bar(_ clock: String, _ price: Int64, volume: Int64 = 10_000) -> [Event.Kind] {
    bar(clock, (price, price, price, price), volume: volume)
  }

  /// Buys lots in the morning and lets a night pass.
  mutating func holdOvernight(_ lots: Int64) {
    _ = send(.buy, lots: lots, limit: 1_010, at: "9:31")
    _ = bar("9:32", 1_000, volume: lots)
    begin(Self.day.next)
  }
}

extension [Event.Kind] {
  /// Price units and lots of the fills among them.
  var fills: [[Int64]] {
    compactMap { if case .fill(let fill) = $0 { [fill.price.units, fill.lots] } else { nil } }
  }

  var expired: [OrderID] {
    compactMap { if case .expired(let id) = $0 { id } else { nil } }
  }
}
