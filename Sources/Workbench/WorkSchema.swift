public import Console

extension Schema {
  /// Every setting of the four programs: one file serves them all, so that a backtest and a live run cannot differ.
  public static let work = Schema(
    "What Auspex learns from, how it trades and what it may risk.",
    [
      paths, data, roll, features, label, training, model, trees, forest, lstm, ensemble,
      account, strategy, risk, execution, paper, search,
    ])

  private static let paths = Setting.section(
    "paths", "Where things are kept; relative to the folder you are in.",
    [
      .value("archive", .text, "datasets/bars.sqlite", "The file of bars."),
      .value("models", .text, "models", "The folder of model versions."),
      .value(
        "actions", .text, "datasets/actions",
        "The folder of corporate actions, a CSV file for each share."),
      .value("runs", .text, "runs", "The folder of journals and reports."),
    ])

  private static let data = Setting.section(
    "data", "Which bars are used.",
    [
      .value(
        "symbols", .list(.text), "[rb8888.SHFE]",
        "Series to work with, CODE.EXCHANGE, or a market of config/watchlist.yaml such as stocks."),
      .value(
        "groups", .optional(.text), "null",
        "A CSV file of symbol,group, and from if groups change: whom cs_neutral compares with whom."
      ),
      .value(
        "interval", .choice(["1m", "5m", "15m", "30m", "1h", "1d"]), "1m", "The length of a bar."),
      .value("from", .optional(.date), "null", "The first trading day used."),
      .value("until", .optional(.date), "null", "The last trading day used."),
      .value(
        "as_of", .optional(.text), "null",
        "Bars as they were known then: a date (its end) or a date and time; null for now."),
      .value(
        "grade", .choice(["A", "B", "C", "D"]), "D",
        "The worst grade of `data check` a day may have; D takes all."),
    ])

  private static let roll = Setting.section(
    "roll", "When a product's series, such as rb.SHFE, goes on to the next contract.",
    [
      .value(
        "rule", .choice(["open-interest", "volume", "expiry"]), "open-interest",
        "What the later contract must have more of; expiry waits for the old one's end."),
      .value("confirm", .integer(1...20), "1", "Closes in a row that must say so."),
      .value(
        "leave", .integer(0...60), "5",
        "Trading days between the last in a contract and the last on which it may be held."),
    ])

  private static let model = Setting.section(
    "model", "What learns.",
    [
      .value(
        "kind",
        .choice(["ridge", "trees", "forest", "lstm", "ensemble", "zero", "last", "all"]), "ridge",
        "zero and last are baselines to beat; all of model.all: train walk and fit, side by side."),
      .value(
        "all", .list(.choice(["ridge", "trees", "forest", "lstm", "ensemble"])),
        "[ridge, trees, forest]", "The kinds that are walked or fitted side by side."),
      .value(
        "seeds", .integer(1...20), "1",
        "Trees and forests are fitted with so many seeds and averaged."),
    ])

  private static let account = Setting.section(
    "account", "The money.",
    [
      .value(
        "cash", .money(currency: "CNY", hundredths: 100...100_000_000_000_000), "1,000,000",
        "Capital at the start.")
    ])

  private static let strategy = Setting.section(
    "strategy", "How forecasts become positions.",
    [
      .value(
        "kind", .choice(["forecast_gate", "average_cross"]), "forecast_gate",
        "forecast_gate trades forecasts, average_cross two moving averages."),
      .value(
        "enter", .ratio(0.000001...1), "4bp",
        "Expected return over the horizon at which a position is opened."),
      .value(
        "exit", .ratio(-1...1), "0%", "Expected return below which it is closed."),
      .value("lots", .integer(1...1_000_000), "1", "Lots of a position."),
      .value(
        "trail", .optional(.ratio(0.0001...0.5)), "1%",
        "Retreat from the best price that closes a position."),
      .value("fast", .integer(1...10_000), "10", "Bars of the fast average (average_cross)."),
      .value("slow", .integer(2...10_000), "20", "Bars of the slow average (average_cross)."),
    ])

  private static let risk = Setting.section(
    "risk", "What no order may pass; shares are of the account's equity.",
    [
      .value(
        "price_band", .ratio(0.0001...1), "2%",
        "Distance of a limit from the last price; an order for an opening goes that far."),
      .value("order_lots", .integer(1...1_000_000), "100", "Lots of one order."),
      .value("order_share", .ratio(0.0001...1), "5%", "Margin of one order."),
      .value("instrument_share", .ratio(0.0001...1), "10%", "Margin of one instrument."),
      .value("total_share", .ratio(0.0001...1), "90%", "Margin of all positions."),
      .value("daily_loss", .ratio(0.0001...1), "2%", "Loss of a day after which nothing opens."),
    ])

  private static let execution = Setting.section(
    "execution", "How orders are sent.",
    [
      .value("aggression", .ticks(0...1_000), "2 ticks", "What an order may pay beyond the price."),
      .value("patience", .integer(1...1_000), "2", "Bars an order may rest."),
      .value("after_hours", .flag, "false", "Ask for what is missing at the closing price."),
    ])

  private static let paper = Setting.section(
    "paper", "How kind the embedded exchange is.",
    [
      .value("slippage", .ticks(0...1_000), "1 tick", "What a marketable order loses."),
      .value(
        "participation", .ratio(0.0001...1), "10%", "Share of a bar's volume orders may take."),
      .value(
        "after_hours", .ratio(0...1), "0.1%", "Volume after the close, as a share of the day's."),
    ])
}
