extension Function {
  /// How young the window's high is: 100 on this bar, 0 when it is the window's age.
  static let aroonUp = Function(
    "aroonup", .bars("bars"), is: "argmax(high, bars + 1) / bars * 100")

  static let aroonDown = Function(
    "aroondown", .bars("bars"), is: "argmin(low, bars + 1) / bars * 100")
}
