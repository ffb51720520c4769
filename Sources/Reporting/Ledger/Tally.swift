public import Market
public import Trading

/// How often risk said no by one rule, and the last time it did.
public struct DenialCount: Hashable, Sendable {
  public let rule: RiskRule
  public internal(set) var count = 0
  public internal(set) var last: Denial?
  public internal(set) var lastAt: Instant?

  init(_ rule: RiskRule) {
    self.rule = rule
  }
}

/// An alarm and when it rang.
public struct TimedAlarm: Hashable, Sendable {
  public let alarm: Alarm
  public let at: Instant
}

/// What became of the orders and how busy the account was.
public struct Tally: Hashable, Sendable {
  public internal(set) var orders = 0
  public internal(set) var fills = 0
  public internal(set) var refused = 0
  public internal(set) var cancelled = 0
  public internal(set) var cancelsRefused = 0
  public internal(set) var expired = 0
  /// Closed instants, and those at which a position was held.
  public internal(set) var instants = 0
  public internal(set) var exposedInstants = 0
  public internal(set) var bars = 0
  public internal(set) var forecasts = 0
  public internal(set) var peakMargin = Money.zero
  public internal(set) var peakExposure = Money.zero

  public init() {}
}
