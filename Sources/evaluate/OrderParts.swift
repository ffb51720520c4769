import Bytes
import Console
import Features
import Market
import ModelStore
import Models
import Reporting
import Research
import Workbench

/// Why the orders of a run were sent, as people and programs read it.
struct OrderParts {
  private let run: RunReasons
  /// All of them, or the one that was asked for.
  private let reasons: [OrderReason]

  init(_ run: RunReasons, order: Int?, _ path: String) throws(Failure) {
    self.run = run
    reasons = run.reasons.filter { order == nil || Int($0.order.id.value) == order }
    guard let order, reasons.isEmpty else { return }
    throw Failure(
      .usage, "\(path) tells of no order \(order)",
      remedy: "Without --order all \(run.reasons.count) are listed.")
  }

  private static let strongest = 3
  private static let shown = 12

  private func names(_ count: Int) -> [String] {
    run.model.map { Array($0.trained.recipe.names.prefix(count)) } ?? []
  }

  /// `nil` where nothing was forecast, or where the model's parts do not add up to a forecast.
  private func parts(_ reason: OrderReason) -> ForecastParts? {
    guard let belief = reason.belief, let model = run.model else { return nil }
    return model.trained.parts(of: belief.input)
  }

  /// Of the outcome, where a forest kept labels for them.
  private func quantiles(_ reason: OrderReason) -> [Double]? {
    guard let input = reason.belief?.input, let model = run.model?.trained.model else {
      return nil
    }
    return model.quantiles(input.values, RowParts.shares)?.map { $0 * input.worth }
  }

  private func threshold(_ reason: OrderReason) -> Double? {
    reason.threshold(enter: run.enter, exit: run.exit)
  }

  private func symbol(_ order: Order) -> Symbol { run.symbols[order.instrument.value] }

  private func moment(_ instant: Instant?, _ order: Order) -> String {
    instant.map { clockText($0, symbol(order).exchange.zone) } ?? NumberText.absent
  }

  private func basisPoints(_ value: Double?) -> String {
    value.map { DoubleText.fixed($0 * 10_000, decimals: 3) } ?? NumberText.absent
  }

  private func order(_ parts: [Double]) -> [Int] {
    parts.indices.sorted { (-abs(parts[$0]), $0) < (-abs(parts[$1]), $1) }
  }

  /// What was made anew, in a line.
  var proof: String {
    guard let model = run.model else { return "\(run.reasons.count) orders decided the same again" }
    return
      "version \(model.version.number) \(model.version.name): \(run.forecastsMade) forecasts made anew, "
      + "each with the bits that are recorded; \(run.reasons.count) orders decided the same again"
  }
}

// MARK: - A line per order

extension OrderParts {
  var list: Console.Table {
    var table = Console.Table(
      .number("no."), .text("sent"), .text("asks for"), .text("why"), .number("bp"),
      .number("gate"), .prose("strongest parts, bp"))
    for reason in reasons {
      let order = reason.order
      let parts = parts(reason)?.parts ?? []
      let names = names(parts.count)
      table.add(
        "\(order.id.value)", String(moment(reason.sentAt, order).dropFirst(5)), deed(order),
        reason.cause.rawValue,
        basisPoints(reason.belief?.forecast.expectedReturn), basisPoints(threshold(reason)),
        self.order(parts).prefix(Self.strongest)
          .map { "\(names[$0]) \(basisPoints(parts[$0]))" }.joined(separator: ", "))
    }
    return table
  }

  private func deed(_ order: Order) -> String {
    "\(order.side) \(order.offset) \(order.lots) \(symbol(order))"
  }
}

// MARK: - One order

extension OrderParts {
  /// The decision of each order in full: a table of what decided, and one of the features.
  var pages: [(decision: Console.Table, features: Console.Table?)] {
    reasons.map { (decision($0), features($0)) }
  }

