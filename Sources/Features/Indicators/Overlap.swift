extension Vocabulary {
  /// Lines that lie over the price.
  static let overlap = [
    // An exponential mean of any weight, begun with the mean of the first values.
    Function("smooth", .usual("x", .close), .bars("bars"), .share("weight")) {
      $0.add(.smoothing($1.bars(1), weight: $1.number(2)), $1.series(0))
    },
    Function(
      "midpoint", .usual("x", .close), .bars("bars"), is: "(max(x, bars) + min(x, bars)) / 2"),
    Function("midprice", .bars("bars"), is: "(max(high, bars) + min(low, bars)) / 2"),
    // Mulloy's double and triple exponential means: the lag of the inner means is taken off.
    Function(
      "dema", .usual("x", .close), .bars("bars"), is: "2 * ema(x, bars) - ema(ema(x, bars), bars)"),
    Function(
      "tema", .usual("x", .close), .bars("bars"),
      is: "3 * (ema(x, bars) - ema(ema(x, bars), bars)) + ema(ema(ema(x, bars), bars), bars)"),
    // Tillson's mean: the double one, but by a factor, three times over.
    Function(
      "gdema", .usual("x", .close), .bars("bars"), .number("factor"),
      is: "(1 + factor) * ema(x, bars) - factor * ema(ema(x, bars), bars)"),
    Function(
      "t3", .usual("x", .close), .bars("bars"), .number("factor"),
      is: "gdema(gdema(gdema(x, bars, factor), bars, factor), bars, factor)"),
    // A mean of means: the middle of the window weighs the most.
    Function("trima", .usual("x", .close), .bars("bars")) { plan, arguments in
      let half = arguments.bars(1) / 2
      let inner = plan.add(.mean(arguments.bars(1) - half), arguments.series(0))
      return plan.add(.mean(half + 1), inner)
    },
    // The mean of as many bars as y says, at least and at most as many as given.
    Function("mavp", .series("x"), .series("y"), .bars("least"), .bars("most")) {
      $0.add(.varyingMean($1.bars(2), $1.bars(3)), $1.series(0), $1.series(1))
    },
    // Headley's acceleration bands: highs and lows moved out by the bar's own range.
    Function(
      "accupper", .bars("bars"),
      is: "mean(high * (1 + 4 * ratio(high - low, high + low, 0)), bars)"),
    Function(
      "acclower", .bars("bars"),
      is: "mean(low * (1 - 4 * ratio(high - low, high + low, 0)), bars)"),
  ]
}
