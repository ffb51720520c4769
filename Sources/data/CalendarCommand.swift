import Bytes
import Console
import Market
import Workbench

extension Command {
  static let calendar = Command(
    "calendar", "Print a product's trading days and sessions",
    about: """
      Every day of a month with its sessions on the exchange's clock. A night session stands with \
      the trading day it belongs to, which is the day after it opened or, over a weekend, Monday. \
      Auctions are named by when they begin; orders wait in them until trading opens.
      """,
    flags: [
      Flag("month", value: "YYYY-MM", "The month to print.", shownDefault: "the table's last")
    ],
    operands: [Operand("PRODUCT", "Letters such as rb, or a symbol such as rb2105.SHFE.")],
    examples: [Example("calendar rb --month 2020-01", "Rebar around the spring festival")]
  ) { invocation in
    let book = try MarketBook.read(Home.find(), naming: invocation.operand("PRODUCT") ?? "")
    let (file, rules) = try book.product(invocation.operand("PRODUCT") ?? "")
    let month = try month(invocation, file)
    let page = CalendarPage(
      file: file, rules: rules, table: book.timetable(rules, in: file), month: month)
    if month.upperBound >= file.today, let alarm = file.alarm(on: file.today) {
      invocation.terminal.warn(alarm)
    }
    if invocation.terminal.isJSON {
      invocation.terminal.print(page.json)
    } else {
      invocation.terminal.say(page.title)
      invocation.terminal.print(page.table)
    }
    return .ok
  }

  private static func month(
    _ invocation: Invocation, _ file: MarketFile
  ) throws(Failure) -> ClosedRange<TradingDay> {
    guard let last = file.calendar.days.last, let first = file.calendar.days.first else {
      throw Failure(.usage, "\(file.path): the calendar has no trading day")
    }
    let text = invocation.text("month") ?? String(last.description.prefix(7))
    guard text.utf8.count == 7, let begins = TradingDay(text + "-01") else {
      throw invocation.usageFailure("--month is \"\(text)\": expected a month such as 2020-01")
    }
    let (year, month, _) = begins.civil
    let ends = begins.advanced(by: DateText.length(year, month) - 1)
    guard ends >= first, begins <= last else {
      throw Failure(
        .data, "\(file.path): the table runs from \(first) to \(last); \(text) is outside")
    }
    return begins...ends
  }
}

/// One month of one product.
struct CalendarPage {
  let file: MarketFile
  let rules: ProductRules
  let timetable: Timetable
  let month: ClosedRange<TradingDay>

  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  init(
    file: MarketFile, rules: ProductRules, table: Timetable, month: ClosedRange<TradingDay>
  ) {
    self.file = file
    self.rules = rules
    timetable = table
    self.month = month
  }

  var title: String {
    let known = file.calendar.isKnown(on: month.upperBound)
    return "\(rules.product).\(rules.exchange.rawValue) — \(file.days.source)"
      + (!known ? " (not announced, expected)" : file.days.isVerified ? "" : " (unverified)")
  }

  var table: Table {
    var table = Table(
      .text("day"), .text(""), .text("auctions"), .text("night before"), .text("day sessions"))
    for day in month {
      let sessions = timetable.sessions(on: day)
      let texts = { (phase: Phase) in
        sessions.filter { $0.phase == phase }.map(text).joined(separator: " ")
      }
      table.add(
        day.description, Self.weekdays[day.weekday], texts(.auction), texts(.night),
        sessions.isEmpty ? closed(day) : texts(.day) + note(day))
    }
    return table
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
          "why": sessions.isEmpty ? .text(closed(day)) : .null, "sessions": .list(sessions),
        ]
      })
  }

  private func closed(_ day: TradingDay) -> String {
    if let closure = file.days.closures.first(where: { $0.days.contains(day) }), !day.isWeekend {
      return "— \(closure.why)"
    }
    return day.isWeekend ? "—" : "— no session"
  }

  private func note(_ day: TradingDay) -> String {
    file.calendar.specialDay(day).map { " — \($0.why)" } ?? ""
  }

  /// `09:00–10:15`; a night with the weekday it opened on, an auction by its beginning.
  private func text(_ session: Session) -> String {
    let opens = file.calendar.zone.local(session.opens)
    let closes = file.calendar.zone.local(session.closes)
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
    instant.nanoseconds + file.calendar.zone.offsetSeconds(at: instant) * 1_000_000_000
  }
}
