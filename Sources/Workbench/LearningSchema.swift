import Console
import Features

/// What a model is shown, what it is asked, and how it is fitted.
extension Schema {
  static let features = Setting.section(
    "features", "What a model sees.",
    [
      .value("recipe", .text, "stationary", "A file of config/recipes without its ending."),
      .value(
        "select", .optional(.integer(1...10_000)), "30",
        "The most features given to a model, chosen anew by each fold's past; null gives all."),
      .value(
        "select_by", .choice(SelectionRule.Criterion.allCases.map(\.rawValue)), "information",
        "information: what a feature tells of the label; importance: what trees gained by it."),
      .value(
        "twins", .ratio(0.5...1), "95%",
        "Correlation of ranks above which the weaker of two features goes."),
    ])

  static let label = Setting.section(
    "label", "What a model is asked to forecast.",
    [
      .value(
        "price", .choice(["open", "close"]), "open",
        "open: from the first price that can be had; close: close to close."),
      .value("horizon", .integer(1...10_000), "5", "Tradable bars the return spans."),
      .value(
        "kind", .optional(.choice(["return", "scaled", "barrier", "rank", "gauss-rank"])), "null",
        "scaled: in volatilities; barrier: where a band is left first; rank, gauss-rank: among all "
          + "instruments; null: return for one series, gauss-rank for several."),
      .value(
        "volatility", .integer(LabelDefinition.Volatility.range), "60",
        "Bars the volatility of scaled and barrier is measured over."),
      .value(
        "barrier", .number(0.01...100), "1.5", "Volatilities of the horizon from entry to band."),
      .value(
        "same_day", .choice(["refuse", "warn"]), "refuse",
        "What to do about outcomes sold on the day they were bought where the market forbids it."),
    ])

  static let training = Setting.section(
    "training", "How a model is fitted and judged.",
    [
      .value("folds", .integer(1...200), "4", "Blocks forecast one after the other."),
      .value(
        "first_train", .ratio(0.05...0.95), "40%", "The share of days before the first block."),
      .value(
        "scheme", .choice(["forward", "rolling", "kfold", "combinatorial"]), "forward",
        "forward keeps all past days, rolling a constant number; the others show more beside it."),
      .value(
        "groups", .integer(2...20), "6",
        "Groups of days that kfold and combinatorial forecast by the days around them."),
      .value(
        "tested", .integer(1...5), "2", "Groups forecast at a time by combinatorial."),
      .value(
        "cost", .ratio(0...0.1), "1.5bp",
        "What a change of position costs the strategy of signs whose returns the ledger keeps."),
      .value("embargo", .integer(0...10_000), "5", "Bars left out before each block."),
      .value(
        "winsor", .ratio(0...0.2), "1%",
        "Share of training rows cut off either end of each feature; 0 for none."),
      .value(
        "scaling", .choice(Scaling.allCases.map(\.rawValue)), "standard",
        "standard: mean and deviation; robust: median and median distance; normal: by rank."),
      .value(
        "unique", .flag, "false",
        "Count each row by the share of its outcome that no other row tells."),
      .value(
        "half_life", .optional(.integer(1...100_000)), "null",
        "Trading days after which a row counts half; null for never."),
    ])
}
