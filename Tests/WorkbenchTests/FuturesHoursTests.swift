import Market
import Testing
import Workbench

/// Days that traders remember, as the shipped rule files tell them.
@Suite struct FuturesHoursTests {
  struct Night: CustomTestStringConvertible, Sendable {
    let product: String
    let day: String
    /// The end of the night that belongs to the day; `nil` where there was none.
    let ends: String?

    var testDescription: String { "\(product) \(day) \(ends ?? "none")" }
  }

  static func night(_ product: String, _ day: String, _ ends: String?) -> Night {
    Night(product: product, day: day, ends: ends)
  }

  /// The night of the day before each of these days, or of the Friday before a Monday.
  static let nights: [Night] = [
    // First nights, which belong to the next trading day, and the days before them.
    night("au.SHFE", "2013-07-05", nil), night("au.SHFE", "2013-07-08", "02:30"),
    night("ag.SHFE", "2013-07-08", "02:30"), night("cu.SHFE", "2013-07-08", nil),
    night("cu.SHFE", "2013-12-20", nil), night("cu.SHFE", "2013-12-23", "01:00"),
    night("zn.SHFE", "2013-12-23", "01:00"), night("rb.SHFE", "2014-12-26", nil),
    night("rb.SHFE", "2014-12-29", "01:00"), night("ru.SHFE", "2014-12-29", "23:00"),
    night("p.DCE", "2014-07-04", nil), night("p.DCE", "2014-07-07", "02:30"),
    night("j.DCE", "2014-07-07", "02:30"), night("m.DCE", "2014-07-07", nil),
    night("m.DCE", "2014-12-29", "02:30"), night("SR.CZCE", "2014-12-12", nil),
    night("SR.CZCE", "2014-12-15", "23:30"), night("MA.CZCE", "2014-12-15", "23:30"),
    night("OI.CZCE", "2014-12-15", nil), night("OI.CZCE", "2015-06-12", "23:30"),
    night("fu.SHFE", "2018-07-16", nil), night("fu.SHFE", "2018-07-17", "23:00"),
    // Nights made shorter.
    night("rb.SHFE", "2016-04-29", "01:00"), night("rb.SHFE", "2016-05-03", nil),
    night("rb.SHFE", "2016-05-04", "23:00"), night("bu.SHFE", "2016-05-04", "23:00"),
    night("cu.SHFE", "2016-05-04", "01:00"), night("m.DCE", "2015-05-08", "02:30"),
    night("m.DCE", "2015-05-11", "23:30"), night("i.DCE", "2019-03-29", "23:30"),
    night("i.DCE", "2019-04-01", "23:00"), night("l.DCE", "2019-03-29", nil),
    night("l.DCE", "2019-04-01", "23:00"), night("TA.CZCE", "2019-12-11", "23:30"),
    night("TA.CZCE", "2019-12-12", "23:00"), night("FG.CZCE", "2019-12-12", "23:00"),
    // A product has no night before the day of its listing.
    night("ni.SHFE", "2015-03-27", nil), night("ni.SHFE", "2015-03-30", "01:00"),
    night("sc.INE", "2018-03-26", nil), night("sc.INE", "2018-03-27", "02:30"),
    night("SA.CZCE", "2019-12-06", nil), night("SA.CZCE", "2019-12-09", "23:30"),
    // Without nights for ever.
    night("jd.DCE", "2021-06-01", nil), night("AP.CZCE", "2021-06-01", nil),
    night("wr.SHFE", "2021-06-01", nil), night("si.GFEX", "2024-06-03", nil),
    night("IF.CFFEX", "2021-06-01", nil), night("ec.INE", "2024-06-03", nil),
    // The epidemic of 2020: no night from the spring festival until the one of 6 May.
    night("au.SHFE", "2020-01-23", "02:30"), night("au.SHFE", "2020-02-03", nil),
    night("au.SHFE", "2020-02-04", nil), night("sc.INE", "2020-03-16", nil),
    night("m.DCE", "2020-04-30", nil), night("TA.CZCE", "2020-05-06", nil),
    night("au.SHFE", "2020-05-07", "02:30"), night("pg.DCE", "2020-05-06", nil),
    night("pg.DCE", "2020-05-07", "23:00"),
    // Nights before holidays.
    night("rb.SHFE", "2019-01-02", nil), night("rb.SHFE", "2019-02-11", nil),
    night("rb.SHFE", "2024-02-08", "23:00"), night("rb.SHFE", "2024-02-19", nil),
    night("rb.SHFE", "2025-10-09", nil), night("rb.SHFE", "2018-04-09", nil),
    // A holiday on a Sunday took the Friday's night with it.
    night("rb.SHFE", "2015-09-25", "01:00"), night("rb.SHFE", "2015-09-28", nil),
    night("m.DCE", "2015-09-28", nil), night("rb.SHFE", "2015-09-29", "01:00"),
    // Monday's night opened on Friday.
    night("rb.SHFE", "2021-03-15", "23:00"), night("au.SHFE", "2021-03-15", "02:30"),
  ]

