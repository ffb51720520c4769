import Market
import Testing
import Workbench

@Suite struct StockCalendarTests {
  static let boards = [
    "600519.SSE", "688981.SSE", "510300.SSE", "588000.SSE", "518880.SSE", "113050.SSE",
    "000001.SZSE", "300750.SZSE", "159919.SZSE", "159915.SZSE", "159920.SZSE", "123001.SZSE",
    "830799.BSE", "00700.HKEX", "02800.HKEX", "AAPL.US",
  ]

  /// Days traded in each year from 2005 on, counted in two public calendars.
  static let counts: [(symbol: String, days: [Int])] = [
    (
      "600519.SSE",
      [
        242, 241, 242, 246, 244, 242, 244, 243, 238, 245, 244, 244, 244, 243, 244, 243, 243, 242,
        242, 242, 243, 242,
      ]
    ),
    (
      "00700.HKEX",
      [
        247, 247, 246, 245, 249, 249, 246, 247, 244, 247, 247, 245, 246, 246, 246, 248, 247, 246,
        243, 246, 246, 247, 248,
      ]
    ),
    (
      "AAPL.US",
      [
        252, 251, 251, 253, 252, 252, 252, 250, 252, 252, 252, 252, 251, 251, 252, 253, 252, 251,
        250, 252, 250, 251, 251,
      ]
    ),
  ]

  @Test(arguments: counts) func yearsHaveTheirTradingDays(symbol: String, days: [Int]) throws {
    let calendar = try ShippedBook.rules(symbol).file.calendar
    for (offset, count) in days.enumerated() {
      let year = 2005 + offset
      #expect(calendar.days.filter { $0.year == year }.count == count, "\(symbol) in \(year)")
    }
  }

  static let closures: [(String, String)] = [
    ("600519.SSE", "2020-01-31"), ("600519.SSE", "2024-02-09"), ("600519.SSE", "2005-02-07"),
    ("00700.HKEX", "2020-10-13"), ("00700.HKEX", "2021-04-06"), ("00700.HKEX", "2023-07-17"),
    ("00700.HKEX", "2023-09-01"), ("00700.HKEX", "2023-09-08"), ("00700.HKEX", "2024-09-06"),
    ("AAPL.US", "2012-10-29"), ("AAPL.US", "2012-10-30"), ("AAPL.US", "2018-12-05"),
    ("AAPL.US", "2025-01-09"), ("AAPL.US", "2007-01-02"), ("AAPL.US", "2022-06-20"),
  ]

  @Test(arguments: closures) func noneTradeOnClosures(symbol: String, date: String) throws {
    #expect(try ShippedBook.hours(symbol, date).isEmpty)
  }

