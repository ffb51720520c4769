import Console
import Market
import Workbench

extension Command {
  static let rules = Command(
    "rules", "Print the rules that held for an instrument on a day",
    about: """
      Each rule with the day it came into force, where it is known from, and whether public \
      sources agree on it (✓). What is not verified is a default: mend it in config/markets.
      """,
    flags: [Flag("on", value: "DATE", "The trading day.", shownDefault: "the calendar's last")],
    operands: [Operand("SYMBOL", "A symbol such as rb2105.SHFE, or a product such as rb.")],
    examples: [
      Example("rules rb2005.SHFE --on 2020-02-04", "Rebar after the epidemic's margin rise")
    ]
  ) { invocation in
    let book = try MarketBook.read(Home.find())
    let (file, rules) = try book.product(invocation.operand("SYMBOL") ?? "")
    let day = try day(invocation, file)
    let page = RulesPage(rules, on: day, in: file, code: code(invocation))
    invocation.terminal.say(
      RulesPage.title(rules, in: file, asked: invocation.operand("SYMBOL"), day))
    if invocation.terminal.isJSON {
      invocation.terminal.print(page.json)
    } else {
      invocation.terminal.print(page.table)
    }
    return .ok
  }

  private static func code(_ invocation: Invocation) -> String {
    invocation.operand("SYMBOL").flatMap { Symbol($0) }?.code ?? ""
  }

  private static func day(
    _ invocation: Invocation, _ file: MarketFile
  ) throws(Failure) -> TradingDay {
    guard let text = invocation.text("on") else {
      guard let last = file.calendar.days.last else {
        throw Failure(.usage, "\(file.path): the calendar has no trading day")
      }
      return last
    }
    guard let day = TradingDay(text) else {
      throw invocation.usageFailure("--on is \"\(text)\": expected a date such as 2020-01-31")
    }
    return day
  }
}

/// The rules of one product on one day, a row each.
struct RulesPage {
  private struct Row {
    let rule: String
    let value: String
    let since: String
    let source: String
    let isVerified: Bool
  }

  private var rows: [Row] = []

  init(_ rules: ProductRules, on day: TradingDay, in file: MarketFile, code: String) {
    add("sessions", rules.hours.fact(on: day)) { $0.map(Self.text).joined(separator: ", ") }
    addSpecial(file, day)
    if let board = rules.board {
      add(board, rules, on: day, code: code)
    } else {
      addContract(rules, on: day)
    }
  }

  private mutating func addContract(_ rules: ProductRules, on day: TradingDay) {
    add("tick", rules.tick.fact(on: day)) {
      Price(units: $0.units).text(on: Grid(decimals: $0.decimals))
    }
    add("multiplier", rules.multiplier.fact(on: day)) { "\($0)" }
    add("order size", rules.size.fact(on: day)) { "lots of \($0.lot), at most \($0.largest)" }
    add("price limit", rules.priceLimit.fact(on: day)) { "±\(Self.percent($0))" }
    if rules.funding == .margin {
      add("margin", rules.margin.fact(on: day)) { Self.percent($0) }
    }
    add("fee, open", rules.fees.fact(on: day)) { Self.text($0.open) }
    add("fee, close", rules.fees.fact(on: day)) { Self.text($0.close) }
    add("fee, close today", rules.fees.fact(on: day)) { Self.text($0.closeToday) }
    add("closing takes", rules.closing.fact(on: day)) { Self.text($0.taking) }
    add("closing pays", rules.closing.fact(on: day)) {
      $0.charging == .byLot ? "each lot by its age" : "today's rate first"
    }
    add("sale of today's lots", rules.nextDay.fact(on: day)) { $0 ? "tomorrow" : "at once" }
  }

  /// The hours of a day that has its own.
  private mutating func addSpecial(_ file: MarketFile, _ day: TradingDay) {
    guard let special = file.calendar.specialDay(day), let spans = special.spans else { return }
    let fact = Fact(
      spans, from: day, until: day, source: special.why, isVerified: file.days.isVerified)
    add("this day only", fact) { $0.map(Self.text).joined(separator: ", ") }
  }

  /// `600519.SSE, Shanghai main board, on 2019-06-03`.
  static func title(
    _ rules: ProductRules, in file: MarketFile, asked: String?, _ day: TradingDay
  ) -> String {
    let product = "\(rules.product).\(rules.exchange.rawValue)"
    guard rules.board != nil else { return "\(product) on \(day)" }
    let name = file.products.first { $0.rules.product == rules.product }?.name ?? product
    return "\(asked ?? product), \(name), on \(day)"
      + (file.calendar.isOpen(day) ? "" : " (closed)")
  }

  var table: Table {
    var table = Table(.text("rule"), .prose("value"), .text("since"), .text(""), .prose("source"))
    for row in rows {
      table.add(row.rule, row.value, row.since, row.isVerified ? "✓" : "?", row.source)
    }
    return table
  }

  var json: JSON {
    .list(
      rows.map {
        [
          "rule": .text($0.rule), "value": .text($0.value), "since": .text($0.since),
          "source": .text($0.source), "verified": .flag($0.isVerified),
        ]
      })
  }

  mutating func add<Value>(
    _ rule: String, _ fact: Fact<Value>?, _ text: (Value) -> String
  ) {
    guard let fact else { return }
    rows.append(
      Row(
        rule: rule, value: text(fact.value), since: fact.from.description, source: fact.source,
        isVerified: fact.isVerified))
  }

  static func percent(_ rate: Rate) -> String {
    var text = Price(units: rate.hundredMillionths).text(on: Grid(decimals: 6))
    while text.hasSuffix("0") { text.removeLast() }
    return (text.hasSuffix(".") ? String(text.dropLast()) : text) + " %"
  }

  static func text(_ fee: Fee) -> String {
    switch (fee.rate == .zero, fee.perLot == .zero) {
    case (true, true): "none"
    case (false, true): "\(percent(fee.rate)) of the value"
    case (true, false): "\(fee.perLot) a lot"
    case (false, false): "\(percent(fee.rate)) and \(fee.perLot) a lot"
    }
  }

  private static func text(_ taking: ClosingRule.Taking) -> String {
    switch taking {
    case .byFlag: "the lots its flag names"
    case .yesterdayFirst: "yesterday's lots first"
    case .todayFirst: "today's lots first"
    }
  }

  static func clock(_ seconds: Int64) -> String {
    let pad = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
    return "\(pad(seconds / 3_600 % 24)):\(pad(seconds / 60 % 60))"
  }

  static func text(_ hours: Hours) -> String {
    "\(hours.phase.name) \(clock(hours.opensSecond))–\(clock(hours.closesSecond))"
  }
}
