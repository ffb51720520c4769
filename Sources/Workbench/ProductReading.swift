import Console
import Market

/// Turns the products of one file into rules: their own, kind by kind, else the file's defaults.
struct ProductReading {
  let path: String
  let exchange: Exchange
  let sources: [String: String]
  /// From when a rule holds that says nothing, of a product whose listing is not told.
  let firstDay: TradingDay
  let pauses: [ClosedRange<TradingDay>]
  let timetables: [Value.Row]
  let defaults: Settings

  /// When a product traded, and from when its oldest rules are told.
  struct Life {
    let since: TradingDay
    let listed: TradingDay?
    let delisted: TradingDay?
  }

  /// A night before the day of its listing no product has.
  func rules(_ name: String, _ item: Settings) throws(Failure) -> ProductRules {
    let listed = item["listed"].orNil.map { TradingDay($0.date) }
    let life = Life(
      since: min(listed ?? firstDay, firstDay), listed: listed,
      delisted: item["delisted"].orNil.map { TradingDay($0.date) })
    let funding: Funding = item.choice("funding") == "cash" ? .cash : .margin
    return ProductRules(
      product: name, exchange: exchange, funding: funding,
      hours: try hours(name, item, life), nightPauses: pauses + (listed.map { [$0...$0] } ?? []),
      tick: try timeline(item, "tick", life) { rule throws(Failure) in
        try MarketText.tick(rule.text("value"), path)
      },
      multiplier: try timeline(item, "multiplier", life) { Int64($0.integer("value")) },
      size: try timeline(item, "size", life) {
        OrderSize(lot: Int64($0.integer("lot")), largest: Int64($0.integer("largest")))
      },
      priceLimit: try timeline(item, "price_limit", life) { Rate(nearest: $0.ratio("value")) },
      margin: try timeline(item, "margin", life) { Rate(nearest: $0.ratio("value")) },
      fees: try timeline(item, "fees", life, Self.fees),
      closing: try timeline(item, "closing", life, Self.closing),
      nextDay: try timeline(item, "next_day", life) { $0.flag("value") },
      futures: exchange.hasOffsets ? try contractRules(item, life) : nil,
      board: try boardRules(item, life))
  }

  private func contractRules(
    _ item: Settings, _ life: Life
  ) throws(Failure) -> ContractRules {
    ContractRules(
      listed: life.listed, delisted: life.delisted,
      months: item.list("months").map(\.integer),
      lastDay: try timeline(item, "last_day", life) { rule throws(Failure) in
        try lastDay(rule)
      },
      delivery: try timeline(item, "delivery", life, Self.delivery),
      largerSide: try timeline(item, "larger_side", life) { $0.flag("value") },
      dailyOpens: try timeline(item, "daily_opens", life) {
        OpeningLimit(
          lots: Int64($0.integer("value")),
          scope: $0.choice("counts") == "product" ? .product : .contract)
      },
      widening: try timeline(item, "widening", life) {
        Widening(
          steps: $0.list("steps").map { Rate(nearest: $0.ratio) },
          marginAbove: $0["margin_above"].orNil.map { Rate(nearest: $0.ratio) })
      },
      lastDayLimit: try timeline(item, "last_day_limit", life) { Rate(nearest: $0.ratio("value")) },
      lastDayHours: try timeline(item, "last_day_hours", life, spans))
  }

  /// A product's own hours, else those of the timetable it names, else the defaults.
  private func hours(
    _ name: String, _ item: Settings, _ life: Life
  ) throws(Failure) -> Timeline<[Hours]> {
    var rules = item.sections("hours")
    if rules.isEmpty, let named = item["timetable"].orNil?.text {
      guard let table = timetables.first(where: { $0.name == named }) else {
        throw Failure(
          .usage, "\(path): \(name) has the timetable \"\(named)\", which is not in timetables")
      }
      rules = table.value.list.map(\.section)
    }
    if rules.isEmpty { rules = defaults.sections("hours") }
    return try facts(rules, life, spans)
  }

  private func spans(_ rule: Settings) throws(Failure) -> [Hours] {
    try rule.list("spans").map { text throws(Failure) in try MarketText.hours(text.text, path) }
  }

  func timeline<Value>(
    _ item: Settings, _ key: String, _ life: Life,
    _ value: (Settings) throws(Failure) -> Value
  ) throws(Failure) -> Timeline<Value> {
    let own = item.sections(key)
    return try facts(own.isEmpty ? defaults.sections(key) : own, life, value)
  }

  func facts<Value>(
    _ rules: [Settings], _ life: Life, _ value: (Settings) throws(Failure) -> Value
  ) throws(Failure) -> Timeline<Value> {
    var facts: [Fact<Value>] = []
    for rule in rules {
      let source = rule.text("source")
      let from = rule["from"].orNil.map { TradingDay($0.date) }
      let fact = Fact(
        try value(rule), from: from ?? life.since,
        until: rule["until"].orNil.map { TradingDay($0.date) }, source: sources[source] ?? source,
        isVerified: rule.flag("verified"))
      if from == nil, life.listed == nil { facts.append(Self.beforeTheTable(fact)) }
      facts.append(fact)
    }
    return Timeline(facts).clipped(from: life.listed, to: life.delisted)
  }

  /// Where a listing is not told, the oldest rules stand in for the days before the table: bars that
  /// tell their own days may be older.
  private static func beforeTheTable<Value>(_ fact: Fact<Value>) -> Fact<Value> {
    Fact(
      fact.value, from: TradingDay(year: 1970, month: 1, day: 1), until: fact.from.previous,
      source: "the table's first, \(fact.source)", isVerified: false)
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

  private static func delivery(_ rule: Settings) -> DeliveryRule {
    let rate = { (name: String) in rule[name].orNil.map { Rate(nearest: $0.ratio) } }
    return DeliveryRule(
      personsMayHold: rule.flag("persons"),
      personsLeave: rule["persons_leave"].orNil.map(\.integer), lots: Int64(rule.integer("lots")),
      monthBefore: rate("month_before"), month: rate("month"), lastDays: rate("last_days"))
  }

  private func lastDay(_ rule: Settings) throws(Failure) -> LastDay {
    let number = rule.integer("number")
    let counting: LastDay.Counting =
      switch rule.choice("counts") {
      case "dates": .dates
      case "mondays": .mondays
      case "fridays": .fridays
      default: .tradingDays
      }
    guard number > 0 || (number < 0 && counting != .dates) else {
      throw Failure(
        .usage, "\(path): a last day is number \(number); count from 1, or trading days from -1")
    }
    return LastDay(counting, number, monthsBefore: rule.integer("months_before"))
  }
}
