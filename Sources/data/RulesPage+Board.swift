import Market
import Workbench

extension RulesPage {
  /// The rows of a stock or fund.
  mutating func add(
    _ board: BoardRules, _ rules: ProductRules, on day: TradingDay, code: String
  ) {
    addPrices(board, rules, on: day)
    addSizes(board, rules, on: day, code: code)
    add("today's shares", rules.nextDay.fact(on: day)) {
      "sold " + ($0 ? "from tomorrow" : "at once")
    }
    add("no cancels", board.uncancellable.fact(on: day), Self.clocks)
    add("at the closing price", board.afterHours.fact(on: day), Self.clocks)
    add("commission", rules.fees.fact(on: day)) { fees in
      let least = fees.minimum > .zero ? ", at least \(fees.minimum) an order" : ""
      return RuleText.text(fees.open) + least
    }
    for history in board.levies {
      let name = history.kind.name.split(separator: "_").joined(separator: " ")
      add(name, history.timeline.fact(on: day), Self.text)
    }
  }

  private mutating func addPrices(
    _ board: BoardRules, _ rules: ProductRules, on day: TradingDay
  ) {
    if let bands = board.ticks.fact(on: day) {
      add("tick", bands) { $0.map(Self.text).joined(separator: ", ") }
    } else {
      add("tick", rules.tick.fact(on: day)) { Self.decimal($0) }
    }
    let hadWarned = board.limits.facts.contains { $0.value.warned != nil }
    add("price limit", board.limits.fact(on: day)) { Self.text($0, hadWarned: hadWarned) }
    add("price cage", board.cages.fact(on: day)) { cage in
      "\(RuleText.percent(cage.rate)) off the best price"
        + (cage.ticks > 0 ? ", or \(cage.ticks) ticks if more" : "")
    }
  }

  private mutating func addSizes(
    _ board: BoardRules, _ rules: ProductRules, on day: TradingDay, code: String
  ) {
    let own = board.lotsByCode.first { $0.code == code }?.lots.fact(on: day)
    add("lot", own) { "\(RuleText.count($0)), this instrument's own" }
    if own == nil { add("lot", rules.size.fact(on: day)) { "\($0.lot)" } }
    add("smallest order", board.lots.fact(on: day)) { rule in
      "\(rule.least)" + (rule.sellsRemainder ? "; less is sold all at once" : "")
    }
    add("largest order", rules.size.fact(on: day)) { size in
      RuleText.count(size.largest / size.lot * (own?.value ?? size.lot))
    }
  }

  /// Where a board's ST shares once had a limit of their own, it is told that they no longer have.
  private static func text(_ rule: LimitRule, hadWarned: Bool) -> String {
    var parts = [rule.usual.map { "±\(RuleText.percent($0))" } ?? "none"]
    if let warned = rule.warned ?? (hadWarned ? rule.usual : nil) {
      parts.append("ST ±\(RuleText.percent(warned))")
    }
    if rule.newDays > 0 {
      let days = rule.newDays == 1 ? "the first day" : "the first \(rule.newDays) days"
      let span =
        rule.ofNewDays.map { "+\(RuleText.percent($0.up)) −\(RuleText.percent($0.down))" } ?? "none"
      parts.append("\(days) \(span)")
    }
    return parts.joined(separator: "; ")
  }

  private static func text(_ levy: Levy) -> String {
    var parts: [String] = []
    switch (levy.onBuys == .zero, levy.onSales == .zero) {
    case (true, true): break
    case (true, false): parts.append("\(RuleText.percent(levy.onSales)) of sales")
    case (false, true): parts.append("\(RuleText.percent(levy.onBuys)) of purchases")
    case (false, false) where levy.onBuys == levy.onSales:
      parts.append("\(RuleText.percent(levy.onBuys))")
    case (false, false):
      parts.append(
        "\(RuleText.percent(levy.onBuys)) of purchases, \(RuleText.percent(levy.onSales)) of sales")
    }
    if levy.soldPerMillion > .zero {
      let side = levy.boughtPerMillion == .zero ? "sold" : "traded"
      parts.append("\(levy.soldPerMillion) a million \(side)")
    }
    if parts.isEmpty { return "none" }
    if levy.least > .zero { parts.append("at least \(levy.least)") }
    if let most = levy.most { parts.append("at most \(most)") }
    if levy.isWhole { parts.append("rounded up to a whole unit") }
    if levy.isInCommission { parts.append("within the commission") }
    return parts.joined(separator: ", ")
  }

  private static func text(_ band: TickBand) -> String {
    var from = Price(units: band.from).text(on: Grid(decimals: Grid.most))
    while from.hasSuffix("0") { from.removeLast() }
    if from.hasSuffix(".") { from.removeLast() }
    return band.from == 0 ? decimal(band.tick) : "from \(from): \(decimal(band.tick))"
  }

  static func decimal(_ tick: Tick) -> String {
    Price(units: tick.units).text(on: Grid(decimals: tick.decimals))
  }

  private static func clocks(_ spans: [ClockSpan]) -> String {
    spans.map { "\(RuleText.clock($0.fromSecond))–\(RuleText.clock($0.untilSecond))" }.joined(
      separator: ", ")
  }
}
