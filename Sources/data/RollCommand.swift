import Bars
import Bytes
import Console
import Market
import Workbench

extension Command {
  static let roll = Command(
    "roll", "Print a product's main contracts and their rolls",
    about: """
      A roll is decided on what is known at the close of a day and takes effect on the next \
      trading day, night included; it only goes to later deliveries, and a contract is left in \
      time even where nothing has overtaken it. The factor moves a contract's prices onto those of \
      the first one and is chained forwards: what was printed once never changes. Wherever a \
      series is named, the product alone, such as rb.SHFE, is this series: features and labels \
      see adjusted prices, orders go to the real contract, and on a roll the desk closes the old \
      one and opens the new one, paying for both.
      """,
    flags: [
      Flag(
        "rule", value: "RULE", "What the later contract must have more of.",
        accepts: .oneOf(RollRule.Basis.allCases.map(\.rawValue)), shownDefault: "open-interest",
        setting: "roll.rule"),
      Flag(
        "confirm", value: "N", "Closes in a row that must say so.", shownDefault: "1",
        setting: "roll.confirm"),
      Flag(
        "leave", value: "N", "Trading days between the last in it and its end.",
        shownDefault: "5", setting: "roll.leave"),
      Flag(
        "factor", value: "KIND", "How prices are moved.",
        accepts: .oneOf(RollMap.Splice.allCases.map(\.rawValue)), shownDefault: "ratio"),
      Flag(
        "interval", value: "LENGTH", "The bars that tell.",
        accepts: .oneOf(BarInterval.allCases.map(\.name)), shownDefault: "1m",
        setting: "data.interval"),
      Flag("from", value: "DATE", "Leave out what ended before."),
      Flag("until", value: "DATE", "Last trading day known.", setting: "data.until"),
      Flag("archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive"),
    ],
    operands: [Operand("PRODUCT", "A product such as rb.SHFE.")],
    examples: [
      Example("roll rb.SHFE", "Every main contract with its days"),
      Example("roll rb.SHFE --rule volume --confirm 3", "A slower rule, by volume"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let name = invocation.operand("PRODUCT") ?? ""
    let symbol = try WorkSettings.symbol(name)
    guard symbol.isProduct else {
      throw invocation.usageFailure("\"\(name)\" is not a product such as rb.SHFE")
    }
    let splice = invocation.text("factor").flatMap { RollMap.Splice(rawValue: $0) } ?? .ratio
    let page = RollPage(
      rolled: try work.rolled(symbol), splice: splice, from: try invocation.day("from"))
    if invocation.terminal.isJSON {
      invocation.terminal.print(page.json)
    } else {
      invocation.terminal.say("\(symbol) by \(work.rollRule.text), prices moved by \(splice)")
      invocation.terminal.print(page.table)
    }
    return .ok
  }
}

/// The legs of a continuous series, a line each.
struct RollPage {
  let rolled: RolledSeries
  let splice: RollMap.Splice
  let from: TradingDay?

  private struct Line {
    let symbol: Symbol
    let leg: RollMap.Leg
    let days: ClosedRange<TradingDay>
    let isLast: Bool
    let step: PriceFactors.Step
  }

  private var lines: [Line] {
    let factors = rolled.map.factors(splice)
    let legs = rolled.map.legs
    return legs.indices.compactMap { number in
      let days = rolled.days(of: number)
      guard from.map({ $0 <= days.upperBound }) ?? true else { return nil }
      return Line(
        symbol: rolled.contracts[legs[number].contract].symbol, leg: legs[number], days: days,
        isLast: number == legs.count - 1, step: factors.step(on: days.lowerBound))
    }
  }

  private var grid: Grid { rolled.contracts.first?.grid ?? Grid(decimals: 0) }

  private func moved(_ step: PriceFactors.Step) -> String {
    switch splice {
    case .ratio: DoubleText.fixed(step.share, decimals: 5)
    case .difference:
      DoubleText.fixed(step.shift / Double(grid.unitsPerOne), decimals: Int(grid.decimals))
    }
  }

  var table: Table {
    var table = Table(
      .text("contract"), .text("decided on"), .text("until"), .text("why"), .number("close old"),
      .number("open new"), .number(splice.rawValue))
    for line in lines {
      table.add(
        line.symbol.code, "\(line.leg.decidedOn)", line.isLast ? "" : "\(line.days.upperBound)",
        line.leg.why.rawValue, line.leg.closes?.old.text(on: grid) ?? "–",
        line.leg.closes?.new.text(on: grid) ?? "–", moved(line.step))
    }
    return table
  }

  var json: JSON {
    .list(
      lines.map { line in
        [
          "contract": .text(line.symbol.description),
          "decidedOn": .text(line.leg.decidedOn.description),
          "until": line.isLast ? .null : .text(line.days.upperBound.description),
          "why": .text(line.leg.why.rawValue),
          "oldClose": line.leg.closes.map { .text($0.old.text(on: grid)) } ?? .null,
          "newClose": line.leg.closes.map { .text($0.new.text(on: grid)) } ?? .null,
          "share": .number(line.step.share),
          "shift": .number(line.step.shift / Double(grid.unitsPerOne)),
        ]
      })
  }
}
