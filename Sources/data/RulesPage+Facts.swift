import Archive
import Bytes
import Market

extension RulesPage {
  /// What the archive knows of the day; each value wins over the rule of its name.
  mutating func add(_ entry: LoadedFacts.Entry) {
    let source = "archive: \(entry.source)"
    for (rule, value) in Self.rows(entry.known) {
      put(rule, value, day: entry.day, source: source)
    }
  }

  private static func rows(_ known: KnownDay) -> [(String, String)] {
    var rows: [(String, String?)] = [
      ("limits counted from", known.previousClose.map(text)),
      ("previous settlement", known.previousSettle.map(text)),
      ("settlement", known.settle.map(text)),
      ("price limit", limits(known)),
      ("margin", known.margin.map(RuleText.percent)),
    ]
    if let fees = known.fees {
      rows += [
        ("fee, open", RuleText.text(fees.open)), ("fee, close", RuleText.text(fees.close)),
        ("fee, close today", RuleText.text(fees.closeToday)),
      ]
    }
    rows += [
      ("standing", known.isSpecial.map { $0 ? "under special treatment (ST)" : "as usual" }),
      ("listing", known.listing.map { "\($0)" }),
      ("day since listing", known.dayNumber.map { "\($0)" }),
      ("adjustment", known.adjustment.map { DoubleText.shortest($0) }),
      ("indexes", known.indexes.map { $0.joined(separator: ", ") }),
      ("industry", known.industry),
    ]
    return rows.compactMap { rule, value in value.map { (rule, $0) } }
  }

  private static func limits(_ known: KnownDay) -> String? {
    switch (known.lowest, known.highest) {
    case (nil, nil): nil
    case (let low?, nil): "from \(text(low)) on"
    case (nil, let high?): "up to \(text(high))"
    case (let low?, let high?): "\(text(low)) to \(text(high))"
    }
  }

  /// A price without the zeros that its fine units end with.
  private static func text(_ price: Price) -> String {
    var text = price.text(on: Grid(decimals: Grid.most))
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
