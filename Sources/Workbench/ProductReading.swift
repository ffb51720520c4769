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

  func rules(_ name: String, _ item: Settings) throws(Failure) -> ProductRules {
    let since = item["listed"].orNil.map { TradingDay($0.date) } ?? firstDay
    let funding: Funding = item.choice("funding") == "cash" ? .cash : .margin
    return ProductRules(
      product: name, exchange: exchange, funding: funding,
      hours: try hours(name, item, since), nightPauses: pauses,
      tick: try timeline(item, "tick", since) { rule throws(Failure) in
        try MarketText.tick(rule.text("value"), path)
      },
      multiplier: try timeline(item, "multiplier", since) { Int64($0.integer("value")) },
      size: try timeline(item, "size", since) {
        OrderSize(lot: Int64($0.integer("lot")), largest: Int64($0.integer("largest")))
      },
      priceLimit: try timeline(item, "price_limit", since) { Rate(nearest: $0.ratio("value")) },
      margin: try timeline(item, "margin", since) { Rate(nearest: $0.ratio("value")) },
      fees: try timeline(item, "fees", since, Self.fees),
      closing: try timeline(item, "closing", since, Self.closing),
      nextDay: try timeline(item, "next_day", since) { $0.flag("value") },
      futures: exchange.hasOffsets ? try contractRules(item, since) : nil,
      board: try boardRules(item, since))
  }

  private func contractRules(
    _ item: Settings, _ since: TradingDay
  ) throws(Failure) -> ContractRules {
    ContractRules(
      listed: item["listed"].orNil.map { TradingDay($0.date) },
      delisted: item["delisted"].orNil.map { TradingDay($0.date) },
      months: item.list("months").map(\.integer),
      lastDay: try timeline(item, "last_day", since) { rule throws(Failure) in
        try lastDay(rule)
      },
      delivery: try timeline(item, "delivery", since, Self.delivery),
      largerSide: try timeline(item, "larger_side", since) { $0.flag("value") },
      dailyOpens: try timeline(item, "daily_opens", since) { Int64($0.integer("value")) })
  }

  /// A product's own hours, else those of the timetable it names, else the defaults.
  private func hours(
    _ name: String, _ item: Settings, _ since: TradingDay
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
    return try facts(rules, since) { rule throws(Failure) in
      try rule.list("spans").map { text throws(Failure) in try MarketText.hours(text.text, path) }
    }
  }

  func timeline<Value>(
    _ item: Settings, _ key: String, _ since: TradingDay,
    _ value: (Settings) throws(Failure) -> Value
  ) throws(Failure) -> Timeline<Value> {
    let own = item.sections(key)
    return try facts(own.isEmpty ? defaults.sections(key) : own, since, value)
  }

  func facts<Value>(
    _ rules: [Settings], _ since: TradingDay, _ value: (Settings) throws(Failure) -> Value
  ) throws(Failure) -> Timeline<Value> {
    // A rule without a day opens its list: it must not shadow one that is older than the listing.
    let dated = rules.compactMap { $0["from"].orNil.map { TradingDay($0.date) } }
    let start = dated.contains { $0 < since } ? firstDay : since
    return Timeline(
      try rules.map { rule throws(Failure) in
        let source = rule.text("source")
        return Fact(
          try value(rule), from: rule["from"].orNil.map { TradingDay($0.date) } ?? start,
          until: rule["until"].orNil.map { TradingDay($0.date) },
          source: sources[source] ?? source, isVerified: rule.flag("verified"))
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

  private static func delivery(_ rule: Settings) -> DeliveryRule {
    let rate = { (name: String) in rule[name].orNil.map { Rate(nearest: $0.ratio) } }
    return DeliveryRule(
      personsMayHold: rule.flag("persons"), lots: Int64(rule.integer("lots")),
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
