import Console
import Market
import Workbench

/// The rules of one product on one day, a row each.
struct RulesPage {
  private struct Row {
    let rule: String
    let value: String
    let since: String
    let source: String
    let isVerified: Bool
  }

  let title: String
  private var rows: [Row] = []

  init(
    rules: ProductRules, file: MarketFile, sessions: Timetable, day: TradingDay, asked: Symbol?
  ) {
    title = Self.title(rules, file, day, asked)
    addHours(rules, sessions, day, file.calendar.zone)
    addSpecial(file, day)
    if let asked { addFacts(asked, file, day) }
    if let board = rules.board {
      add(board, rules, on: day, code: asked?.code ?? "")
    } else {
      addContract(rules, day, asked.flatMap { rules.contract($0, near: day, in: file.calendar) })
    }
  }

  /// `600519.SSE, Shanghai main board, on 2019-06-03`.
  private static func title(
    _ rules: ProductRules, _ file: MarketFile, _ day: TradingDay, _ asked: Symbol?
  ) -> String {
    let product = "\(rules.product).\(rules.exchange.rawValue)"
    let name = file.products.first { $0.rules.product == rules.product }?.name ?? ""
    return "\(asked?.description ?? product), \(name), on \(day)"
      + (file.calendar.isOpen(day) ? "" : " (closed)")
  }

  private mutating func addContract(
    _ rules: ProductRules, _ day: TradingDay, _ contract: Contract?
  ) {
    let lot = rules.multiplier[day] ?? 1
    add("tick", rules.tick.fact(on: day)) { tick in
      let grid = Grid(decimals: tick.decimals)
      let worth = grid.worth(Price(units: tick.units), lots: 1, multiplier: lot)
      return "\(Price(units: tick.units).text(on: grid)), which is \(worth) a lot"
    }
    add("multiplier", rules.multiplier.fact(on: day)) { RuleText.count($0) }
    add("order size", rules.size.fact(on: day)) {
      "lots of \($0.lot), at most \(RuleText.count($0.largest))"
    }
    addLimits(rules, day, contract)
    addMargin(rules, day, contract)
    if let futures = rules.futures { addFutures(futures, contract, day) }
    addFees(rules, day)
  }

  private mutating func addLimits(
    _ rules: ProductRules, _ day: TradingDay, _ contract: Contract?
  ) {
    let usual = rules.priceLimit.fact(on: day)
    let last = rules.futures?.lastDayLimit.fact(on: day)
    let isLast = contract?.lastDay == day && last != nil
    add("price limit", isLast ? last : usual) {
      "±\(RuleText.percent($0))" + (isLast ? " on its last day" : "")
    }
    guard let usual else { return }
    add("after limit days", rules.futures?.widening.fact(on: day)) { widening in
      let limits = widening.steps.indices.map {
        "±" + RuleText.percent(widening.limit(usual.value, after: $0 + 1))
      }
      let margin = widening.marginAbove.map { ", margin \(RuleText.percent($0)) above" } ?? ""
      return limits.joined(separator: ", then ") + margin
    }
  }

  private mutating func addMargin(
    _ rules: ProductRules, _ day: TradingDay, _ contract: Contract?
  ) {
    guard let usual = rules.margin.fact(on: day), rules.funding == .margin else { return }
    let delivery = rules.futures?.delivery.fact(on: day)
    if let contract, let delivery,
      let least = delivery.value.leastMargin(contract.stage(on: day)), least > usual.value
    {
      add("margin", delivery) { _ in
        "\(RuleText.percent(least)), \(RuleText.text(contract.stage(on: day))); "
          + "else \(RuleText.percent(usual.value))"
      }
      return
    }
    add("margin", usual) { RuleText.percent($0) }
    guard contract == nil, delivery?.value.leastMargin(.lastDays) != nil else { return }
    add("near delivery", delivery, RuleText.text)
  }

  private mutating func addFees(_ rules: ProductRules, _ day: TradingDay) {
    add("fee, open", rules.fees.fact(on: day)) { RuleText.text($0.open) }
    add("fee, close", rules.fees.fact(on: day)) { RuleText.text($0.close) }
    add("fee, close today", rules.fees.fact(on: day)) { RuleText.text($0.closeToday) }
    add("closing takes", rules.closing.fact(on: day)) { RuleText.text($0.taking) }
    add("closing pays", rules.closing.fact(on: day)) {
      $0.charging == .byLot ? "each lot by its age" : "today's rate while lots of today are held"
    }
    if rules.funding == .cash {
      add("sale of today's lots", rules.nextDay.fact(on: day)) { $0 ? "tomorrow" : "at once" }
    }
  }

  /// What is told of the instrument itself.
  private mutating func addFacts(_ symbol: Symbol, _ file: MarketFile, _ day: TradingDay) {
    guard let facts = file.instruments.first(where: { $0.code == symbol.code }) else { return }
    add("standing", facts.status.fact(on: day)) { status in
      switch status {
      case .usual: "as usual"
      case .special: "under special treatment (ST)"
      case .suspended: "suspended: nothing is opened"
      case .delisting: "in its last weeks: nothing is opened"
      }
    }
    add("limits counted from", facts.previousClose.fact(on: day)) { Self.decimal($0) }
  }

  /// Why a day has hours of its own.
  private mutating func addSpecial(_ file: MarketFile, _ day: TradingDay) {
    guard let special = file.calendar.specialDay(day) else { return }
    let fact = Fact(
      special.why, from: day, until: day, source: file.days.source,
      isVerified: file.days.isVerified)
    add("this day only", fact) { $0 }
  }

