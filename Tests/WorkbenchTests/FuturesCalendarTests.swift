import Market
import Testing
import Workbench

@Suite struct FuturesCalendarTests {
  static let exchanges: [Exchange] = [.shfe, .ine, .cffex, .dce, .czce, .gfex]

  static func file(_ exchange: Exchange) throws -> MarketFile {
    try #require(ShippedBook.book.files.first { $0.exchange == exchange })
  }

  @Test(arguments: exchanges) func allShareOneCalendar(_ exchange: Exchange) throws {
    let calendar = try Self.file(exchange).calendar
    #expect(calendar.days == (try Self.file(.shfe).calendar.days))
    #expect(calendar.days.first == TradingDay("2005-01-04"))
    #expect(calendar.days.last == TradingDay("2027-12-31"))
    #expect(calendar.isSound)
  }

  /// Closed weekdays, and weekend days that were worked and still not traded.
  @Test(arguments: [
    "2005-02-07", "2006-01-26", "2007-12-31", "2008-09-29", "2013-06-12", "2015-09-03",
    "2020-01-31", "2024-02-09", "2025-02-04", "2026-02-23", "2026-10-07", "2015-10-10",
    "2024-02-04",
    "2020-06-28", "2026-02-28",
  ]) func wasClosed(day: String) throws {
    #expect(!(try Self.file(.dce).calendar.isOpen(ShippedBook.day(day))))
  }

  @Test(arguments: [
    "2005-01-04", "2008-02-05", "2014-12-31", "2016-02-05", "2020-02-03", "2023-10-09",
    "2024-02-08", "2025-01-27", "2026-02-24", "2026-10-08",
  ]) func wasOpen(day: String) throws {
    #expect(try Self.file(.czce).calendar.isOpen(ShippedBook.day(day)))
  }

  @Test func twentySevenIsExpectedOnlyAndSaysSoSixtyDaysBefore() throws {
    let file = try Self.file(.shfe)
    let end = try ShippedBook.day("2026-12-31")
    #expect(file.calendar.knownUntil == end)
    #expect(file.calendar.isKnown(on: end) && !file.calendar.isKnown(on: end.next))
    #expect(file.alarm(on: end.advanced(by: -61)) == nil)
    #expect(file.alarm(on: end.advanced(by: -60))?.contains("ends in 60 days") == true)
    #expect(file.alarm(on: end.next)?.contains("nothing new is opened") == true)
  }

  /// Every product on every day from 2005 to 2027.
  @Test(arguments: exchanges) func sessionsAreConsistent(_ exchange: Exchange) throws {
    let file = try Self.file(exchange)
    for product in file.products.map(\.rules) {
      let table = ShippedBook.book.timetable(product, in: file)
      #expect(table.isSound, "\(product.product)")
      let wrong = Self.wrongDays(table, product, file.calendar)
      #expect(wrong.isEmpty, "\(product.product) \(wrong.prefix(5))")
    }
  }

  /// Days on which a product does not trade as it must, with what is wrong.
  private static func wrongDays(
    _ table: Timetable, _ rules: ProductRules, _ calendar: ExchangeCalendar
  ) -> [String] {
    var wrong: [String] = []
    var next = 0
    for (index, day) in calendar.days.enumerated() {
      let start = next
      while next < table.sessions.count, table.sessions[next].tradingDay == day { next += 1 }
      let sessions = table.sessions[start..<next]
      let isAlive =
        (rules.futures?.listed).map { $0 <= day } ?? true
        && (rules.futures?.delisted).map { day <= $0 } ?? true
      if sessions.contains(where: { $0.phase == .day }) != isAlive { wrong.append("\(day) hours") }
      guard let first = sessions.first else { continue }
      if first.phase != .auction { wrong.append("\(day) opens without an auction") }
      // The evening a night opens in is the trading day before, with a weekend between at most.
      let opened = calendar.zone.local(first.opens).day
      guard opened != day else { continue }
      if index == 0 || opened != calendar.days[index - 1] { wrong.append("\(day) evening") }
      for between in opened.next..<day where !between.isWeekend {
        wrong.append("\(day) after the holiday \(between)")
      }
    }
    if next < table.sessions.count { wrong.append("sessions on days that are not traded") }
    return wrong
  }

  /// The check above would catch a table that is broken in any of these ways.
  @Test func brokenTablesAreCaught() throws {
    let (file, rules) = try ShippedBook.book.product("au.SHFE")
    let table = ShippedBook.book.timetable(rules, in: file)
    func faults(_ sessions: [Session]) -> [String] {
      let broken = Timetable(zone: table.zone, sessions: sessions)
      return Self.wrongDays(broken, rules, file.calendar) + (broken.isSound ? [] : ["unsound"])
    }
    #expect(faults(table.sessions).isEmpty)
    let day = try ShippedBook.day("2021-03-15")
    #expect(faults(table.sessions.filter { $0.tradingDay != day }) == ["\(day) hours"])
    #expect(
      faults(table.sessions.filter { $0.tradingDay != day || $0.phase != .auction })
        == ["\(day) opens without an auction"])
    // A night opened before a holiday, on a Sunday, and one that runs into the morning.
    let festival = try ShippedBook.day("2021-02-18")
    for (trading, opened, hour) in [
      (festival, try ShippedBook.day("2021-02-10"), 21), (day, day.previous, 21), (day, day, 8),
    ] {
      let opens = Zone.shanghai.instant(opened, seconds: Int64(hour) * 3_600)
      let night = Session(
        tradingDay: trading, phase: .night, opens: opens, closes: opens.advanced(bySeconds: 7_200))
      let others = table.sessions.filter { $0.tradingDay != trading || $0.phase == .day }
      let sessions = (others + [night]).sorted { $0.opens < $1.opens }
      #expect(!faults(sessions).isEmpty, "a night of \(opened) for \(trading)")
    }
    // Days that are not traded, and a day of the product's life before its listing.
    for date in ["2021-02-15", "2021-03-14", "2007-06-01"] {
      let opens = Zone.shanghai.instant(try ShippedBook.day(date), seconds: 9 * 3_600)
      let stray = Session(
        tradingDay: try ShippedBook.day(date), phase: .day, opens: opens,
        closes: opens.advanced(bySeconds: 4_500))
      #expect(
        !faults((table.sessions + [stray]).sorted { $0.opens < $1.opens }).isEmpty, "\(date)")
    }
  }

  /// The quick way to a session is the plain one.
  @Test func questionsToATimetableAgreeWithASearch() throws {
    let table = try ShippedBook.timetable("au2106.SHFE")
    let first = try #require(table.sessions.first).opens.nanoseconds - 86_400_000_000_000
    let last = try #require(table.sessions.last).closes.nanoseconds + 86_400_000_000_000
    var state: UInt64 = 7
    for _ in 0..<300 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let minute = Int64(state >> 33) % ((last - first) / 60_000_000_000)
      let at = Instant(nanoseconds: first + minute * 60_000_000_000)
      let plain = table.sessions.firstIndex { $0.closes > at }.map { table.sessions[$0] }
      let found = plain.flatMap { $0.opens <= at ? $0 : nil }
      #expect(table.session(at: at) == found, "seed 7, minute \(minute)")
    }
  }
}
