public import Market

/// Looks at bars as a suspicious person would, and grades every day of them.
public struct QualityGate: Sendable {
  public let schedule: Schedule
  public let interval: BarInterval
  /// How far a price may go in a day, where a rule says so.
  public let priceLimit: Timeline<Rate>
  /// Whether prices were moved for dividends or rolls, so that turnover no longer fits them.
  public let isAdjusted: Bool

  public init(
    schedule: Schedule, interval: BarInterval, priceLimit: Timeline<Rate> = Timeline([]),
    isAdjusted: Bool = false
  ) {
    self.isAdjusted = isAdjusted
    self.schedule = schedule
    self.interval = interval
    self.priceLimit = priceLimit
  }

  /// Every trading day from the first bar's to the last one's.
  public func check(_ bars: BarColumns) -> [DayQuality] {
    let habits = Habits(bars, interval, isAdjusted: isAdjusted)
    var learned: LearnedHours?
    if case .fromData(let zone) = schedule { learned = LearnedHours(bars, interval, zone: zone) }
    var days: [DayQuality] = []
    for (index, rows) in Self.days(of: bars).enumerated() {
      let day = TradingDay(days: bars.tradingDays[rows.lowerBound])
      days += missing(after: days.last?.day, before: day)
      let slots = learned.map { $0.closes[index] } ?? expectedCloses(on: day)
      let expected =
        learned?.expectedBars(onDay: index, found: rows.count)
        ?? slots?.count ?? habits.usualBars(on: day)
      var look = DayLook(
        bars: bars, rows: rows, habits: habits, interval: interval,
        limit: priceLimit[day]?.value)
      look.lookAtPrices()
      look.lookAtMoves()
      look.lookAtTrading()
      var findings = look.findings
      findings += times(bars, rows, slots, expected: expected)
      days.append(
        DayQuality(
          day: day, bars: rows.count, expected: expected,
          findings: findings.sorted {
            ($0.closedAt?.nanoseconds ?? 0) < ($1.closedAt?.nanoseconds ?? 0)
          }))
    }
    return days
  }

  /// Runs of rows of one trading day; a day that comes back later is a run of its own.
  static func days(of bars: BarColumns) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var first = 0
    for row in 0..<bars.count
    where row + 1 == bars.count || bars.tradingDays[row + 1] != bars.tradingDays[row] {
      runs.append(first..<row + 1)
      first = row + 1
    }
    return runs
  }
}

/// What the hours say.
extension QualityGate {
  private static let longestHolidayDays: Int32 = 12

  /// Trading days without a bar; where no hours are known, only a silence longer than any holiday.
  private func missing(after last: TradingDay?, before day: TradingDay) -> [DayQuality] {
    guard let last, last < day else { return [] }
    guard case .sessions = schedule else {
      let silent = day.days - last.days - 1
      guard silent > Self.longestHolidayDays else { return [] }
      let finding = Finding(.missingDay, .d, "no bars for \(silent) days")
      return [DayQuality(day: last.next, bars: 0, expected: 0, findings: [finding])]
    }
    return (last.next..<day).compactMap { day in
      guard let slots = expectedCloses(on: day), !slots.isEmpty else { return nil }
      let finding = Finding(.missingDay, .d, "a trading day without bars")
      return DayQuality(day: day, bars: 0, expected: slots.count, findings: [finding])
    }
  }

  /// When the day's bars should close; `nil` where the hours say nothing.
  private func expectedCloses(on day: TradingDay) -> [Int64]? {
    guard case .sessions(let timetable) = schedule else { return nil }
    if interval == .day { return schedule.slot(of: day).map { [$0.closes.nanoseconds] } ?? [] }
    var closes: [Int64] = []
    // The opening auction has no bars of its own; a closing one belongs to the session before it.
    for session in timetable.sessions(on: day).drop(while: { $0.phase == .auction }) {
      var cursor = session.opens.nanoseconds
      if let last = closes.last { cursor = max(cursor, last) }
      while cursor < session.closes.nanoseconds,
        let slot = schedule.slot(opening: Instant(nanoseconds: cursor), interval)
      {
        closes.append(slot.closes.nanoseconds)
        cursor = slot.closes.nanoseconds
      }
    }
    return closes
  }

  private func times(
    _ bars: BarColumns, _ rows: Range<Int>, _ slots: [Int64]?, expected: Int
  ) -> [Finding] {
    var findings: [Finding] = []
    for row in rows.dropFirst() where bars.closedAtNanos[row] <= bars.closedAtNanos[row - 1] {
      findings.append(
        Finding(
          .order, .d, at: Instant(nanoseconds: bars.closedAtNanos[row]),
          "not later than the bar before"))
      break
    }
    guard let slots else { return findings + shortage(rows.count, expected) }
    if let told = stamps(bars, rows) { return findings + [told] }
    var at = rows.lowerBound
    var missing = 0
    var outside: Int?
    for slot in slots {
      while at < rows.upperBound, bars.closedAtNanos[at] < slot {
        if !isAuction(bars.closedAtNanos[at]) { outside = outside ?? at }
        at += 1
      }
      if at < rows.upperBound, bars.closedAtNanos[at] == slot { at += 1 } else { missing += 1 }
    }
    // What was learned tells what to expect, not what is allowed.
    if case .sessions = schedule, let row = outside ?? (at < rows.upperBound ? at : nil) {
      findings.append(
        Finding(
          .hours, .c, at: Instant(nanoseconds: bars.closedAtNanos[row]),
          "a bar that closes outside the hours"))
    }
    return findings + shortage(slots.count - missing, slots.count)
  }

  private func isAuction(_ nanos: Int64) -> Bool {
    let instant = Instant(nanoseconds: nanos)
    return schedule.slot(closing: instant, interval)?.isAuction(closing: instant) ?? false
  }

  private func shortage(_ found: Int, _ expected: Int) -> [Finding] {
    let missing = expected - found
    guard missing > 0 else { return [] }
    let grade: Grade =
      missing == 1 || missing * 50 <= expected ? .b : missing * 10 <= expected ? .c : .d
    return [Finding(.gap, grade, "\(missing) of \(expected) bars missing")]
  }

  /// Starts taken for ends: every session lacks its closing bar and has one on its opening bell.
  /// Ends taken for starts: every session lacks its first bar and has one beyond its close.
  private func stamps(_ bars: BarColumns, _ rows: Range<Int>) -> Finding? {
    guard case .sessions(let timetable) = schedule, interval.seconds < 1_800 else { return nil }
    let step = interval.seconds * 1_000_000_000
    let day = TradingDay(days: bars.tradingDays[rows.lowerBound])
    let closes = bars.closedAtNanos[rows]
    let has = { (nanos: Int64) in closes.contains(nanos) }
    var (early, late, sessions) = (0, 0, 0)
    for session in timetable.sessions(on: day) where session.phase != .auction {
      let (opens, ends) = (session.opens.nanoseconds, session.closes.nanoseconds)
      guard has(opens + 2 * step), has(ends - step) else { continue }
      sessions += 1
      if !has(ends) { early += 1 }
      if !has(opens + step) { late += 1 }
    }
    guard sessions > 1 else { return nil }
    if early == sessions {
      return Finding(.stamps, .d, "no session has its closing bar: starts taken for ends?")
    }
    if late == sessions {
      return Finding(.stamps, .d, "no session has its first bar: ends taken for starts?")
    }
    return nil
  }
}
