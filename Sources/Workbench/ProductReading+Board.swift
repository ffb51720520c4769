import Bytes
import Console
import Market

extension ProductReading {
  /// The stock part of a product; `nil` for one that has neither codes nor a rule of this part.
  func boardRules(_ item: Settings, _ life: Life) throws(Failure) -> BoardRules? {
    let codes = item.list("board.codes").map(\.text)
    let own = item.entries.contains { $0.key.hasPrefix("board.") && !$0.value.list.isEmpty }
    guard own else { return nil }
    return BoardRules(
      codes: codes, limits: try timeline(item, "board.limits", life, Self.limit),
      cages: try timeline(item, "board.cages", life) {
        PriceCage(rate: Rate(nearest: $0.ratio("value")), ticks: Int64($0.integer("ticks")))
      },
      ticks: try timeline(item, "board.ticks", life) { rule throws(Failure) in
        try MarketText.bands(rule.list("bands").map(\.text), path)
      },
      lots: try timeline(item, "board.lots", life) {
        LotRule(least: Int64($0.integer("least")), sellsRemainder: $0.flag("odd_sale"))
      },
      lotsByCode: try codeLots(item.sections("board.lots_by_code"), life),
      uncancellable: try timeline(item, "board.uncancellable", life, clocks),
      afterHours: try timeline(item, "board.after_hours", life, clocks),
      levies: try levies(item, life))
  }

  private static func limit(_ rule: Settings) -> LimitRule {
    let rate = { (key: String) in rule[key].orNil.map { Rate(nearest: $0.ratio) } }
    var span: LimitRule.Span?
    if let up = rate("new_up"), let down = rate("new_down") { span = .init(up: up, down: down) }
    return LimitRule(
      usual: rate("value"), warned: rate("warned"), newDays: rule.integer("new_days"),
      ofNewDays: span)
  }

  private func codeLots(_ rules: [Settings], _ life: Life) throws(Failure) -> [CodeLot] {
    var codes: [String] = []
    for rule in rules where !codes.contains(rule.text("code")) { codes.append(rule.text("code")) }
    return try codes.map { code throws(Failure) in
      let own = rules.filter { $0.text("code") == code }
      return CodeLot(code: code, lots: try facts(own, life) { Int64($0.integer("value")) })
    }
  }

  /// A board's own levies, all of them, else the defaults.
  private func levies(_ item: Settings, _ life: Life) throws(Failure) -> [LevyHistory] {
    let own = item.sections("board.levies")
    let rules = own.isEmpty ? defaults.sections("board.levies") : own
    var histories: [LevyHistory] = []
    for kind in LevyKind.allCases {
      let some = rules.filter { $0.choice("kind") == kind.name }
      guard !some.isEmpty else { continue }
      let timeline = try facts(some, life) { Self.levy(kind, $0) }
      histories.append(LevyHistory(kind: kind, timeline: timeline))
    }
    return histories
  }

  private static func levy(_ kind: LevyKind, _ rule: Settings) -> Levy {
    let money = { (key: String) in Money(minor: rule.moneyHundredths(key)) }
    return Levy(
      kind: kind, onBuys: Rate(nearest: rule.ratio("buys")),
      onSales: Rate(nearest: rule.ratio("sales")), boughtPerMillion: money("bought_per_million"),
      soldPerMillion: money("sold_per_million"), least: money("least"),
      most: rule["most"].orNil.map { Money(minor: $0.moneyHundredths) },
      isWhole: rule.flag("whole"), isInCommission: rule.flag("in_commission"))
  }

  private func clocks(_ rule: Settings) throws(Failure) -> [ClockSpan] {
    try rule.list("spans").map { text throws(Failure) in try MarketText.clock(text.text, path) }
  }
}

extension MarketText {
  /// Reads `09:20-09:25`.
  static func clock(_ text: String, _ path: String) throws(Failure) -> ClockSpan {
    let ends = text.split(separator: "-")
    guard ends.count == 2, let from = try? TimeText.parseTimeOfDay(String(ends[0])),
      let until = try? TimeText.parseTimeOfDay(String(ends[1])), from < until
    else {
      throw Failure(
        .usage, "\(path): \"\(text)\" is not a span of the clock",
        remedy: "Write one such as \"09:20-09:25\".")
    }
    let second = TimeText.nanosPerSecond
    return ClockSpan(fromSecond: from / second, untilSecond: until / second)
  }

  /// Reads bands such as `10 0.02`: from 10 on, steps of 0.02.
  static func bands(_ texts: [String], _ path: String) throws(Failure) -> [TickBand] {
    let bands = try texts.map { text throws(Failure) in try band(text, path) }
    let starts = bands.map(\.from)
    guard starts.first == 0, zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw Failure(.usage, "\(path): bands of prices start at 0 and rise, not as in \(texts)")
    }
    return bands
  }

  private static func band(_ text: String, _ path: String) throws(Failure) -> TickBand {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 2,
      let from = try? DecimalText.parse(words[0], decimals: Int(Grid.most)), from >= 0
    else {
      throw Failure(
        .usage, "\(path): \"\(text)\" is not a band of prices",
        remedy: "Write the price it starts at and its step, such as \"10 0.02\".")
    }
    return TickBand(from: from, tick: try tick(words[1], path))
  }
}
