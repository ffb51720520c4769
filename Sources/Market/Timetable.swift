/// Every session of one product over its calendar, in order of time.
public struct Timetable: Hashable, Sendable {
  public let zone: Zone
  public let sessions: [Session]
  /// The sessions' ends in nanoseconds, apart: a question reads these and then one session.
  private let closes: [Int64]
  /// For every day of UTC from the first close on, how many sessions have closed when it begins.
  private let closed: [Int32]
  private let firstDay: Int64

  private static let nanosPerDay: Int64 = 86_400_000_000_000

  /// Lays dated hours over the calendar's days. A night needs an evening before which no holiday lies,
  /// and none of `nightPauses`.
  public init(
    calendar: ExchangeCalendar, hours: Timeline<[Hours]>,
    nightPauses: [ClosedRange<TradingDay>] = []
  ) {
    var laid: [Session] = []
    for (index, day) in calendar.days.enumerated() {
      guard let plan = hours[day] else { continue }
      let spans = calendar.specialDay(day)?.hours(plan) ?? plan
      let evening = index > 0 ? calendar.days[index - 1] : nil
      let isPaused = nightPauses.contains { $0.contains(day) }
      let night = evening.flatMap { !isPaused && Self.mayOpen($0, before: day) ? $0 : nil }
      laid += Self.lay(spans, day: day, evening: night, zone: calendar.zone)
    }
    self.init(zone: calendar.zone, sessions: laid.sorted { $0.opens < $1.opens })
  }

  /// Sessions as they were found, in order of time.
  public init(zone: Zone, sessions: [Session]) {
    self.zone = zone
    self.sessions = sessions
    let closes = sessions.map(\.closes.nanoseconds)
    self.closes = closes
    let days = { (nanos: Int64) in nanos.floorDivided(by: Self.nanosPerDay) }
    let firstDay = closes.first.map(days) ?? 0
    var closed: [Int32] = []
    var count = 0
    for day in stride(from: firstDay, through: closes.last.map(days) ?? -1, by: 1) {
      while count < closes.count, closes[count] < day * Self.nanosPerDay { count += 1 }
      closed.append(Int32(count))
    }
    self.closed = closed
    self.firstDay = firstDay
  }

  private static func lay(
    _ spans: [Hours], day: TradingDay, evening: TradingDay?, zone: Zone
  ) -> [Session] {
    let hasNight = evening != nil && spans.contains { $0.phase == .night }
    return spans.compactMap { span in
      guard !(span.isWithoutNight && hasNight), let base = span.isOfEvening ? evening : day else {
        return nil
      }
      return Session(
        tradingDay: day, phase: span.phase, opens: zone.instant(base, seconds: span.opensSecond),
        closes: zone.instant(base, seconds: span.closesSecond))
    }
  }

  /// Between an evening and the trading day its night belongs to, nothing but a weekend may lie.
  private static func mayOpen(_ evening: TradingDay, before day: TradingDay) -> Bool {
    (evening.next..<day).allSatisfy(\.isWeekend)
  }
}

extension Timetable {
  /// The sessions booked on a trading day, oldest first.
  public func sessions(on day: TradingDay) -> ArraySlice<Session> {
    // Sessions are ordered by time and so by trading day.
    let start = sessions.partitioned { $0.tradingDay < day }
    let end = sessions.partitioned { $0.tradingDay <= day }
    return sessions[start..<end]
  }

  /// The session that a bar stamped with its end at `instant` closes in: opens < instant ≤ closes.
  public func session(closingBarAt instant: Instant) -> Session? {
    let index = closedCount(before: instant.nanoseconds)
    guard index < sessions.count, sessions[index].opens < instant else { return nil }
    return sessions[index]
  }

  /// The session trading at `instant`: opens ≤ instant < closes.
  public func session(at instant: Instant) -> Session? {
    let index = closedCount(before: instant.nanoseconds + 1)
    guard index < sessions.count, sessions[index].opens <= instant else { return nil }
    return sessions[index]
  }

  /// How many sessions closed before a moment: a jump to its day, and a few steps within it.
  func closedCount(before nanos: Int64) -> Int {
    let day = nanos.floorDivided(by: Self.nanosPerDay) - firstDay
    guard day >= 0 else { return 0 }
    guard day < closed.count else { return closes.count }
    var index = Int(closed[Int(day)])
    while index < closes.count, closes[index] < nanos { index += 1 }
    return index
  }

  /// What must hold: sessions follow one another and trading days never go back.
  public var isSound: Bool {
    zip(sessions, sessions.dropFirst()).allSatisfy {
      $0.closes <= $1.opens && $0.tradingDay <= $1.tradingDay
    }
  }
}
