import Market
import Testing
import Workbench

/// Days on which futures traded otherwise than the days around them.
@Suite struct FuturesDaysTests {
  static let hours: [(symbol: String, date: String, hours: String)] = [
    // The circuit breaker: after 5 percent a pause, after 7 the end.
    (
      "IF1601.CFFEX", "2016-01-04",
      "auction 09:25-09:30|day 09:30-11:30|day 13:00-13:13|day 13:28-13:33"
    ),
    ("IF1601.CFFEX", "2016-01-05", "auction 09:25-09:30|day 09:30-11:30|day 13:00-15:00"),
    ("IC1601.CFFEX", "2016-01-07", "auction 09:25-09:30|day 09:30-09:42|day 09:57-09:58"),
    ("IH1601.CFFEX", "2016-01-08", "auction 09:25-09:30|day 09:30-11:30|day 13:00-15:00"),
    ("T1603.CFFEX", "2016-01-07", "auction 09:10-09:15|day 09:15-11:30|day 13:00-15:15"),
    (
      "600519.SSE", "2016-01-04",
      "auction 09:15-09:25|day 09:30-11:30|day 13:00-13:13|day 13:28-13:34"
    ),
    ("510300.SSE", "2016-01-07", "auction 09:15-09:25|day 09:30-09:42|day 09:57-09:59"),
    ("300750.SZSE", "2016-01-07", "auction 09:15-09:25|day 09:30-09:42|day 09:57-09:59"),
    (
      "000001.SZSE", "2016-01-08",
      "auction 09:15-09:25|day 09:30-11:30|day 13:00-14:57|auction 14:57-15:00"
    ),
    // Bond futures end at noon of their last day; index futures do not.
    ("T2009.CFFEX", "2020-09-11", "auction 09:25-09:30|day 09:30-11:30"),
    ("T2012.CFFEX", "2020-09-11", "auction 09:25-09:30|day 09:30-11:30|day 13:00-15:15"),
    ("TF1603.CFFEX", "2016-03-11", "auction 09:10-09:15|day 09:15-11:30"),
    ("TS2406.CFFEX", "2024-06-14", "auction 09:25-09:30|day 09:30-11:30"),
    ("TL2406.CFFEX", "2024-06-13", "auction 09:25-09:30|day 09:30-11:30|day 13:00-15:15"),
    ("IF2002.CFFEX", "2020-02-21", "auction 09:25-09:30|day 09:30-11:30|day 13:00-15:00"),
    // Shanghai's second pause of the afternoon.
    (
      "cu0912.SHFE", "2009-06-01",
      "auction 08:55-09:00|day 09:00-10:15|day 10:30-11:30|day 13:30-14:10|day 14:20-15:00"
    ),
    (
      "cu1012.SHFE", "2010-06-07",
      "auction 08:55-09:00|day 09:00-10:15|day 10:30-11:30|day 13:30-15:00"
    ),
    (
      "m0909.DCE", "2009-06-01",
      "auction 08:55-09:00|day 09:00-10:15|day 10:30-11:30|day 13:30-15:00"
    ),
  ]

