/// A span of an exchange's wall clock: from a second on, until before another.
public struct ClockSpan: Hashable, Sendable {
  public let fromSecond: Int64
  public let untilSecond: Int64

  public init(fromSecond: Int64, untilSecond: Int64) {
    precondition(fromSecond < untilSecond, "a span lasts")
    self.fromSecond = fromSecond
    self.untilSecond = untilSecond
  }

  func on(_ day: TradingDay, _ zone: Zone) -> InstantSpan {
    InstantSpan(
      from: zone.instant(day, seconds: fromSecond), until: zone.instant(day, seconds: untilSecond))
  }
}

/// A span of time: from an instant on, until before another.
public struct InstantSpan: Hashable, Sendable {
  public let from: Instant
  public let until: Instant

  public init(from: Instant, until: Instant) {
    self.from = from
    self.until = until
  }

  public func contains(_ instant: Instant) -> Bool { from <= instant && instant < until }
}
