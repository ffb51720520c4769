/// How much history a feature needs, computed from its operators.
public struct WarmUp: Hashable, Sendable {
  /// Bars before the first value.
  public let silentBars: Int
  /// Bars after which no trace of where the history began is left, to a ten-millionth.
  public let settlingBars: Int
  /// Whether the level depends on the first bar for good, as a running total's does: then only its
  /// changes settle, after `settlingBars`.
  public let isEndless: Bool

  public init(silentBars: Int, settlingBars: Int, isEndless: Bool = false) {
    self.silentBars = silentBars
    self.settlingBars = settlingBars
    self.isEndless = isEndless
  }
}