  /// The sessions that took place, which is what the hours say but for pauses and special days.
  private mutating func addHours(
    _ rules: ProductRules, _ timetable: Timetable, _ day: TradingDay, _ zone: Zone
  ) {
    let held = timetable.sessions(on: day)
    let texts = { (phase: Phase) in
      held.filter { $0.phase == phase }.map { session in
        let opens = RuleText.clock(zone.local(session.opens).seconds)
        return "\(opens)–\(RuleText.clock(zone.local(session.closes).seconds))"
      }
    }
    let plan = rules.hours.fact(on: day)
    add("sessions", plan) { plan in
      let hasNights = plan.contains { $0.phase == .night }
      let night = texts(.night).map { "night " + $0 }
      let spans = (night.isEmpty && hasNights && !held.isEmpty ? ["no night"] : night) + texts(.day)
      return held.isEmpty ? "none" : spans.joined(separator: ", ")
    }
    if !texts(.auction).isEmpty {
      add("auctions", plan) { _ in texts(.auction).joined(separator: ", ") }
    }
  }

  private mutating func addFutures(
    _ futures: ContractRules, _ contract: Contract?, _ day: TradingDay
  ) {
    let delivery = futures.delivery.fact(on: day)
    if let contract {
      add("last trading day", futures.lastDay.fact(on: contract.delivery.first)) { _ in
        "\(contract.lastDay)" + (day > contract.lastDay ? ", so it is over" : "")
      }
    } else {
      add("last trading day", futures.lastDay.fact(on: day), RuleText.text)
    }
    add("natural persons", delivery) { RuleText.persons($0, contract) }
    if let rule = delivery?.value, rule.lots > 1 {
      add("lots in delivery month", delivery) { "multiples of \($0.lots)" }
    }
    add("larger side", futures.largerSide.fact(on: day)) {
      $0 ? "only the larger side pays margin" : "both sides pay margin"
    }
    add("opens a day", futures.dailyOpens.fact(on: day)) {
      "at most \(RuleText.count($0.lots)) lots of \($0.scope == .product ? "all contracts together" : "a contract")"
    }
  }

  /// The rules, each with the number of its source.
  var table: Table {
    var table = Table(
      .text("rule"), .prose("value"), .text("since"), .text(""), .number("source"))
    for row in rows {
      let number = sources.firstIndex(of: row.source).map { "\($0 + 1)" } ?? ""
      table.add(row.rule, row.value, row.since, row.isVerified ? "✓" : "?", number)
    }
    return table
  }

  /// The sources by their numbers, in the order they are first named.
  var sourceTable: Table {
    var table = Table(.number("source"), .prose("where it is known from"))
    for (index, source) in sources.enumerated() { table.add("\(index + 1)", source) }
    return table
  }

  private var sources: [String] {
    rows.reduce(into: []) { if !$0.contains($1.source) { $0.append($1.source) } }
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

  /// Puts what is known of the day in the place of the rule that says what is usual.
  mutating func put(_ rule: String, _ value: String, day: TradingDay, source: String) {
    let row = Row(
      rule: rule, value: value, since: day.description, source: source, isVerified: true)
    if let place = rows.firstIndex(where: { $0.rule == rule }) {
      rows[place] = row
    } else {
      rows.append(row)
    }
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
}

/// Rules in a trader's words.
enum RuleText {
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

  /// `1,000,000`.
  static func count(_ value: Int64) -> String {
    var text = ""
    for (place, digit) in String(value).reversed().enumerated() {
      text = "\(digit)" + (place > 0 && place % 3 == 0 ? "," : "") + text
    }
    return text
  }

  static func text(_ rule: DeliveryRule) -> String {
    var parts: [String] = []
    if let least = rule.monthBefore { parts.append("\(percent(least)) the month before") }
    if let least = rule.month { parts.append("\(percent(least)) in the month") }
    if let least = rule.lastDays { parts.append("\(percent(least)) in the last three days") }
    return "at least " + parts.joined(separator: ", ")
  }

  static func text(_ taking: ClosingRule.Taking) -> String {
    switch taking {
    case .byFlag: "the lots its flag names"
    case .yesterdayFirst: "yesterday's lots first"
    case .todayFirst: "today's lots first"
    }
  }

  static func text(_ stage: DeliveryRule.Stage) -> String {
    switch stage {
    case .far: "far from delivery"
    case .monthBefore: "the month before delivery"
    case .month: "in its delivery month"
    case .lastDays: "in its last days"
    case .over: "no longer traded"
    }
  }

  static func persons(_ rule: DeliveryRule, _ contract: Contract?) -> String {
    if rule.personsMayHold { return "may hold to the end" }
    if let day = contract?.leaveBy { return "must be out by the close of \(day)" }
    return rule.personsLeave.map { "must be out \($0) trading days before the last one" }
      ?? "may not hold in the delivery month"
  }

  static func text(_ last: LastDay) -> String {
    let place = last.number > 0 ? "number \(last.number)" : "number \(-last.number) from the end"
    let counted =
      switch last.counting {
      case .dates: "day \(last.number) of the delivery month, or the next one"
      case .tradingDays: "trading day \(place) of the month"
      case .mondays: "Monday \(place) of the month"
      case .fridays: "Friday \(place) of the month, or the next one"
      }
    return counted + (last.monthsBefore > 0 ? " before delivery" : "")
  }

  static func clock(_ seconds: Int64) -> String {
    let pad = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
    return "\(pad(seconds / 3_600 % 24)):\(pad(seconds / 60 % 60))"
  }
}
