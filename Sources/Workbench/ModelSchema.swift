import Console

extension Schema {
  /// Defaults are strongly drawn in: what libraries ship finds patterns in noise at these horizons.
  static let trees = Setting.section(
    "trees", "Boosted trees (model.kind: trees).",
    [
      .value("rounds", .integer(1...100_000), "400", "The most trees."),
      .value("rate", .ratio(0.0001...1), "3%", "What of each tree's forecast is taken."),
      .value("leaves", .integer(2...10_000), "15", "Leaves of a tree."),
      .value("depth", .optional(.integer(1...1_000)), "null", "Splits from root to leaf at most."),
      .value("least_leaf", .integer(1...1_000_000), "20", "Rows of a leaf at least."),
      .value("least_share", .ratio(0...0.5), "1%", "Share of all rows in a leaf at least."),
      .value("rows", .ratio(0.01...1), "70%", "Share of rows that each tree sees."),
      .value("features", .ratio(0.001...1), "50%", "Share of features that each tree sees."),
      .value("l1", .number(0...1e9), "0", "Penalty on the absolute values of leaves."),
      .value("l2", .number(0...1e9), "10", "Penalty on the squared values of leaves."),
      .value("bins", .integer(2...255), "255", "Steps a feature is cut into."),
      .value(
        "patience", .optional(.integer(1...100_000)), "40",
        "Trees without gain on held-out days after which it stops; null never stops early."),
      .value(
        "loss", .choice(["squared", "absolute"]), "squared",
        "squared forecasts the mean, absolute the median."),
      .value("seed", .integer(0...Int.max), "1", "The seed of its chance."),
    ])

  static let forest = Setting.section(
    "forest", "A random forest (model.kind: forest).",
    [
      .value("trees", .integer(1...10_000), "100", "How many trees."),
      .value("depth", .optional(.integer(1...1_000)), "null", "Splits from root to leaf at most."),
      .value("least_leaf", .integer(1...1_000_000), "20", "Rows of a leaf at least."),
      .value("least_share", .ratio(0...0.5), "0.5%", "Share of all rows in a leaf at least."),
      .value("rows", .ratio(0.01...1), "50%", "Rows drawn for each tree, as a share of all."),
      .value("features", .ratio(0.001...1), "33%", "Share of features a node chooses from."),
      .value("seed", .integer(0...Int.max), "1", "The seed of its chance."),
    ])
}
