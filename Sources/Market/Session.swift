/// What kind of trading a span of hours is.
public enum Phase: UInt8, CaseIterable, Sendable {
  case auction
  case day
  case night

  public var name: String {
    switch self {
    case .auction: "auction"
    case .day: "day"
    case .night: "night"
    }
  }
}

/// A span of trading on the wall clock; a night's is counted from midnight before the evening it opens in.
public struct Hours: Hashable, Sendable {
  public let phase: Phase
  public let opensSecond: Int64
  /// Past midnight it goes on counting: 02:30 is 26:30.
  public let closesSecond: Int64
  /// Whether the span is held only on days that had no night: the morning auction of night products.
  public let isWithoutNight: Bool

  public init(
    _ phase: Phase, opensSecond: Int64, closesSecond: Int64, isWithoutNight: Bool = false
  ) {
    precondition(opensSecond < closesSecond, "a session lasts")
    self.phase = phase
    self.opensSecond = opensSecond
    self.closesSecond = closesSecond
    self.isWithoutNight = isWithoutNight
  }

  /// Whether the span opens in the evening before its trading day: a night, or the auction before it.
  public var isOfEvening: Bool {
    phase == .night || (phase == .auction && opensSecond >= 18 * 3_600)
  }
}

/// One span of trading that took or will take place.
public struct Session: Hashable, Sendable {
  public let tradingDay: TradingDay
  public let phase: Phase
  public let opens: Instant
  public let closes: Instant

  public init(tradingDay: TradingDay, phase: Phase, opens: Instant, closes: Instant) {
    self.tradingDay = tradingDay
    self.phase = phase
    self.opens = opens
    self.closes = closes
  }
}

extension Array {
  /// How many leading elements satisfy a condition that holds for a prefix only.
  package func partitioned(_ isBefore: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
