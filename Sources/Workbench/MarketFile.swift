import Bytes
public import Console
public import Market

/// One file of `config/markets`, read into the market's words.
public struct MarketFile: Sendable {
  public let path: String
  public let exchange: Exchange
  public let calendar: ExchangeCalendar
  public let calendarSource: String
  public let isCalendarVerified: Bool
  /// Days without trading and the occasion of each.
  public let closures: [(days: ClosedRange<TradingDay>, why: String)]
  public let products: [ProductRules]
  /// What each product is, for people; in the order of `products`.
  public let names: [String]

  public static func read(path: String) throws(Failure) -> MarketFile {
    do {
      let document = YamlDocument.read(path: path)
      return try MarketFile(path: path, try Settings.resolve(.market, document: document))
    } catch let error as SettingsError {
      throw error.failure
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.usage, "\(path): \(error)")
    }
  }

  init(path: String, _ settings: Settings) throws(Failure) {
    guard let exchange = Exchange(rawValue: settings.choice("exchange")) else {
      preconditionFailure("the schema offers an exchange that Market does not know")
    }
    let first = TradingDay(settings.date("calendar.first"))
    let last = TradingDay(settings.date("calendar.last"))
    guard first <= last else {
      throw Failure(.usage, "\(path): calendar.first is after calendar.last")
    }
    closures = try settings.sections("calendar.closures").map { item throws(Failure) in
      (try Self.span(item, path), item.text("why"))
    }
    self.path = path
    self.exchange = exchange
    calendar = ExchangeCalendar(
      zone: exchange.zone, first: first, last: last, closures: closures.flatMap { Array($0.days) },
      openEveryDay: settings.flag("calendar.weekends"))
    calendarSource = settings.text("calendar.source")
    isCalendarVerified = settings.flag("calendar.verified")
    let pauses = try settings.sections("night_pauses").map { item throws(Failure) in
      try Self.span(item, path)
    }
    let rows = settings.table("products")
    names = rows.map { $0.value.section.text("name") }
    products = try rows.map { row throws(Failure) in
      try Self.product(row.name, row.value.section, exchange, pauses, path)
    }
  }

  private static func span(
    _ item: Settings, _ path: String
  ) throws(Failure) -> ClosedRange<TradingDay> {
    let from = TradingDay(item.date("from"))
    let until = item["until"].orNil.map { TradingDay($0.date) } ?? from
    guard from <= until else { throw Failure(.usage, "\(path): \(from) is after \(until)") }
    return from...until
  }

  private static func product(
    _ name: String, _ item: Settings, _ exchange: Exchange, _ pauses: [ClosedRange<TradingDay>],
    _ path: String
  ) throws(Failure) -> ProductRules {
    ProductRules(
      product: name, exchange: exchange,
      funding: item.choice("funding") == "cash" ? .cash : .margin,
      hours: try timeline(item, "hours") { rule throws(Failure) in
        try rule.list("spans").map { text throws(Failure) in try hours(text.text, path) }
      },
      nightPauses: pauses,
      tick: try timeline(item, "tick") { rule throws(Failure) in
        try tick(rule.text("value"), path)
      },
      multiplier: try timeline(item, "multiplier") { Int64($0.integer("value")) },
      size: try timeline(item, "size") {
        OrderSize(lot: Int64($0.integer("lot")), largest: Int64($0.integer("largest")))
      },
      priceLimit: try timeline(item, "price_limit") { Rate(nearest: $0.ratio("value")) },
      margin: try timeline(item, "margin") { Rate(nearest: $0.ratio("value")) },
      fees: try timeline(item, "fees", fees), closing: try timeline(item, "closing", closing),
      nextDay: try timeline(item, "next_day") { $0.flag("value") },
      board: try item["board"].orNil.map { value throws(Failure) in
        try board(value.section, path)
      })
  }

  static func timeline<Value>(
    _ item: Settings, _ key: String, _ value: (Settings) throws(Failure) -> Value
  ) throws(Failure) -> Timeline<Value> {
    Timeline(
      try item.sections(key).map { rule throws(Failure) in
        Fact(
          try value(rule), from: TradingDay(rule.date("from")),
          until: rule["until"].orNil.map { TradingDay($0.date) }, source: rule.text("source"),
          isVerified: rule.flag("verified"))
      })
  }

  private static func fees(_ rule: Settings) -> Fees {
    let fee = { (name: String) in
      Fee(
        rate: Rate(nearest: rule.ratio("\(name).rate")),
        perLot: Money(minor: rule.moneyHundredths("\(name).per_lot")))
    }
    return Fees(
      open: fee("open"), close: fee("close"), closeToday: fee("close_today"),
      minimum: Money(minor: rule.moneyHundredths("minimum")),
      saleTax: Rate(nearest: rule.ratio("sale_tax")))
  }

  private static func closing(_ rule: Settings) -> ClosingRule {
    let takes: ClosingRule.Taking =
      switch rule.choice("takes") {
      case "by_flag": .byFlag
      case "today_first": .todayFirst
      default: .yesterdayFirst
      }
    return ClosingRule(
      taking: takes, charging: rule.choice("charges") == "today_first" ? .todayFirst : .byLot)
  }

  static func tick(_ text: String, _ path: String) throws(Failure) -> Tick {
    let decimals = text.split(separator: ".", omittingEmptySubsequences: false)
    let places = decimals.count == 2 ? decimals[1].utf8.count : 0
    guard places <= Int(Grid.most), let units = try? DecimalText.parse(text, decimals: places),
      units > 0
    else {
      throw Failure(.usage, "\(path): \"\(text)\" is not a price step; write a decimal such as 0.2")
    }
    return Tick(units: units, decimals: UInt8(places))
  }

  /// Reads `day 09:00-10:15`; a closing time before the opening one is of the next morning.
  private static func hours(_ text: String, _ path: String) throws(Failure) -> Hours {
    let words = text.split(separator: " ")
    let ends = words.last?.split(separator: "-") ?? []
    guard words.count == 2, ends.count == 2,
      let phase = Phase.allCases.first(where: { $0.name == words[0] }),
      let opens = try? TimeText.parseTimeOfDay(String(ends[0])),
      let closes = try? TimeText.parseTimeOfDay(String(ends[1])), opens != closes
    else {
      throw Failure(
        .usage, "\(path): \"\(text)\" is not a span; write one such as \"night 21:00-02:30\"")
    }
    let second = TimeText.nanosPerSecond
    let morning = closes < opens ? closes + TimeText.nanosPerDay : closes
    return Hours(phase, opensSecond: opens / second, closesSecond: morning / second)
  }
}
