public import Market

/// By which hours a series is cut into bars.
public enum Schedule: Hashable, Sendable {
  /// An exchange's dated sessions.
  case sessions(Timetable)
  /// Trading never stops; a day is the local clock's.
  case alwaysOpen(Zone)
  /// No table is asked: the bars tell the days, by a rule of the local clock.
  case fromData(Zone)

  /// Sessions of one trading day closer together than this share their count of trading time; the
  /// night and the morning after it never do.
  static let longestPauseNanos: Int64 = 4 * 3_600 * 1_000_000_000

  public var zone: Zone {
    switch self {
    case .sessions(let timetable): timetable.zone
    case .alwaysOpen(let zone), .fromData(let zone): zone
    }
  }
}

/// The span that one bar of an interval covers.
public struct Slot: Hashable, Sendable {
  public let tradingDay: TradingDay
  public let opens: Instant
  public let closes: Instant
  /// Where the slot is the first after a night or a morning: when its opening auction begins.
  public let auctionOpens: Instant?

  /// Whether a bar that ends at `instant` falls into the span.
  public func covers(closing instant: Instant) -> Bool {
    (opens < instant && instant <= closes) || isAuction(closing: instant)
  }

  /// Whether a bar that ends at `instant` is the opening auction's: on the bell or before it.
  public func isAuction(closing instant: Instant) -> Bool {
    auctionOpens.map { $0 <= instant && instant <= opens } ?? false
  }
}

/// A span of trading without a pause: bars that count from its opening follow each other evenly, the
/// last ending with it.
public struct Stretch: Hashable, Sendable {
  public let tradingDay: TradingDay
  public let opens: Instant
  public let closes: Instant
}

extension Schedule {
  /// The stretch in which a bar that ends at `instant` falls; `nil` where bars do not follow each
  /// other evenly, as those that count across pauses, and on days when clocks are changed.
  public func stretch(closing instant: Instant, _ interval: BarInterval) -> Stretch? {
    if case .sessions(let timetable) = self {
      return interval.seconds < BarInterval.minute30.seconds
        ? timetable.stretch(closing: instant) : nil
    }
    guard case .alwaysOpen(let zone) = self else { return nil }
    let day = zone.slot(closing: instant, .day)
    let isEven = day.opens.advanced(bySeconds: BarInterval.day.seconds) == day.closes
    guard isEven, zone.offsetSeconds(at: day.opens) == zone.offsetSeconds(at: day.closes) else {
      return nil
    }
    return Stretch(tradingDay: day.tradingDay, opens: day.opens, closes: day.closes)
  }

  /// The slot in which a bar that ends at `instant` falls; `nil` outside trading.
  ///
  /// Bars up to a quarter of an hour end with their session. Bars of 30 minutes and an hour count
  /// trading time across the pauses of one day, as Chinese terminals do: after 10:00 a commodity
  /// future's hour lasts until 11:15. A day's bar holds the night that belongs to it.
  public func slot(closing instant: Instant, _ interval: BarInterval) -> Slot? {
    switch self {
    case .sessions(let timetable): timetable.slot(closing: instant, interval)
    case .alwaysOpen(let zone): zone.slot(closing: instant, interval)
    case .fromData(let zone): zone.dataSlot(closing: instant, interval)
    }
  }

  /// The slot of a bar that starts at `instant`; `nil` outside trading.
  public func slot(opening instant: Instant, _ interval: BarInterval) -> Slot? {
    slot(closing: instant.advanced(byNanos: 1), interval)
  }

  /// The whole trading day's span; `nil` where the day has no session.
  public func slot(of day: TradingDay) -> Slot? {
    switch self {
    case .alwaysOpen(let zone):
      return zone.slot(day, fromSecond: 0, seconds: BarInterval.day.seconds)
    case .fromData(let zone):
      return zone.dataSlot(of: day)
    case .sessions(let timetable):
      let sessions = timetable.sessions(on: day)
      guard let first = sessions.first, let last = sessions.last else { return nil }
      let bell = sessions.first { $0.phase != .auction } ?? first
      return Slot(
        tradingDay: day, opens: bell.opens, closes: last.closes, auctionOpens: first.opens)
    }
  }
}

extension Zone {
  func slot(closing instant: Instant, _ interval: BarInterval) -> Slot {
    // A bar that ends at midnight belongs to the day that ends there.
    let (day, second) = local(instant.advanced(byNanos: -1))
    let start = second / interval.seconds * interval.seconds
    return slot(day, fromSecond: start, seconds: interval.seconds)
  }

  func slot(_ day: TradingDay, fromSecond start: Int64, seconds: Int64) -> Slot {
    Slot(
      tradingDay: day, opens: instant(day, seconds: start),
      closes: instant(day, seconds: start + seconds), auctionOpens: nil)
  }
}