  static let hours: [(String, String, String)] = [
    // Half days, early closes and mornings lost to storms.
    ("00700.HKEX", "2025-12-24", "auction 09:00-09:30|day 09:30-12:00|auction 12:00-12:10"),
    ("00700.HKEX", "2024-02-09", "auction 09:00-09:30|day 09:30-12:00|auction 12:00-12:10"),
    ("00700.HKEX", "2013-12-31", "auction 09:00-09:30|day 09:30-12:00"),
    ("00700.HKEX", "2009-12-24", "auction 09:30-10:00|day 10:00-12:30"),
    ("00700.HKEX", "2014-09-16", "day 13:00-16:00"),
    ("AAPL.US", "2024-11-29", "day 09:30-13:00"), ("AAPL.US", "2024-07-03", "day 09:30-13:00"),
    ("AAPL.US", "2020-12-24", "day 09:30-13:00"), ("AAPL.US", "2015-07-02", "day 09:30-16:00"),
    // Hong Kong's hours over the years.
    (
      "00700.HKEX", "2011-03-04", "auction 09:30-10:00|day 10:00-12:30|day 14:30-16:00"
    ),
    ("00700.HKEX", "2011-03-07", "auction 09:00-09:30|day 09:30-12:00|day 13:30-16:00"),
    ("00700.HKEX", "2012-03-05", "auction 09:00-09:30|day 09:30-12:00|day 13:00-16:00"),
    (
      "00700.HKEX", "2016-07-25",
      "auction 09:00-09:30|day 09:30-12:00|day 13:00-16:00|auction 16:00-16:10"
    ),
    // The closing auction came to Shenzhen in 2006 and to Shanghai's stocks in 2018.
    ("000001.SZSE", "2006-06-30", "auction 09:15-09:25|day 09:30-11:30|day 13:00-15:00"),
    (
      "000001.SZSE", "2006-07-03",
      "auction 09:15-09:25|day 09:30-11:30|day 13:00-14:57|auction 14:57-15:00"
    ),
    ("600519.SSE", "2018-08-17", "auction 09:15-09:25|day 09:30-11:30|day 13:00-15:00"),
    (
      "600519.SSE", "2018-08-20",
      "auction 09:15-09:25|day 09:30-11:30|day 13:00-14:57|auction 14:57-15:00"
    ),
    ("510300.SSE", "2019-06-03", "auction 09:15-09:25|day 09:30-11:30|day 13:00-15:00"),
    (
      "688981.SSE", "2020-07-16",
      "auction 09:15-09:25|day 09:30-11:30|day 13:00-14:57|auction 14:57-15:00"
    ),
    ("830799.BSE", "2021-11-12", ""),
  ]

  @Test(arguments: hours) func daysHaveTheirHours(symbol: String, date: String, hours: String)
    throws
  {
    #expect(try ShippedBook.hours(symbol, date).joined(separator: "|") == hours)
  }

  /// 9:30 in New York is 14:30 of UTC in winter and 13:30 in summer.
  static let bells: [(String, Int64)] = [
    ("2024-03-08", 14), ("2024-03-11", 13), ("2024-11-01", 13), ("2024-11-04", 14),
    ("2006-03-31", 14), ("2006-04-03", 13), ("2006-10-27", 13), ("2006-10-30", 14),
    ("2007-03-12", 13), ("2007-11-05", 14),
  ]

  @Test(arguments: bells) func summerTimeMovesTheBell(date: String, hour: Int64) throws {
    let day = try ShippedBook.day(date)
    let bell = try #require(try ShippedBook.timetable("AAPL.US").sessions(on: day).first).opens
    #expect(bell == Instant(seconds: Int64(day.days) * 86_400 + hour * 3_600 + 1_800))
  }

  @Test(arguments: boards) func everyDayOfTheTableIsConsistent(symbol: String) throws {
    let (file, rules) = try ShippedBook.rules(symbol)
    let table = ShippedBook.book.timetable(rules, in: file)
    #expect(file.calendar.isSound && table.isSound)
    for day in try ShippedBook.day("2005-01-01")...ShippedBook.day("2027-12-31") {
      let sessions = table.sessions(on: day)
      let isTraded = file.calendar.isOpen(day) && rules.hours[day] != nil
      #expect(sessions.isEmpty == !isTraded, "\(symbol) on \(day)")
      #expect(!(day.isWeekend && isTraded), "\(symbol) on \(day)")
      for session in sessions {
        let (opens, closes) = (table.zone.local(session.opens), table.zone.local(session.closes))
        #expect(opens.day == day && closes.day == day && opens.seconds < closes.seconds)
        #expect(opens.seconds >= 9 * 3_600 && closes.seconds <= 16 * 3_600 + 600, "\(day)")
      }
      guard isTraded else { continue }
      let terms = try rules.day(
        day, of: InstrumentIndex(0), grid: Grid(decimals: 3), reference: Price(units: 12_500))
      #expect(terms.board != nil && terms.isOnTick(Price(units: 12_500)), "\(symbol) on \(day)")
      #expect(terms.lowest.map { $0 < Price(units: 12_500) } ?? true, "\(symbol) on \(day)")
    }
  }
}
