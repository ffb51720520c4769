import Market
import Testing
import Workbench

@Suite struct StockRulesTests {
  static let codes: [(String, String)] = [
    ("600519.SSE", "main"), ("601318.SSE", "main"), ("603288.SSE", "main"), ("605499.SSE", "main"),
    ("688981.SSE", "star"), ("689009.SSE", "star"), ("510300.SSE", "fund"),
    ("588000.SSE", "star_fund"), ("511990.SSE", "quick_fund"), ("518880.SSE", "quick_fund"),
    ("113050.SSE", "convertible"), ("000001.SZSE", "main"), ("001979.SZSE", "main"),
    ("002594.SZSE", "main"), ("003816.SZSE", "main"), ("300750.SZSE", "chinext"),
    ("301236.SZSE", "chinext"), ("159919.SZSE", "fund"), ("159915.SZSE", "chinext_fund"),
    ("161725.SZSE", "fund"), ("123001.SZSE", "convertible"), ("430047.BSE", "stock"),
    ("830799.BSE", "stock"), ("920002.BSE", "stock"), ("00700.HKEX", "stock"),
    ("02800.HKEX", "etp"), ("02899.HKEX", "stock"), ("AAPL.US", "stock"),
  ]

  @Test(arguments: codes) func boardsAreToldFromCodes(symbol: String, board: String) throws {
    #expect(try ShippedBook.rules(symbol).rules.product == board)
  }

  @Test(arguments: ["900901.SSE", "200002.SZSE", "204001.SSE"])
  func otherCodesHaveNoRules(symbol: String) {
    #expect(throws: (any Error).self) { try ShippedBook.rules(symbol) }
  }

  /// Shares of a trade of 100,000 that are taken beside the commission, in hundredths of the currency.
  static let duties: [(String, String, Int64, Int64)] = [
    ("600519.SSE", "2007-05-29", 10_000, 10_000), ("600519.SSE", "2007-05-30", 30_000, 30_000),
    ("600519.SSE", "2008-04-24", 10_000, 10_000), ("600519.SSE", "2008-09-18", 10_000, 10_000),
    ("600519.SSE", "2008-09-19", 0, 10_000), ("600519.SSE", "2023-08-25", 0, 10_000),
    ("600519.SSE", "2023-08-28", 0, 5_000), ("300750.SZSE", "2023-08-28", 0, 5_000),
    ("830799.BSE", "2023-08-28", 0, 5_000), ("510300.SSE", "2023-08-28", 0, 0),
    ("113050.SSE", "2023-08-28", 0, 0), ("00700.HKEX", "2021-07-30", 10_000, 10_000),
    ("00700.HKEX", "2021-08-02", 13_000, 13_000), ("00700.HKEX", "2023-11-16", 13_000, 13_000),
    ("00700.HKEX", "2023-11-17", 10_000, 10_000), ("AAPL.US", "2024-06-03", 0, 0),
  ]

  @Test(arguments: duties) func stampDutyOfADay(
    symbol: String, date: String, bought: Int64, sold: Int64
  ) throws {
    let levies = try ShippedBook.terms(symbol, date).board?.levies ?? []
    let duty = levies.first { $0.kind == .stampDuty }
    let charge = { (side: Side) in
      duty?.charge(side, worth: Money(whole: 100_000), lots: 1_000).minor ?? 0
    }
    #expect(charge(.buy) == bought && charge(.sell) == sold)
  }

  @Test func hongKongRoundsStampDutyUpToTheDollar() throws {
    let board = try #require(try ShippedBook.terms("00700.HKEX", "2024-06-03").board)
    let duty = try #require(board.levies.first { $0.kind == .stampDuty })
    #expect(duty.charge(.buy, worth: Money(minor: 1_234_567), lots: 100) == Money(whole: 13))
    #expect(duty.charge(.sell, worth: Money(whole: 12_000), lots: 100) == Money(whole: 12))
    let clearing = try #require(board.levies.first { $0.kind == .settlement })
    #expect(clearing.charge(.buy, worth: Money(whole: 12_000), lots: 100) == Money(whole: 2))
    #expect(clearing.charge(.buy, worth: Money(whole: 9_000_000), lots: 100) == Money(whole: 100))
  }

  @Test func transferFeesByFaceBecameFeesByValue() throws {
    let worth = Money(whole: 100_000)
    let fee = { (symbol: String, date: String) throws -> Int64 in
      let levies = try ShippedBook.terms(symbol, date).board?.levies ?? []
      return levies.first { $0.kind == .transfer }?.charge(.buy, worth: worth, lots: 5_000).minor
        ?? 0
    }
    #expect(try fee("600519.SSE", "2010-06-01") == 500)
    #expect(try fee("600519.SSE", "2013-06-03") == 300)
    #expect(try fee("600519.SSE", "2016-06-01") == 200)
    #expect(try fee("600519.SSE", "2022-04-29") == 100)
    #expect(try fee("000001.SZSE", "2013-06-03") == 0)
    #expect(try fee("000001.SZSE", "2016-06-01") == 200)
  }

