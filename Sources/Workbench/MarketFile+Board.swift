import Bytes
import Console
import Market

extension MarketFile {
  /// The stock part of a product.
  static func board(_ item: Settings, _ path: String) throws(Failure) -> BoardRules {
    BoardRules(
      codes: item.list("codes").map(\.text), limits: try timeline(item, "limits", limit),
      cages: try timeline(item, "cages") {
        PriceCage(rate: Rate(nearest: $0.ratio("value")), ticks: Int64($0.integer("ticks")))
      },
      ticks: try timeline(item, "ticks") { rule throws(Failure) in
        try bands(rule.list("bands").map(\.text), path)
      },
      lots: try timeline(item, "lots") {
        LotRule(least: Int64($0.integer("least")), sellsRemainder: $0.flag("odd_sale"))
      },
      lotsByCode: codeLots(item.sections("lots_by_code")),
      uncancellable: try timeline(item, "uncancellable") { rule throws(Failure) in
        try clocks(rule, path)
      },
      afterHours: try timeline(item, "after_hours") { rule throws(Failure) in
        try clocks(rule, path)
      },
      levies: levies(item.sections("levies")))
  }

  private static func limit(_ rule: Settings) -> LimitRule {
    let rate = { (key: String) in rule[key].orNil.map { Rate(nearest: $0.ratio) } }
    var span: LimitRule.Span?
    if let up = rate("new_up"), let down = rate("new_down") { span = .init(up: up, down: down) }
    return LimitRule(
      usual: rate("value"), warned: rate("warned"), newDays: rule.integer("new_days"),
      ofNewDays: span)
  }

  /// Reads `10 0.02`: from 10 on, steps of 0.02.
  private static func bands(_ texts: [String], _ path: String) throws(Failure) -> [TickBand] {
    var bands: [TickBand] = []
    for text in texts {
      let words = text.split(separator: " ").map(String.init)
      let places = words.first?.split(separator: ".").dropFirst().first?.utf8.count ?? 0
      guard words.count == 2, let from = try? DecimalText.parse(words[0], decimals: places),
        from >= 0, places <= Int(Grid.most)
      else {
        throw Failure(
          .usage, "\(path): \"\(text)\" is not a band of prices",
          remedy: "Write the price it starts at and its step, such as \"10 0.02\".")
      }
      bands.append(
        TickBand(
          fromUnits: from, fromDecimals: UInt8(places), tick: try tick(words[1], path)))
    }
    let grid = Grid(decimals: Grid.most)
    let starts = bands.map {
      $0.fromUnits * (grid.unitsPerOne / Grid(decimals: $0.fromDecimals).unitsPerOne)
    }
    guard starts.first == 0, zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw Failure(.usage, "\(path): bands of prices start at 0 and rise: \(texts)")
    }
    return bands
  }

  private static func codeLots(_ rules: [Settings]) -> [CodeLot] {
    var codes: [String] = []
    for rule in rules where !codes.contains(rule.text("code")) { codes.append(rule.text("code")) }
    return codes.map { code in
      let own = rules.filter { $0.text("code") == code }
      return CodeLot(
        code: code, lots: Timeline(own.map { fact(Int64($0.integer("value")), $0) }))
    }
  }

  private static func levies(_ rules: [Settings]) -> [LevyHistory] {
    LevyKind.allCases.compactMap { kind in
      let own = rules.filter { $0.choice("kind") == kind.name }
      guard !own.isEmpty else { return nil }
      return LevyHistory(
        kind: kind, timeline: Timeline(own.map { fact(levy(kind, $0), $0) }))
    }
  }

  private static func levy(_ kind: LevyKind, _ rule: Settings) -> Levy {
    Levy(
      kind: kind, onBuys: Rate(nearest: rule.ratio("buys")),
      onSales: Rate(nearest: rule.ratio("sales")),
      perThousand: Money(minor: rule.moneyHundredths("per_thousand")),
      least: Money(minor: rule.moneyHundredths("least")),
      most: rule["most"].orNil.map { Money(minor: $0.moneyHundredths) },
      isWhole: rule.flag("whole"), isInCommission: rule.flag("in_commission"))
  }

  private static func fact<Value>(_ value: Value, _ rule: Settings) -> Fact<Value> {
    Fact(
      value, from: TradingDay(rule.date("from")),
      until: rule["until"].orNil.map { TradingDay($0.date) }, source: rule.text("source"),
      isVerified: rule.flag("verified"))
  }

  /// Spans such as `09:20-09:25`.
  private static func clocks(_ rule: Settings, _ path: String) throws(Failure) -> [ClockSpan] {
    var spans: [ClockSpan] = []
    for text in rule.list("spans").map(\.text) {
      let ends = text.split(separator: "-")
      guard ends.count == 2, let from = try? TimeText.parseTimeOfDay(String(ends[0])),
        let until = try? TimeText.parseTimeOfDay(String(ends[1])), from < until
      else {
        throw Failure(
          .usage, "\(path): \"\(text)\" is not a span of the clock",
          remedy: "Write one such as \"09:20-09:25\".")
      }
      let second = TimeText.nanosPerSecond
      spans.append(ClockSpan(fromSecond: from / second, untilSecond: until / second))
    }
    return spans
  }
}
