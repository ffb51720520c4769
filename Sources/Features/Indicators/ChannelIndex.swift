extension Function {
  /// The mean of high, low and close.
  static let typical = Function("typical", is: "(high + low + close) / 3")

  /// Lambert's commodity channel index: the typical price's distance from its mean, in mean
  /// distances; 0 where nothing moves.
  static let channelIndex = Function(
    "cci", .bars("bars"),
    is: "ratio(typical() - mean(typical(), bars), 0.015 * mad(typical(), bars), 0)")
}