  @Test func americanSalesPayTheRegulators() throws {
    let terms = try ShippedBook.terms("AAPL.US", "2024-06-03")
    // 27.80 of a million and 166 of a million shares: 5.56 and 0.17.
    #expect(terms.levies(.sell, worth: Money(whole: 200_000), lots: 1_000) == Money(minor: 573))
    #expect(terms.levies(.buy, worth: Money(whole: 200_000), lots: 1_000) == .zero)
    #expect(terms.levies(.sell, worth: Money(whole: 200_000), lots: 90_000).minor == 556 + 830)
  }

  static let sameDay: [(String, String, Bool)] = [
    ("600519.SSE", "2019-06-03", true), ("688981.SSE", "2021-06-01", true),
    ("510300.SSE", "2019-06-03", true), ("518880.SSE", "2014-06-03", true),
    ("518880.SSE", "2015-01-19", false), ("513100.SSE", "2020-06-01", false),
    ("113050.SSE", "2010-06-01", false), ("159920.SZSE", "2020-06-01", false),
    ("830799.BSE", "2022-06-01", true), ("00700.HKEX", "2019-06-03", false),
    ("AAPL.US", "2019-06-03", false),
  ]

  @Test(arguments: sameDay) func whatWasBoughtMayBeSold(
    symbol: String, date: String, isNextDay: Bool
  ) throws {
    #expect(try ShippedBook.terms(symbol, date).isNextDay == isNextDay)
  }

  /// Clock times at which a resting order may, or may not, be withdrawn.
  static let cancels: [(String, String, Int64, Bool)] = [
    ("600519.SSE", "2018-08-17", 898, true),
    ("600519.SSE", "2018-08-20", 896, true),
    ("600519.SSE", "2018-08-20", 897, false),
    ("600519.SSE", "2018-08-20", 559, true),
    ("600519.SSE", "2018-08-20", 560, false),
    ("000001.SZSE", "2006-07-03", 899, false),
    ("688981.SSE", "2020-07-16", 897, false),
    ("510300.SSE", "2020-07-16", 898, true),
    ("830799.BSE", "2022-06-01", 896, true),
    ("830799.BSE", "2022-06-01", 899, false),
    ("00700.HKEX", "2021-06-01", 556, false),
    ("00700.HKEX", "2021-06-01", 967, false), ("AAPL.US", "2021-06-01", 959, true),
  ]

  @Test(arguments: cancels) func ordersStayInTheAuctions(
    symbol: String, date: String, minute: Int64, may: Bool
  ) throws {
    let zone = try ShippedBook.rules(symbol).rules.exchange.zone
    let instant = zone.instant(try ShippedBook.day(date), seconds: minute * 60)
    #expect(try ShippedBook.terms(symbol, date).mayCancel(at: instant) == may)
  }

  static let afterHours: [(String, String, Bool)] = [
    ("688981.SSE", "2020-07-16", true), ("300750.SZSE", "2020-08-21", false),
    ("300750.SZSE", "2020-08-24", true), ("600519.SSE", "2026-07-03", false),
    ("600519.SSE", "2026-07-06", true), ("00700.HKEX", "2026-07-06", false),
  ]

  @Test(arguments: afterHours) func tradingAtTheClosingPrice(
    symbol: String, date: String, has: Bool
  ) throws {
    let spans = try #require(try ShippedBook.terms(symbol, date).board).afterHours
    #expect(spans.isEmpty == !has)
    let zone = try ShippedBook.rules(symbol).rules.exchange.zone
    let begins = zone.instant(try ShippedBook.day(date), seconds: (15 * 60 + 5) * 60)
    #expect(spans.contains { $0.contains(begins) } == has)
  }

  @Test(arguments: ["00700.HKEX", "01299.HKEX", "00939.HKEX", "00006.HKEX"])
  func lotsOfHongKongAreTheInstruments(symbol: String) throws {
    let lots = ["00700.HKEX": 100, "01299.HKEX": 200, "00939.HKEX": 1_000, "00006.HKEX": 100]
    let terms = try ShippedBook.terms(symbol, "2024-06-03")
    #expect(Int(terms.lotSize) == lots[symbol])
    #expect(terms.largestOrder == 3_000 * terms.lotSize)
    #expect(terms.takes(terms.lotSize * 3, .buy, held: 0))
    #expect(!terms.takes(terms.lotSize / 2, .sell, held: terms.lotSize / 2))
  }
}
