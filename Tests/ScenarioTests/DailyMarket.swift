import Console
import Engine
import Fixtures
import Journal
import Market
import Testing
import Trading
import VenuePaper
import Workbench

/// A share by the day under the shipped rules, with bars and forecasts written down by hand, told as the programs tell
/// it: by a tape that knows openings.
struct DailyMarket {
  typealias Loop<R: Recording> = TradingLoop<PaperExchange, Written, R>

  /// One day: open, high, low and close in hundredths, and what is forecast after it.
  struct Day {
    let date: TradingDay
    let prices: [Int64]
    let volume: Int64
    let forecast: Double?

    init(_ date: String, _ prices: [Int64], volume: Int64 = 1_000_000, forecast: Double? = nil) {
      self.date = TradingDay(date) ?? TradingDay(days: 0)
      self.prices = prices
      self.volume = volume
      self.forecast = forecast
    }
  }

  /// Says what was written down for the instant.
  struct Written: Forecasting {
    let beliefs: [Instant: Double]

    mutating func forecast(after bar: Bar) -> Forecast? {
      beliefs[bar.closedAt].map {
        Forecast(
          instrument: bar.instrument, model: ModelID(1), expectedReturn: $0, deviation: 0,
          horizonBars: 1)
      }
    }
  }

  let desk: Desk
  private let exchange: PaperExchange
  private let bars: [Bar]
  private let beliefs: [Instant: Double]
  private let rules: ProductRules
  private let hours: Timetable
  private let code: String

  /// Slippage is a tick; the account holds a million.
  init(
    _ days: [Day], of symbol: String = "600000.SSE", lots: Int64 = 1_000, afterHours: Bool = false,
    band: Int64 = 500, orderShare: Int64 = 10_000, participation: Rate = .one
  ) throws {
    let symbol = try #require(Symbol(symbol))
    let book = try MarketBook.read(Home(folder: Workplace.home), of: [symbol.exchange])
    let (file, rules) = try book.rules(symbol)
    let hours = book.timetable(rules, in: file)
    (self.rules, self.hours, code) = (rules, hours, symbol.code)
    let closes = try days.map { try #require(hours.sessions(on: $0.date).last?.closes) }
    bars = zip(days, closes).map { day, closes in
      let prices = day.prices.map { Price(units: $0) }
      return Bar(
        instrument: InstrumentIndex(0), tradingDay: day.date, closedAt: closes, open: prices[0],
        high: prices[1], low: prices[2], close: prices[3], volume: day.volume)
    }
    beliefs = Dictionary(
      zip(closes, days).compactMap { at, day in day.forecast.map { (at, $0) } },
      uniquingKeysWith: { $1 })
    let gate = ForecastGate.Parameters(enter: 0.01, exit: 0, lots: lots, trail: nil)
    desk = Desk(
      instruments: 1, cash: Money(whole: 1_000_000),
      strategy: .forecastGate(ForecastGate(gate, instruments: 1)),
      limits: RiskLimits(
        priceBand: Rate(basisPoints: band), orderLots: 1_000_000,
        orderShare: Rate(basisPoints: orderShare), dailyLoss: .one, instrumentShare: .one,
        totalShare: .one),
      manners: Desk.Manners(
        aggressionTicks: 2, patienceBars: 2, tradesAfterHours: afterHours))
    exchange = PaperExchange(
      instruments: 1,
      manners: PaperExchange.Manners(
        slippageTicks: 1, participation: participation, afterHoursShare: .one))
  }

  var tape: Tape {
    let (rules, hours, code) = (rules, hours, code)
    return Tape([bars], tellsOpenings: true) {
      (instrument, day, reference) throws(RuleGap) -> InstrumentDay in
      try rules.day(
        day, of: instrument, grid: Grid(decimals: 2), reference: reference, code: code,
        sessions: Array(hours.sessions(on: day)))
    }
  }

  func loop<R: Recording>(_ recorder: R) -> Loop<R> {
    Loop(desk: desk, venue: exchange, forecaster: Written(beliefs: beliefs), recorder: recorder)
  }

  func events() throws -> [Event] {
    var tape = tape
    var events: [Event] = []
    while let event = try tape.advance() { events.append(event) }
    return events
  }

  func backtest() throws -> Run {
    var loop = loop(RecordList())
    try play(tape, through: &loop)
    return Run(records: loop.recorder.records, desk: loop.desk, zone: hours.zone)
  }

  /// The same run with its journal in a file, killed after so many events and taken up again.
  func killed(after count: Int, before next: Bool, in path: String) throws -> [Record] {
    let events = try events()
    try begin(events, count, before: next, path)
    var resumed = try RecordedRun(path).resume(through: self.loop(RecordCount()))
    for event in events.dropFirst(resumed.events) {
      try resumed.loop.recorder.admit([event])
      resumed.loop.take(event)
    }
    resumed.loop.recorder.secure()
    try resumed.loop.recorder.throwIfBroken()
    var reader = try JournalReader(path)
    var records: [Record] = []
    while let record = try reader.next() { records.append(record) }
    return records
  }

  /// A kill may come before the next event is durable, or between that and its outcomes.
  private func begin(_ events: [Event], _ count: Int, before next: Bool, _ path: String) throws {
    var loop = loop(try JournalWriter(creating: path, describing: []))
    for event in events.prefix(count) {
      try loop.recorder.admit([event])
      loop.take(event)
    }
    if next, count < events.count { try loop.recorder.admit([events[count]]) }
  }

  /// What a run has told.
  struct Run {
    let records: [Record]
    let desk: Desk
    let zone: Zone

    private func clock(_ at: Instant) -> String {
      let (day, seconds) = zone.local(at)
      let minute = seconds / 60 % 60
      return "\(day) \(seconds / 3_600):\(minute < 10 ? "0" : "")\(minute)"
    }

    /// When each order was sent, what it does and at which limit.
    var orders: [String] {
      records.compactMap {
        guard case .command(.submit(let order), let at) = $0 else { return nil }
        return "\(clock(at)) \(order.side) \(order.offset) \(order.lots) at \(order.limit.units)"
      }
    }

    /// When each trade was told, and its price.
    var fills: [String] {
      records.compactMap {
        guard case .caused(let event) = $0, case .fill(let fill) = event.kind else { return nil }
        return "\(clock(event.at)) \(fill.side) \(fill.lots) at \(fill.price.units)"
      }
    }

    var denials: [RiskRule] {
      records.compactMap { if case .denial(let denial, _) = $0 { denial.rule } else { nil } }
    }

    var refusals: Int {
      records.count {
        guard case .caused(let event) = $0, case .refused = event.kind else { return false }
        return true
      }
    }

    var net: Int64 { desk.portfolio.holdings[0].position.net }
    var account: Account { desk.portfolio.account }
  }
}
