extension Vocabulary {
  /// The window as a sample: spread, dependence, and its straight line.
  static let statistics = [
    Function("var", .usual("x", .close), .bars("bars"), is: "power(std(x, bars), 2)"),
    // How much y's return moves for one of x.
    Function(
      "beta", .series("x"), .series("y"), .bars("bars"),
      is: "ratio(cov(change(x, 1), change(y, 1), bars), var(change(x, 1), bars), 0)"),
    // The line's value on this bar, on the window's first, on the next bar, and its angle.
    Function("linear", .usual("x", .close), .bars("bars"), is: "x - residual(x, bars)"),
    Function(
      "intercept", .usual("x", .close), .bars("bars"),
      is: "linear(x, bars) - (bars - 1) * slope(x, bars)"),
    Function(
      "forecast", .usual("x", .close), .bars("bars"), is: "linear(x, bars) + slope(x, bars)"),
    Function(
      "angle", .usual("x", .close), .bars("bars"),
      is: "57.29577951308232 * atan(slope(x, bars))"),
  ]
}