  @Test(arguments: nights) func nightsEndWhenTheyDid(_ night: Night) throws {
    let product = try ShippedBook.book.product(night.product)
    let table = ShippedBook.book.timetable(product.rules, in: product.file)
    let held = table.sessions(on: try ShippedBook.day(night.day)).filter { $0.phase == .night }
    let ends = held.map { session -> String in
      let seconds = table.zone.local(session.closes).seconds
      let pad = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
      return "\(pad(seconds / 3_600)):\(pad(seconds / 60 % 60))"
    }
    #expect(ends == (night.ends.map { [$0] } ?? []))
  }

  @Test func aNightBelongsToTheTradingDayAfterIt() throws {
    let table = try ShippedBook.timetable("au2106.SHFE")
    // Friday 12 March 2021, 21:30, and the small hours of Saturday: both are of Monday.
    let friday = try ShippedBook.day("2021-03-12")
    for seconds: Int64 in [21 * 3_600 + 1_800, 25 * 3_600] {
      let session = table.session(at: Zone.shanghai.instant(friday, seconds: seconds))
      #expect(session?.tradingDay == TradingDay("2021-03-15"))
    }
  }

  @Test func theDayCounterRollsBeforeTheNightNotAtMidnight() throws {
    let table = try ShippedBook.timetable("rb2105.SHFE")
    let monday = try ShippedBook.day("2021-03-15")
    let at = { (seconds: Int64) in
      table.session(at: Zone.shanghai.instant(monday, seconds: seconds))?.tradingDay
    }
    #expect(at(14 * 3_600) == monday)
    #expect(at(20 * 3_600 + 57 * 60) == monday.next)
    #expect(at(22 * 3_600) == monday.next)
  }

  @Test(arguments: [
    ("2020-01-03", ["auction 20:55-21:00", "night 21:00-23:00"]),
    ("2020-02-04", ["auction 08:55-09:00"]),
    ("2023-05-25", ["auction 20:55-21:00", "night 21:00-23:00"]),
    ("2023-05-26", ["auction 20:55-21:00", "night 21:00-23:00", "auction 08:55-09:00"]),
  ]) func theMorningAuctionFollowsTheNight(day: String, opening: [String]) throws {
    let rest = ["day 09:00-10:15", "day 10:30-11:30", "day 13:30-15:00"]
    #expect(try ShippedBook.hours("rb2105.SHFE", day) == opening + rest)
  }

  @Test func zhengzhouKeepsOneAuction() throws {
    let hours = try ShippedBook.hours("SR401.CZCE", "2023-05-26")
    #expect(hours.filter { $0.hasPrefix("auction") } == ["auction 20:55-21:00"])
  }

  @Test func theNightOfChristmas2019OpenedLate() throws {
    for symbol in ["cu2002.SHFE", "m2005.DCE", "SR005.CZCE"] {
      let hours = try ShippedBook.hours(symbol, "2019-12-26")
      #expect(hours.first == "auction 22:25-22:30")
      #expect(hours[1].hasPrefix("night 22:30-"))
    }
  }

  @Test(arguments: [
    ("IF1512.CFFEX", "2015-12-31", ["auction 09:10-09:15", "day 09:15-11:30", "day 13:00-15:15"]),
    ("IF1601.CFFEX", "2016-01-05", ["auction 09:25-09:30", "day 09:30-11:30", "day 13:00-15:00"]),
    ("T2009.CFFEX", "2020-07-17", ["auction 09:10-09:15", "day 09:15-11:30", "day 13:00-15:15"]),
    ("T2009.CFFEX", "2020-07-20", ["auction 09:25-09:30", "day 09:30-11:30", "day 13:00-15:15"]),
  ]) func financialFuturesMovedTheirHalfHours(
    symbol: String, day: String, hours: [String]
  ) throws {
    #expect(try ShippedBook.hours(symbol, day) == hours)
  }
}
