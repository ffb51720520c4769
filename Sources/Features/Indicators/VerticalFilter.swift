extension Function {
  /// The vertical horizontal filter: how much of all the way the price has gone was needed for the range it covered. A
  /// straight way comes near 1, a price that runs to and fro near 0, one that stands still is 0.
  static let verticalFilter = Function(
    "vhf", .usual("x", .close), .bars("bars"),
    is: "ratio(max(x, bars) - min(x, bars), sum(abs(delta(x, 1)), bars), 0)")
}