  private func decision(_ reason: OrderReason) -> Console.Table {
    let order = reason.order
    var table = Console.Table(.text(""), .prose(""))
    table.add("order", "\(order.id.value)")
    table.add("asks for", deed(order))
    table.add("limit", order.limit.text(on: run.grids[order.instrument.value]))
    table.add("sent", moment(reason.sentAt, order))
    table.add("why", reason.cause.rawValue)
    guard let belief = reason.belief, let model = run.model else { return table }
    table.add("version", "\(model.version.number) \(model.version.name) \(model.version.model)")
    table.add("bar", moment(belief.at, order))
    table.add(
      "forecast",
      "\(basisPoints(belief.forecast.expectedReturn)) bp ± \(basisPoints(belief.forecast.deviation)) over "
        + "\(belief.forecast.horizonBars) bars")
    if let quantiles = quantiles(reason) {
      table.add(
        "outcome", quantiles.map(basisPoints).joined(separator: " … ") + " bp at 5, 50 and 95 %")
    }
    table.add("gate", threshold(reason).map { basisPoints($0) + " bp" } ?? NumberText.absent)
    return table
  }

  /// The features that moved the forecast most, and what lies between their parts and the whole.
  private func features(_ reason: OrderReason) -> Console.Table? {
    guard let parts = parts(reason), let belief = reason.belief else { return nil }
    var table = Console.Table(.text("feature"), .number("as the model saw it"), .number("part bp"))
    let names = names(parts.parts.count)
    let order = order(parts.parts)
    for place in order.prefix(Self.shown) {
      table.add(
        names[place], DoubleText.fixed(Double(value(place, belief.input)), decimals: 3),
        basisPoints(parts.parts[place]))
    }
    let others = order.dropFirst(Self.shown)
    if !others.isEmpty {
      table.add(
        "\(others.count) others", "", basisPoints(others.reduce(0) { $0 + parts.parts[$1] }))
    }
    table.add("before anything is known", "", basisPoints(parts.start))
    if abs(parts.rest) >= 5e-8 { table.add("error of the integral", "", basisPoints(parts.rest)) }
    table.add("forecast", "", basisPoints(parts.forecast))
    return table
  }

  /// Scaled; of a window the latest bar's.
  private func value(_ feature: Int, _ input: ForecastInput) -> Float {
    let width = run.model?.trained.recipe.count ?? 0
    return input.values[input.values.count - width + feature]
  }
}

// MARK: - For programs

extension OrderParts {
  var json: JSON {
    [
      "version": run.model.map { .text($0.version.id.hex) } ?? .null,
      "forecasts_made_anew": .integer(run.forecastsMade),
      "enter": .number(run.enter), "exit": .number(run.exit),
      "orders": .list(reasons.map { json($0) }),
    ]
  }

  private func json(_ reason: OrderReason) -> JSON {
    let order = reason.order
    let (parts, belief) = (parts(reason), reason.belief)
    return [
      "order": .integer(Int(order.id.value)), "sent": .text(utcText(reason.sentAt)),
      "symbol": .text(symbol(order).description), "side": .text("\(order.side)"),
      "offset": .text("\(order.offset)"), "lots": .integer(Int(order.lots)),
      "limit": .text(order.limit.text(on: run.grids[order.instrument.value])),
      "why": .text(reason.cause.rawValue),
      "bar": belief.map { .text(utcText($0.at)) } ?? .null,
      "forecast": number(belief?.forecast.expectedReturn),
      "deviation": number(belief?.forecast.deviation),
      "horizon_bars": belief.map { .integer(Int($0.forecast.horizonBars)) } ?? .null,
      "threshold": number(threshold(reason)), "start": number(parts?.start),
      "rest": number(parts?.rest), "parts": json(parts, belief),
      "quantiles": quantiles(reason).map { .list($0.map { .number($0) }) } ?? .null,
    ]
  }

  private func json(_ parts: ForecastParts?, _ belief: OrderReason.Belief?) -> JSON {
    guard let parts, let belief else { return .null }
    let names = names(parts.parts.count)
    return .object(
      names.indices.map { place in
        JSON.Member(
          names[place],
          [
            "seen": .number(Double(value(place, belief.input))),
            "part": .number(parts.parts[place]),
          ]
        )
      })
  }

  private func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
}
