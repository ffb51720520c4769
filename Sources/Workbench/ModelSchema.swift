import Console
import Models

extension Schema {
  /// Defaults are strongly drawn in: what libraries ship finds patterns in noise at these horizons.
  static let trees = Setting.section(
    "trees", "Boosted trees (model.kind: trees).",
    [
      .value("rounds", .integer(1...100_000), "400", "The most trees."),
      .value("rate", .ratio(0.0001...1), "3%", "What of each tree's forecast is taken."),
      .value("leaves", .integer(2...10_000), "15", "Leaves of a tree."),
      .value(
        "order", .choice(GrowthParameters.Order.allCases.map(\.rawValue)), "leafwise",
        "leafwise splits the leaf that gains most; depthwise the one nearest to the root."),
      .value("depth", .optional(.integer(1...1_000)), "null", "Splits from root to leaf at most."),
      .value("least_leaf", .integer(1...1_000_000), "20", "Rows of a leaf at least."),
      .value("least_share", .ratio(0...0.5), "1%", "Share of all rows in a leaf at least."),
      .value("rows", .ratio(0.01...1), "70%", "Share of rows that each tree sees."),
      .value("features", .ratio(0.001...1), "50%", "Share of features that each tree sees."),
      .value(
        "node_features", .ratio(0.001...1), "100%", "Share of these that each split sees."),
      .value("l1", .number(0...1e9), "0", "Penalty on the absolute values of leaves."),
      .value("l2", .number(0...1e9), "10", "Penalty on the squared values of leaves."),
      .value(
        "least_gain", .number(0...1e9), "0", "What a split must gain, in squares of the label."),
      .value("bins", .integer(2...255), "255", "Steps a feature is cut into."),
      .value(
        "patience", .optional(.integer(1...100_000)), "40",
        "Trees without gain on held-out days after which it stops; null never stops early."),
      .value(
        "loss", .choice(["squared", "absolute", "huber", "quantile"]), "squared",
        "squared forecasts the mean, absolute the median, huber a mean that tails do not move."),
      .value(
        "huber", .ratio(1e-9...1e9), "0.2%", "Errors beyond it count by their size (loss: huber)."),
      .value("quantile", .ratio(0.001...0.999), "50%", "The quantile forecast (loss: quantile)."),
      .value("rising", .list(.text), "[]", "Features as which rise no forecast may fall."),
      .value("falling", .list(.text), "[]", "Features as which rise no forecast may rise."),
      .value(
        "categories", .list(.text), "[]",
        "Features whose numbers are names; they are neither scaled nor ordered."),
      .value("seed", .integer(0...Int.max), "1", "The seed of its chance."),
    ])

  /// The network as its owner drew it, and a budget that one series learns in under two minutes on a core.
  static let lstm = Setting.section(
    "lstm", "A recurrent network (model.kind: lstm).",
    [
      .value("window", .integer(1...10_000), "60", "Bars a forecast looks back on."),
      .value("units", .list(.integer(1...4_096)), "[50, 50]", "Units of each recurrent layer."),
      .value(
        "dense", .list(.integer(1...4_096)), "[25]", "Units of each dense layer before the last."),
      .value(
        "activation", .choice(NetworkShape.Activation.allCases.map(\.rawValue)), "linear",
        "What bends the dense layers."),
      .value("dropout", .ratio(0...0.95), "20%", "Share of recurrent outputs dropped to learn."),
      .value(
        "loss", .choice(["squared", "absolute", "huber"]), "squared",
        "squared forecasts the mean, absolute the median; huber draws outliers in."),
      .value("rate", .ratio(0.000001...1), "0.1%", "The step of Adam."),
      .value(
        "schedule", .choice(["constant", "cosine", "plateau"]), "constant",
        "cosine warms up and fades; plateau halves the step where nothing improves."),
      .value("warm_up", .integer(0...10_000), "2", "Epochs in which cosine warms up."),
      .value(
        "decay", .number(0...1_000), "3",
        "What of a weight fades with every step, times the rate; biases never fade."),
      .value(
        "clip", .optional(.number(0.000001...1e9)), "1", "The longest gradient; null for any."),
      .value("batch", .integer(1...65_536), "32", "Windows of a step."),
      .value("epochs", .integer(1...100_000), "50", "The most times through all windows."),
      .value(
        "patience", .optional(.integer(1...100_000)), "8",
        "Epochs without gain on held-out days after which it stops; null never stops early."),
      .value("stride", .integer(1...100_000), "1", "Only every so many-th window is learned."),
      .value(
        "windows", .optional(.integer(1...100_000_000)), "6000",
        "The most windows, the latest first; null for the full history."),
      .value(
        "averaging", .number(0...1_000), "1",
        "Epochs over which weights are averaged, the latest most; 0 for none."),
      .value(
        "shrink", .flag, "true",
        "Shorten forecasts to the slope that held-out outcomes have on them, 0 to 1."),
      .value("members", .integer(1...64), "1", "Networks of other seeds that are averaged."),
      .value("threads", .integer(1...256), "1", "Threads that share a batch."),
      .value("seed", .integer(0...1_000_000_000), "1", "The seed of starting weights."),
      .value("order_seed", .integer(0...1_000_000_000), "2", "The seed of the windows' order."),
      .value("dropout_seed", .integer(0...1_000_000_000), "3", "The seed of what is dropped."),
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
      .value(
        "bootstrap", .flag, "true", "Draw rows with replacement; false draws each once at most."),
      .value("bins", .integer(2...255), "255", "Steps a feature is cut into."),
      .value("rising", .list(.text), "[]", "Features as which rise no forecast may fall."),
      .value("falling", .list(.text), "[]", "Features as which rise no forecast may rise."),
      .value(
        "categories", .list(.text), "[]",
        "Features whose numbers are names; they are neither scaled nor ordered."),
      .value(
        "quantiles", .flag, "false",
        "Keep a label of each leaf: evaluate explain then tells quantiles; no forecast changes."),
      .value("seed", .integer(0...Int.max), "1", "The seed of its chance."),
    ])

  static let ensemble = Setting.section(
    "ensemble", "Several models that answer together (model.kind: ensemble).",
    [
      .value(
        "members", .list(.choice(["ridge", "trees", "forest"])), "[ridge, trees, forest]",
        "Who answers, each as its own section says."),
      .value(
        "weights", .list(.number(0.000001...1e6)), "[]",
        "What each answer counts; all alike where none is given."),
      .value(
        "joining", .choice(Committee.Joining.allCases.map(\.rawValue)), "mean",
        "mean: of the forecasts; ranks: of their ranks among those of the training rows."),
    ])
}
