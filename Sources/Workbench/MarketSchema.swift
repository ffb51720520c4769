public import Console
import Market

extension Schema {
  /// A file of `config/markets`: an exchange's calendar and the dated rules of its products.
  public static let market = Schema(
    "The calendar and the dated rules of one exchange.",
    [
      .value("exchange", .choice(Exchange.allCases.map(\.rawValue)), "LOCAL", "The exchange."),
      .value(
        "sources", .table(.text), "{}",
        "Short names for sources: a rule's source that is one of them stands for its text."),
      .section(
        "calendar", "The days it trades.",
        [
          .value(
            "same_as", .optional(.text), "null",
            "A file of config/markets/calendars, by its name without .yaml, to take the days from.")
        ] + MarketSchema.calendar),
      .value(
        "night_pauses", .list(.section(MarketSchema.pause)), "[]", "Days without their night."),
      .value(
        "timetables", .table(.list(.section(MarketSchema.datedHours))), "{}",
        "Hours under a name, for products that share them."),
      .section(
        "defaults", "Rules of products that do not say otherwise, kind by kind.",
        MarketSchema.rules),
      .value(
        "products", .table(.section(MarketSchema.product)), "{}", "Products by their letters."),
      .value(
        "instruments", .table(.section(MarketSchema.instrument)), "{}",
        "What is known of single instruments, by their codes."),
    ])

  /// A file of `config/markets/calendars`: trading days that several exchanges share.
  public static let marketCalendar = Schema(
    "Trading days that several exchanges share: weekdays without these.", MarketSchema.calendar)
}

/// The parts that schemas of markets are made of.
enum MarketSchema {
  static let calendar: [Setting] = [
    .value("first", .date, "2005-01-01", "The first day the table covers."),
    .value("last", .date, "2027-12-31", "The last day the table covers."),
    .value(
      "verified_until", .optional(.date), "null",
      "The last day that is announced; days after it are expected only."),
    .value("weekends", .flag, "false", "Whether it trades on weekends too."),
    .value("source", .text, "none", "Where the table is known from."),
    .value("verified", .flag, "false", "Whether public sources agree."),
    .value("closures", .list(.section(closure)), "[]", "Days without trading."),
    .value("openings", .list(.date), "[]", "Trading days that lie on a weekend or in a closure."),
    .value("special_days", .list(.section(special)), "[]", "Days with hours of their own."),
  ]

  private static let closure: [Setting] = [
    .required("from", .date, "The first day closed."),
    .value("until", .optional(.date), "null", "The last day closed; null for one day."),
    .value("why", .text, "holiday", "The occasion."),
  ]

  private static let special: [Setting] = [
    .required("days", .list(.date), "The trading days."),
    .value("why", .text, "half day", "The occasion."),
    .value("spans", .list(.text), "[]", "Hours in place of the day's; empty to keep them."),
    .value(
      "night_opens", .optional(.timeOfDay), "null", "When the night before it opened, if late."),
  ]

  static let pause: [Setting] = [
    .required("from", .date, "The first trading day without its night."),
    .required("until", .date, "The last one."),
    .value("source", .text, "none", "Where it is known from."),
  ]

  static let product: [Setting] =
    [
      .value("name", .text, "", "What it is, for people."),
      .value("funding", .choice(["margin", "cash"]), "margin", "What a position ties up."),
      .value("listed", .optional(.date), "null", "Its first trading day."),
      .value("delisted", .optional(.date), "null", "Its last trading day."),
      .value("months", .list(.integer(1...12)), "[]", "Delivery months; empty for every month."),
      .value("timetable", .optional(.text), "null", "The name of shared hours."),
    ] + rules

  static let rules: [Setting] = [
    .value("hours", .list(.section(datedHours)), "[]", "When it trades."),
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
      "next_day", .list(.section(dated([flag("value")]))), "[]",
      "Whether lots bought today may only be sold from tomorrow."),
    .value(
      "larger_side", .list(.section(dated([flag("value")]))), "[]",
      "Whether only the side with the larger margin pays it."),
    .value(
      "daily_opens", .list(.section(dated(dailyOpens))), "[]",
      "Lots that one account may open in a day."),
    .value(
      "widening", .list(.section(dated(widening))), "[]",
      "How limits widen after days that ended at them."),
    .value(
      "last_day_limit", .list(.section(dated([ratio("value", "Share of the reference price.")]))),
      "[]", "How far a price may go on a contract's last day, where it differs."),
    .value(
      "last_day_hours", .list(.section(datedHours)), "[]",
      "A contract's hours on its last day, where they differ."),
    .value("last_day", .list(.section(dated(lastDay))), "[]", "A contract's last trading day."),
    .value("delivery", .list(.section(dated(delivery))), "[]", "What holds near delivery."),
    .section("board", "What stocks and funds have beside.", board),
  ]

  static let datedHours: [Setting] = dated([
    .required(
      "spans", .list(.text),
      "Spans such as \"day 09:00-10:15\", \"night 21:00-02:30\" or "
        + "\"auction 08:55-09:00 without night\".")
  ])

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

  private static let widening: [Setting] = [
    .required(
      "steps", .list(.ratio()),
      "Added to the usual limit after one day at it, after two, and so on."),
    .value(
      "margin_above", .optional(.ratio()), "null", "How far the margin then lies above the limit."),
  ]

  private static let dailyOpens: [Setting] = [
    count("value", "Lots."),
    .value(
      "counts", .choice(["contract", "product"]), "contract",
      "What is counted: each contract, or all of the product together."),
  ]

  private static let lastDay: [Setting] = [
    .required(
      "counts", .choice(["dates", "trading_days", "mondays", "fridays"]),
      "What is counted in the month."),
    .required(
      "number", .integer(-31...31), "Which one; from the month's end where it is negative."),
    .value("months_before", .integer(0...12), "0", "How many months before the delivery month."),
  ]

  private static let delivery: [Setting] = [
    .value(
      "persons", .flag, "false", "Whether natural persons may hold to the end."),
    .value(
      "persons_leave", .optional(.integer(0...30)), "null",
      "Trading days before the last one at whose close the others must be out; null for before the "
        + "delivery month."),
    .value("lots", .integer(1...1_000_000), "1", "Positions are multiples of this in that month."),
    .value(
      "month_before", .optional(.ratio()), "null", "Least margin from the month before delivery."),
    .value("month", .optional(.ratio()), "null", "Least margin in the delivery month."),
    .value(
      "last_days", .optional(.ratio()), "null",
      "Least margin from the second trading day before the last one."),
  ]

  private static func fee(_ name: String, _ help: String) -> Setting {
    .section(
      name, "\(help): a share of the value, an amount per lot, or both.",
      [
        .value("rate", .ratio(0...0.1), "0", "Share of the trade's value."),
        .value("per_lot", .money(currency: "CNY"), "0", "Amount per lot."),
      ])
  }

  private static func flag(_ name: String) -> Setting {
    .required(name, .flag, "Whether it holds.")
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
      .value(
        "from", .optional(.date), "null",
        "The first trading day it held; null for since the listing or the table's first day."),
      .value("until", .optional(.date), "null", "The last one; null for until the next rule."),
    ] + rule + [
      .value("source", .text, "none", "Where it is known from."),
      .value("verified", .flag, "false", "Whether public sources agree."),
    ]
  }
}