  @Test(arguments: hours) func daysHadTheirHours(
    symbol: String, date: String, hours: String
  ) throws {
    let named = try #require(Symbol(symbol))
    let (file, rules) = try ShippedBook.book.rules(named)
    let table = ShippedBook.book.timetable(rules, in: file, of: named)
    #expect(
      ShippedBook.texts(table, on: try ShippedBook.day(date)).joined(separator: "|") == hours)
    #expect(table.isSound)
  }

  static func terms(
    _ symbol: String, _ date: String, locked: Int? = nil
  ) throws -> InstrumentDay {
    let named = try #require(Symbol(symbol))
    let day = try ShippedBook.day(date)
    let (file, rules) = try ShippedBook.book.rules(named)
    var known = KnownDay()
    known.lockedDays = locked
    return try rules.day(
      day, of: InstrumentIndex(0), grid: Grid(decimals: 3), reference: Price(units: 10_000_000),
      known: known, contract: rules.contract(named, near: day, in: file.calendar))
  }

  /// Limits in percent of the settlement before.
  @Test(arguments: [
    ("IF1601.CFFEX", "2015-12-31", 0, 10), ("IF1601.CFFEX", "2016-01-04", 0, 7),
    ("IF1601.CFFEX", "2016-01-07", 0, 7), ("IF1601.CFFEX", "2016-01-08", 0, 10),
    ("IF1601.CFFEX", "2016-01-15", 0, 20), ("IC1712.CFFEX", "2017-12-15", 0, 20),
    ("IC1712.CFFEX", "2017-12-14", 0, 10), ("IM2212.CFFEX", "2022-12-16", 0, 20),
    ("T2009.CFFEX", "2020-09-11", 0, 2),
    // After limit days: hot-rolled coil, iron ore, PTA, glass, lithium.
    ("hc2110.SHFE", "2021-05-24", 1, 11), ("i1905.DCE", "2020-06-01", 1, 10),
    ("i1905.DCE", "2020-06-01", 2, 12), ("i1905.DCE", "2020-06-01", 5, 12),
    ("i1905.DCE", "2016-08-24", 1, 6), ("TA109.CZCE", "2021-05-24", 1, 9),
    ("lc2407.GFEX", "2024-06-03", 2, 11), ("sc2109.INE", "2021-05-24", 1, 9),
    ("IF2112.CFFEX", "2021-05-24", 2, 10),
  ]) func limitsOfDays(symbol: String, date: String, locked: Int, percent: Int64) throws {
    let terms = try Self.terms(symbol, date, locked: locked)
    #expect(terms.highest == Price(units: 10_000_000 + 100_000 * percent), "\(symbol) \(date)")
  }

  /// Margins in percent, from the day after the settlement they began with.
  @Test(arguments: [
    ("IF", "2015-08-26", 10), ("IF", "2015-08-27", 12), ("IF", "2015-09-07", 30),
    ("IF", "2015-09-08", 40), ("IF", "2017-02-17", 40), ("IF", "2017-02-20", 20),
    ("IC", "2017-02-20", 30), ("IH", "2017-09-18", 20), ("IH", "2017-09-19", 15),
    ("IC", "2017-09-19", 30), ("IF", "2018-12-03", 15), ("IF", "2018-12-04", 10),
    ("IC", "2018-12-04", 15), ("IC", "2019-04-22", 15), ("IC", "2019-04-23", 12),
    ("rb", "2016-11-24", 8), ("rb", "2016-11-25", 9), ("cu", "2016-11-25", 9),
    ("rb", "2020-03-17", 9), ("fu", "2020-03-17", 11), ("ru", "2020-03-17", 10),
    ("hc", "2020-11-20", 9), ("hc", "2020-11-23", 7), ("rb", "2021-05-18", 7),
    ("rb", "2021-05-19", 10), ("ni", "2023-04-07", 12), ("cu", "2023-04-07", 9),
    ("rb", "2024-08-01", 8), ("i", "2020-04-08", 8),
  ]) func marginsOfDays(product: String, date: String, percent: Int64) throws {
    let rules = try ShippedBook.book.product(product).rules
    #expect(rules.margin[try ShippedBook.day(date)] == Rate(basisPoints: percent * 100))
  }

  /// Four steps that were only told are now read: by an exchange's notice or the press of the day.
  @Test(arguments: [
    ("2015-09-07", true), ("2017-02-17", true), ("2017-09-18", false), ("2018-12-03", true),
  ]) func whatIsVerifiedOfTheStepsOfIndexFutures(date: String, isVerified: Bool) throws {
    for product in ["IF", "IH", "IC"] {
      let rules = try ShippedBook.book.product(product).rules
      let fact = try #require(rules.fees.fact(on: ShippedBook.day(date)))
      #expect(fact.isVerified == isVerified && fact.from == TradingDay(date), "\(product)")
    }
  }

  /// Bars that tell their own days may be older than the table; its first rules then stand in.
  @Test(arguments: ["600519.SSE", "000001.SZSE", "00700.HKEX", "AAPL.US", "BF.B.US"])
  func stocksHaveRulesBeforeTheTable(symbol: String) throws {
    let rules = try ShippedBook.rules(symbol).rules
    let day = try ShippedBook.day("2003-06-02")
    let fact = try #require(rules.multiplier.fact(on: day))
    #expect(!fact.isVerified && fact.source.hasPrefix("the table's first"))
    #expect(try ShippedBook.terms(symbol, "2003-06-02", reference: "20").isSound)
    #expect(try ShippedBook.hours(symbol, "2003-06-02").isEmpty)
  }
}
