/// How much history a feature needs, computed from its operators.
public struct WarmUp: Hashable, Sendable {
  /// Bars before the first value.
  public let silentBars: Int
  /// Bars after which no trace of where the history began is left, to a ten-millionth.
  public let settlingBars: Int

  public init(silentBars: Int, settlingBars: Int) {
    self.silentBars = silentBars
    self.settlingBars = settlingBars
  }
}
