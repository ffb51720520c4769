import Console
import Market

extension MarketSchema {
  /// The rules that stocks and funds of one board have and futures have not.
  static let board: [Setting] = [
    .value("codes", .list(.text), "[]", "How the codes of its instruments begin."),
    .value("limits", .list(.section(dated(limit))), "[]", "Price limits by status and age."),
    .value("cages", .list(.section(dated(cage))), "[]", "How far an order may lie off the best."),
    .value("ticks", .list(.section(dated(ticks))), "[]", "Price steps by price."),
    .value("lots", .list(.section(dated(lots))), "[]", "Smallest orders and odd lots."),
    .value(
      "lots_by_code", .list(.section(dated(codeLot))), "[]", "Lots that single instruments have."),
    .value("uncancellable", .list(.section(dated(clocks))), "[]", "When no order is withdrawn."),
    .value("after_hours", .list(.section(dated(clocks))), "[]", "Trading at the closing price."),
    .value("levies", .list(.section(dated(levy))), "[]", "What a trade pays beside commission."),
  ]

  private static let limit: [Setting] = [
    .required("value", .optional(.ratio(0...2)), "Share of the reference price; null for none."),
    .value("warned", .optional(.ratio(0...2)), "null", "The share under special treatment (ST)."),
    .value("new_days", .integer(0...100), "0", "Days after the listing with their own rule."),
    .value("new_up", .optional(.ratio(0...10)), "null", "Their way up; null for no limit."),
    .value("new_down", .optional(.ratio(0...1)), "null", "Their way down; null for no limit."),
  ]

  private static let cage: [Setting] = [
    ratio("value", "Share of the best price."),
    .value("ticks", .integer(0...1_000), "0", "Ticks that are always allowed."),
  ]

  private static let ticks: [Setting] = [
    .required("bands", .list(.text), "Prices and the step from there on, such as \"10 0.02\".")
  ]

  private static let lots: [Setting] = [
    count("least", "The smallest order."),
    .value("odd_sale", .flag, "false", "Whether what is left below a lot may be sold at once."),
  ]

  private static let codeLot: [Setting] = [
    .required("code", .text, "The instrument's code."), count("value", "Its lot."),
  ]

  private static let clocks: [Setting] = [
    .required("spans", .list(.text), "Spans of the clock such as \"09:20-09:25\".")
  ]

  private static let levy: [Setting] = [
    .required("kind", .choice(LevyKind.allCases.map(\.name)), "What it is for."),
    .value("buys", .ratio(0...0.1), "0", "Share of the worth of a purchase."),
    .value("sales", .ratio(0...0.1), "0", "Share of the worth of a sale."),
    .value("bought_per_million", .money(currency: "CNY"), "0", "Amount for a million bought."),
    .value("sold_per_million", .money(currency: "CNY"), "0", "Amount for a million sold."),
    .value("least", .money(currency: "CNY"), "0", "The least of a trade."),
    .value("most", .optional(.money(currency: "CNY")), "null", "The most of a trade."),
    .value("whole", .flag, "false", "Whether a part of a currency unit counts as a whole one."),
    .value("in_commission", .flag, "false", "Whether a quoted commission holds it already."),
  ]
}
