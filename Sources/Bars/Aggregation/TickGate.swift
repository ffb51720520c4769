public import Market

extension Schedule {
  /// How late the last trades of a session are still told.
  static let lateNanos: Int64 = 3_000_000_000
  /// The longest pause between an opening auction and the bell, as in Shanghai from 9:25 to 9:30.
  private static let auctionPauseMinutes: Int64 = 5

  /// The minute a quote falls into; `nil` outside trading.
  ///
  /// A quote on the full minute begins the next one, but on a session's end it is that session's
  /// last, and so is one a moment later. What is told between an auction and the bell is the
  /// auction's outcome.
  public func slot(quotedAt instant: Instant) -> Slot? {
    if let slot = slot(opening: instant, .minute) { return slot }
    if let slot = slot(closing: instant, .minute) { return slot }
    let late = instant.advanced(byNanos: -Self.lateNanos)
    if let slot = slot(closing: late, .minute), slot.closes <= instant { return slot }
    for minutes in 1...Self.auctionPauseMinutes {
      guard let slot = slot(opening: instant.advanced(bySeconds: 60 * minutes), .minute) else {
        continue
      }
      return slot.isAuction(closing: instant) ? slot : nil
    }
    return nil
  }
}

/// Sorts a feed's quotes: which count, and on which trading day.
public struct TickGate: Sendable {
  public enum Fate: Hashable, Sendable {
    case counts(Slot)
    /// Outside trading: sent before an auction, in a pause, or by a server that tests at night.
    case outside
    /// Older than what is known: sent again after a reconnect, or left over from the day before.
    case stale
  }

  private let schedule: Schedule
  private var lastAt = Instant(nanoseconds: .min)
  private var lastDay: TradingDay?
  private var lastVolume: Int64 = 0

  public init(_ schedule: Schedule) {
    self.schedule = schedule
  }

  /// `volume` counts from the start of the trading day.
  public mutating func judge(at instant: Instant, volume: Int64) -> Fate {
    guard let slot = schedule.slot(quotedAt: instant) else { return .outside }
    guard instant >= lastAt else { return .stale }
    if slot.tradingDay == lastDay {
      guard volume >= lastVolume else { return .stale }
    } else if lastDay != nil, volume == lastVolume, volume > 0 {
      // Yesterday's last quote, sent under today's clock at log-in.
      return .stale
    }
    (lastAt, lastDay, lastVolume) = (instant, slot.tradingDay, volume)
    return .counts(slot)
  }
}
