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

  public init(_ phase: Phase, opensSecond: Int64, closesSecond: Int64) {
    precondition(opensSecond < closesSecond, "a session lasts")
    self.phase = phase
    self.opensSecond = opensSecond
    self.closesSecond = closesSecond
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

/// Every session of one product over its calendar, in order of time.
public struct Timetable: Hashable, Sendable {
  public let zone: Zone
  public let sessions: [Session]

  /// Lays dated hours over the calendar's days. A night needs an evening before which no holiday lies,
  /// and none of `nightPauses`.
  public init(
    calendar: ExchangeCalendar, hours: Timeline<[Hours]>,
    nightPauses: [ClosedRange<TradingDay>] = []
  ) {
    zone = calendar.zone
    var laid: [Session] = []
    for (index, day) in calendar.days.enumerated() {
      guard let plan = hours[day] else { continue }
      let evening = index > 0 ? calendar.days[index - 1] : nil
      for span in plan {
        guard let base = span.isOfEvening ? evening : day else { continue }
        if span.isOfEvening, !Self.hasNight(evening: base, day: day, pauses: nightPauses) {
          continue
        }
        laid.append(
          Session(
            tradingDay: day, phase: span.phase,
            opens: calendar.zone.instant(base, seconds: span.opensSecond),
            closes: calendar.zone.instant(base, seconds: span.closesSecond)))
      }
    }
    sessions = laid.sorted { $0.opens < $1.opens }
  }

  /// The sessions booked on a trading day, oldest first.
  public func sessions(on day: TradingDay) -> ArraySlice<Session> {
    // Sessions are ordered by time and so by trading day.
    let start = sessions.partitioned { $0.tradingDay < day }
    let end = sessions.partitioned { $0.tradingDay <= day }
    return sessions[start..<end]
  }

  /// The session that a bar stamped with its end at `instant` closes in: opens < instant ≤ closes.
  public func session(closingBarAt instant: Instant) -> Session? {
    let index = sessions.partitioned { $0.closes < instant }
    guard index < sessions.count, sessions[index].opens < instant else { return nil }
    return sessions[index]
  }

  /// The session trading at `instant`: opens ≤ instant < closes.
  public func session(at instant: Instant) -> Session? {
    let index = sessions.partitioned { $0.closes <= instant }
    guard index < sessions.count, sessions[index].opens <= instant else { return nil }
    return sessions[index]
  }

  private static func hasNight(
    evening: TradingDay, day: TradingDay, pauses: [ClosedRange<TradingDay>]
  ) -> Bool {
    // Between the evening and its trading day nothing but a weekend may lie.
    let onlyWeekend = (evening.next..<day).allSatisfy(\.isWeekend)
    return onlyWeekend && !pauses.contains { $0.contains(day) }
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
