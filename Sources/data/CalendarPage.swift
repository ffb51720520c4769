import Archive
import Bytes
import Console
import Market
import Workbench

/// One month of one product.
struct CalendarPage {
  let title: String
  private let timetable: Timetable
  private let month: ClosedRange<TradingDay>
  /// Why there was no trading on a weekday, and why a day had hours of its own.
  private let closed: (TradingDay) -> String
  private let note: (TradingDay) -> String?
  private let hasPlannedNights: Bool

  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  init(
    _ file: MarketFile, _ rules: ProductRules, _ symbol: Symbol?, _ book: MarketBook,
    _ month: ClosedRange<TradingDay>
  ) {
    let isKnown = file.calendar.isKnown(on: month.upperBound)
    title =
      "\(symbol?.description ?? "\(rules.product).\(rules.exchange.rawValue)") — "
      + file.days.source
      + (!isKnown ? " (not announced, expected)" : file.days.isVerified ? "" : " (unverified)")
    timetable = book.timetable(rules, in: file, of: symbol)
    self.month = month
    closed = { day in
      file.days.closures.first { $0.days.contains(day) }?.why ?? "no session"
    }
    let calendar = file.calendar(rules, of: symbol)
    note = { day in
      if let special = calendar.specialDay(day) { return special.why }
      // Hours of a single day have a source that begins with the reason.
      guard let fact = rules.hours.fact(on: day), fact.from == day, fact.until == day else {
        return nil
      }
      return fact.source.split(separator: ":").first.map(String.init)
    }
    hasPlannedNights =
      rules.hours[month.upperBound]?.contains { $0.phase == .night } ?? false
  }

  /// What the bars of a series tell.
  init(_ series: Series, _ timetable: Timetable, _ month: ClosedRange<TradingDay>) {
    title = "\(series.key) — sessions found in its bars; its days are told by \(series.calendar)"
    self.timetable = timetable
    self.month = month
    closed = { _ in "no bars" }
    note = { _ in nil }
    hasPlannedNights = false
  }

  /// Columns that would stay empty are left out: auctions, and nights of what has none.
  var table: Table {
    let hasAuctions = month.contains { has(.auction, $0) }
    let hasNights = hasPlannedNights || month.contains { has(.night, $0) }
    let shown: [(Table.Column, (TradingDay) -> String)] =
      [(.text("day"), \.description), (.text(""), { Self.weekdays[$0.weekday] })]
      + (hasAuctions ? [(.text("auctions"), { texts(.auction, $0) })] : [])
      + (hasNights ? [(.text("night before"), night)] : []) + [(.prose("day sessions"), trading)]
    var table = Table(shown.map(\.0))
    for day in month { table.add(shown.map { $0.1(day) }) }
    return table
  }

  private func has(_ phase: Phase, _ day: TradingDay) -> Bool {
    timetable.sessions(on: day).contains { $0.phase == phase }
  }

  private func texts(_ phase: Phase, _ day: TradingDay) -> String {
    timetable.sessions(on: day).filter { $0.phase == phase }.map(text).joined(separator: " ")
  }

  private func night(_ day: TradingDay) -> String {
    guard has(.night, day) || timetable.sessions(on: day).isEmpty else { return "none" }
    return texts(.night, day)
  }

  private func trading(_ day: TradingDay) -> String {
    guard !timetable.sessions(on: day).isEmpty else { return why(day) }
    return ([texts(.day, day), note(day), clockChange(day)] as [String?]).compactMap { $0 }
      .joined(separator: " — ")
  }

  /// Says on the first day after the clocks were changed how far they now are from UTC.
  private func clockChange(_ day: TradingDay) -> String? {
    let offset = { (day: TradingDay) in
      timetable.zone.offsetSeconds(at: timetable.zone.instant(day, seconds: 12 * 3_600)) / 3_600
    }
    let before = day.weekday == 0 ? day.advanced(by: -3) : day.previous
    guard offset(day) != offset(before) else { return nil }
    return "clocks changed, UTC\(offset(day) < 0 ? "−" : "+")\(offset(day).magnitude) from here"
  }

  var json: JSON {
    .list(
      month.map { day in
        let sessions = timetable.sessions(on: day).map { session -> JSON in
          [
            "phase": .text(session.phase.name),
            "opens": .text(TimeText.text(nanos: localNanos(session.opens))),
            "closes": .text(TimeText.text(nanos: localNanos(session.closes))),
          ]
        }
        return [
          "day": .text(day.description), "open": .flag(!sessions.isEmpty),
          "why": sessions.isEmpty
            ? .text(day.isWeekend ? "weekend" : closed(day)) : note(day).map { .text($0) } ?? .null,
          "sessions": .list(sessions),
        ]
      })
  }

  private func why(_ day: TradingDay) -> String {
    day.isWeekend ? "—" : "— \(closed(day))"
  }

  /// `09:00–10:15`; a night with the weekday it opened on, an auction by its beginning.
  private func text(_ session: Session) -> String {
    let opens = timetable.zone.local(session.opens)
    let closes = timetable.zone.local(session.closes)
    let span = "\(clock(opens.seconds))–\(clock(closes.seconds))"
    switch session.phase {
    case .auction: return clock(opens.seconds)
    case .day: return span
    case .night: return "\(Self.weekdays[opens.day.weekday]) \(span)"
    }
  }

  private func clock(_ seconds: Int64) -> String {
    let pad = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
    return "\(pad(seconds / 3_600)):\(pad(seconds / 60 % 60))"
  }

  private func localNanos(_ instant: Instant) -> Int64 {
    instant.nanoseconds + timetable.zone.offsetSeconds(at: instant) * 1_000_000_000
  }
}
