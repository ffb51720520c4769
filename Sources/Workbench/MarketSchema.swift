public import Console
import Market

extension Schema {
  /// A file of `config/markets`: an exchange's calendar and the dated rules of its products.
  public static let market = Schema(
    "The calendar and the dated rules of one exchange.",
    [
      .value("exchange", .choice(Exchange.allCases.map(\.rawValue)), "LOCAL", "The exchange."),
      .section(
        "calendar", "The days it trades: weekdays without these.",
        [
          .value("first", .date, "2005-01-01", "The first day the table covers."),
          .value("last", .date, "2027-12-31", "The last day the table covers."),
          .value("weekends", .flag, "false", "Whether it trades on weekends too."),
          .value("source", .text, "none", "Where the table is known from."),
          .value("verified", .flag, "false", "Whether public sources agree."),
          .value("closures", .list(.section(closure)), "[]", "Days without trading."),
        ]),
      .value("night_pauses", .list(.section(pause)), "[]", "Trading days without their night."),
      .value("products", .table(.section(product)), "{}", "Products by their letters."),
    ])

  private static let closure: [Setting] = [
    .required("from", .date, "The first day closed."),
    .value("until", .optional(.date), "null", "The last day closed; null for one day."),
    .value("why", .text, "holiday", "The occasion."),
  ]

  private static let pause: [Setting] = [
    .required("from", .date, "The first trading day without its night."),
    .required("until", .date, "The last one."),
    .value("source", .text, "none", "Where it is known from."),
  ]

  private static let product: [Setting] = [
    .value("name", .text, "", "What it is, for people."),
    .value("funding", .choice(["margin", "cash"]), "margin", "What a position ties up."),
    .value("hours", .list(.section(dated(spans))), "[]", "When it trades."),
    .value(
      "tick", .list(.section(dated(decimal("value", "The price step.")))), "[]", "Price steps."),
    .value(
      "multiplier", .list(.section(dated([count("value", "Units in a lot.")]))), "[]",
      "Contract sizes."),
    .value("size", .list(.section(dated(size))), "[]", "Order sizes."),
    .value(
      "price_limit", .list(.section(dated([ratio("value", "Share of the reference price.")]))),
      "[]", "How far a price may go in a day."),
    .value(
      "margin", .list(.section(dated([ratio("value", "Share of the contract's value.")]))), "[]",
      "Margins."),
    .value("fees", .list(.section(dated(fees))), "[]", "What trading costs."),
    .value("closing", .list(.section(dated(closing))), "[]", "Which lots a close takes."),
    .value(
      "next_day", .list(.section(dated([.required("value", .flag, "Whether it holds.")]))), "[]",
      "Whether lots bought today may only be sold from tomorrow."),
    .value("board", .optional(.section(board)), "null", "What stocks and funds have beside."),
  ]

  static let spans: [Setting] = [
    .required(
      "spans", .list(.text), "Spans such as \"day 09:00-10:15\" or \"night 21:00-02:30\".")
  ]

  private static let size: [Setting] = [
    count("lot", "Orders are multiples of this."), count("largest", "Lots of the largest order."),
  ]

  private static let fees: [Setting] = [
    fee("open", "Opening"), fee("close", "Closing older lots"),
    fee("close_today", "Closing lots of today"),
    .value("minimum", .money(currency: "CNY"), "0", "The least commission of an order."),
    .value("sale_tax", .ratio(0...0.1), "0", "Tax on sales."),
  ]

  private static let closing: [Setting] = [
    .required(
      "takes", .choice(["by_flag", "yesterday_first", "today_first"]), "Which lots leave first."),
    .required("charges", .choice(["by_lot", "today_first"]), "Which rate they pay."),
  ]

  private static func fee(_ name: String, _ help: String) -> Setting {
    .section(
      name, "\(help): a share of the value, an amount per lot, or both.",
      [
        .value("rate", .ratio(0...0.1), "0", "Share of the trade's value."),
        .value("per_lot", .money(currency: "CNY"), "0", "Amount per lot."),
      ])
  }

  static func ratio(_ name: String, _ help: String) -> Setting {
    .required(name, .ratio(0...2), help)
  }

  static func count(_ name: String, _ help: String) -> Setting {
    .required(name, .integer(1...1_000_000_000), help)
  }

  private static func decimal(_ name: String, _ help: String) -> [Setting] {
    [.required(name, .text, "\(help) A decimal such as 0.2.")]
  }

  /// A rule with the days it held and where it is known from.
  static func dated(_ rule: [Setting]) -> [Setting] {
    [
      .required("from", .date, "The first trading day it held."),
      .value("until", .optional(.date), "null", "The last one; null for until the next rule."),
    ] + rule + [
      .value("source", .text, "none", "Where it is known from."),
      .value("verified", .flag, "false", "Whether public sources agree."),
    ]
  }
}
