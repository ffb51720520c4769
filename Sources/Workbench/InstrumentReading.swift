import Console
public import Market

extension MarketSchema {
  static let instrument: [Setting] = [
    .value("listed", .optional(.date), "null", "Its first trading day."),
    .value("delisted", .optional(.date), "null", "Its last trading day."),
    .value(
      "status",
      .list(
        .section(
          dated([
            .required(
              "value", .choice(["usual", "special", "suspended", "delisting"]),
              "How the exchange regards it; special is ST.")
          ]))), "[]", "Its standing, by date."),
    .value(
      "previous_close",
      .list(.section(dated([.required("value", .text, "The price. A decimal such as 14.20.")]))),
      "[]", "The price its limits are counted from, of days on which that is not the last close."),
  ]
}

extension ProductReading {
  /// What a file tells of single instruments.
  func facts(_ row: Value.Row) throws(Failure) -> InstrumentFacts {
    let item = row.value.section
    let listed = item["listed"].orNil.map { TradingDay($0.date) }
    let delisted = item["delisted"].orNil.map { TradingDay($0.date) }
    let life = Life(since: listed ?? firstDay, listed: listed, delisted: delisted)
    return InstrumentFacts(
      code: row.name, listed: listed, delisted: delisted,
      status: try facts(item.sections("status"), life, Self.status),
      previousClose: try oneDay(item.sections("previous_close"), life))
  }

  /// A price of one day holds on that day alone.
  private func oneDay(_ rules: [Settings], _ life: Life) throws(Failure) -> Timeline<Tick> {
    let read = try facts(rules, life) { rule throws(Failure) in
      try MarketText.tick(rule.text("value"), path)
    }
    return Timeline(
      read.facts.map {
        Fact(
          $0.value, from: $0.from, until: $0.until ?? $0.from, source: $0.source,
          isVerified: $0.isVerified)
      })
  }

  private static func status(_ rule: Settings) -> InstrumentFacts.Status {
    switch rule.choice("value") {
    case "special": .special
    case "suspended": .suspended
    case "delisting": .delisting
    default: .usual
    }
  }
}

extension MarketFile {
  /// What is known of one instrument's day beside the rules of its product.
  public func known(_ code: String, on day: TradingDay, grid: Grid) -> KnownDay {
    guard let facts = instruments.first(where: { $0.code == code }) else { return .nothing }
    return facts.known(on: day, grid: grid, in: calendar)
  }

  /// A user's facts stand in place of those that are shipped of the same instrument.
  mutating func override(_ facts: [InstrumentFacts]) {
    instruments.removeAll { old in facts.contains { $0.code == old.code } }
    instruments += facts
  }
}
