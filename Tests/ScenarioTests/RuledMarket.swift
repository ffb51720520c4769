import Console
import Engine
import Market
import Testing
import Trading
import VenuePaper
import Workbench

/// One instrument under the shipped rules of its day, traded by forecasts through the real loop.
struct RuledMarket {
  typealias Loop = TradingLoop<PaperExchange, NoForecasts, RecordList>

  static let grid = Grid(decimals: 2)

  private(set) var loop: Loop
  private let file: MarketFile
  private let rules: ProductRules
  private let hours: Timetable
  private let code: String
  private var today = TradingDay(days: 0)
  private let fresh: Desk

  init(
    _ symbol: String, lots: Int64, aggression: Int64 = 2, patience: Int = 2,
    afterHours: Bool = false, slippage: Int64 = 0, participation: Rate = .one
  ) throws {
    let symbol = try #require(Symbol(symbol))
    let book = try MarketBook.read(Home(folder: Workplace.home), of: [symbol.exchange])
    (file, rules) = try book.rules(symbol)
    hours = book.timetable(rules, in: file)
    code = symbol.code
    let gate = ForecastGate.Parameters(enter: 0.01, exit: 0, lots: lots, trail: nil)
    fresh = Desk(
      instruments: 1, cash: Money(whole: 10_000_000),
      strategy: .forecastGate(ForecastGate(gate, instruments: 1)),
      limits: RiskLimits(
        priceBand: .one, orderLots: 1_000_000, orderShare: .one, dailyLoss: .one,
        instrumentShare: .one, totalShare: .one),
      manners: Desk.Manners(
        aggressionTicks: aggression, patienceBars: patience, tradesAfterHours: afterHours))
    let exchange = PaperExchange(
      instruments: 1,
      manners: PaperExchange.Manners(
        slippageTicks: slippage, participation: participation, afterHoursShare: .one))
    loop = TradingLoop(
      desk: fresh, venue: exchange, forecaster: NoForecasts(), recorder: RecordList())
  }

  private func instant(_ clock: String) -> Instant {
    let parts = clock.split(separator: ":").compactMap { Int64($0) }
    return hours.zone.instant(today, seconds: parts[0] * 3_600 + parts[1] * 60)
  }

  /// Begins a day with its rules, at its first opening.
  mutating func begin(_ date: String, reference: Int64) throws {
    today = try #require(TradingDay(date))
    let sessions = hours.sessions(on: today)
    let opens = try #require(sessions.first?.opens)
    let terms = try rules.day(
      today, of: InstrumentIndex(0), grid: Self.grid, reference: Price(units: reference),
      code: code, sessions: Array(sessions))
    loop.take(Event(at: opens, .dayBegan(today)))
    loop.take(Event(at: opens, .terms(terms)))
  }

  /// A bar of one price closes at a clock time, perhaps with a forecast behind it.
  mutating func bar(
    _ clock: String, _ price: Int64, volume: Int64 = 1_000_000, forecast: Double? = nil
  ) {
    bar(instant(clock), price, volume: volume, forecast: forecast)
  }

  mutating func bar(
    _ closes: Instant, _ price: Int64, volume: Int64 = 1_000_000, forecast: Double? = nil
  ) {
    let price = Price(units: price)
    let bar = Bar(
      instrument: InstrumentIndex(0), tradingDay: today, closedAt: closes, open: price,
      high: price, low: price, close: price, volume: volume)
    loop.take(Event(at: closes, .bar(bar)))
    if let forecast {
      let told = Forecast(
        instrument: InstrumentIndex(0), model: ModelID(1), expectedReturn: forecast, deviation: 0,
        horizonBars: 1)
      loop.take(Event(at: closes, .forecast(told)))
    }
    loop.take(Event(at: closes, .instantClosed))
  }

  /// The minutes of a day's sessions at which bars close.
  func minutes(of date: String) throws -> [Instant] {
    hours.sessions(on: try #require(TradingDay(date))).filter { $0.phase != .auction }.flatMap {
      session in
      sequence(first: session.opens.advanced(bySeconds: 60)) { $0.advanced(bySeconds: 60) }
        .prefix { $0 <= session.closes }
    }
  }

  func sessions(of date: String) throws -> [Session] {
    Array(hours.sessions(on: try #require(TradingDay(date))))
  }

  // MARK: What was told

  var fees: Money { loop.desk.portfolio.account.fees }
  var net: Int64 { loop.desk.portfolio.holdings[0].position.net }

  var orders: [Order] {
    loop.recorder.records.compactMap {
      if case .command(.submit(let order), _) = $0 { order } else { nil }
    }
  }

  /// When cancels were asked for, on the exchange's clock.
  var cancels: [String] {
    loop.recorder.records.compactMap {
      guard case .command(.cancel, let at) = $0 else { return nil }
      let seconds = hours.zone.local(at).seconds
      return "\(seconds / 3_600):\(seconds / 60 % 60)"
    }
  }

  var events: [Event] {
    loop.recorder.records.compactMap {
      switch $0 {
      case .taken(let event), .caused(let event): event
      default: nil
      }
    }
  }

  var fills: [Fill] {
    events.compactMap { if case .fill(let fill) = $0.kind { fill } else { nil } }
  }

  var refusals: [Refusal] {
    events.compactMap { if case .refused(_, let reason) = $0.kind { reason } else { nil } }
  }

  var hasRefusedCancels: Bool {
    events.contains { if case .cancelRefused = $0.kind { true } else { false } }
  }

  /// A replay of the records decides the same and ends alike.
  func isTheSameAgain() throws -> Bool {
    let again = try replay(loop.recorder.records, through: fresh)
    return again.portfolio == loop.desk.portfolio && again.blotter == loop.desk.blotter
  }
}
