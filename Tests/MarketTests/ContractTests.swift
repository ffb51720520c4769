import Market
import Testing

@Suite struct ContractTests {
  static let day = TradingDay(year: 2020, month: 5, day: 6)

  @Test(arguments: [
    ("rb2005.SHFE", 2020, Month(year: 2020, month: 5)),
    ("SR005.CZCE", 2020, Month(year: 2020, month: 5)),
    ("SR001.CZCE", 2019, Month(year: 2020, month: 1)),
    ("SR909.CZCE", 2020, Month(year: 2019, month: 9)),
    ("SR005.CZCE", 2029, Month(year: 2030, month: 5)),
    ("IF2103.CFFEX", 2020, Month(year: 2021, month: 3)),
  ]) func codesNameTheirDelivery(code: String, year: Int, delivery: Month) throws {
    let symbol = try #require(Symbol(code))
    #expect(symbol.delivery(near: TradingDay(year: year, month: 11, day: 2)) == delivery)
  }

  @Test(arguments: ["rb.SHFE", "rb2013.SHFE", "rb20050.SHFE", "600519.SSE", "rb00.SHFE"])
  func otherCodesNameNone(code: String) throws {
    #expect(try #require(Symbol(code)).delivery(near: Self.day) == nil)
  }

  @Test func monthsCountAcrossYears() {
    let month = Month(year: 2020, month: 11)
    #expect(month.advanced(by: 2) == Month(year: 2021, month: 1))
    #expect(month.advanced(by: -11) == Month(year: 2019, month: 12))
    #expect(month.last == TradingDay(year: 2020, month: 11, day: 30))
    #expect(Month(of: Self.day).description == "2020-05")
  }

  static let calendar = ExchangeCalendar(
    zone: .shanghai, first: TradingDay(year: 2020, month: 1, day: 1),
    last: TradingDay(year: 2020, month: 12, day: 31),
    closures: Array(
      TradingDay(year: 2020, month: 10, day: 1)...TradingDay(year: 2020, month: 10, day: 8)))

  @Test(arguments: [
    (LastDay(.dates, 15), 8, "2020-08-17"), (LastDay(.dates, 1), 10, "2020-10-09"),
    (LastDay(.tradingDays, 10), 10, "2020-10-22"), (LastDay(.tradingDays, -4), 5, "2020-05-26"),
    (LastDay(.tradingDays, -1, monthsBefore: 1), 11, "2020-10-30"),
    (LastDay(.fridays, 3), 5, "2020-05-15"), (LastDay(.fridays, 1), 10, "2020-10-09"),
    (LastDay(.mondays, -1), 8, "2020-08-31"),
  ]) func lastDays(rule: LastDay, month: Int, last: String) {
    let delivery = Month(year: 2020, month: month)
    #expect(rule.day(of: delivery, in: Self.calendar)?.description == last)
  }

  @Test func aCalendarThatEndsBeforeTheMonthTellsNoLastDay() {
    let delivery = Month(year: 2021, month: 1)
    #expect(LastDay(.dates, 15).day(of: delivery, in: Self.calendar) == nil)
  }

  static func contract(_ month: Int) -> Contract {
    let day = TradingDay(year: 2020, month: month, day: 15)
    return Contract(
      symbol: Symbol(code: "rb20\(month < 10 ? "0" : "")\(month)", exchange: .shfe),
      delivery: Month(year: 2020, month: month), lastDay: day,
      lastStageFrom: day.previous.previous)
  }

  @Test func stagesFollowOneAnother() {
    let contract = Self.contract(5)
    let stages = [(3, 31), (4, 1), (5, 1), (5, 13), (5, 15), (5, 16)].map { month, day in
      contract.stage(on: TradingDay(year: 2020, month: month, day: day))
    }
    #expect(stages == [.far, .monthBefore, .month, .lastDays, .lastDays, .over])
    let rule = DeliveryRule(
      personsMayHold: false, monthBefore: Rate(basisPoints: 1_000),
      lastDays: Rate(basisPoints: 2_000))
    #expect(rule.leastMargin(.far) == nil)
    #expect(rule.leastMargin(.month) == Rate(basisPoints: 1_000))
    #expect(rule.leastMargin(.lastDays) == Rate(basisPoints: 2_000))
  }

  @Test func aChainHasAFrontAndANext() {
    let chain = ContractChain([Self.contract(10), Self.contract(1), Self.contract(5)])
    #expect(chain.isSound)
    #expect(chain.front(on: TradingDay(year: 2020, month: 1, day: 15)) == Self.contract(1))
    #expect(chain.front(on: TradingDay(year: 2020, month: 1, day: 16)) == Self.contract(5))
    #expect(chain.next(after: Self.contract(5)) == Self.contract(10))
    #expect(chain.next(after: Self.contract(10)) == nil)
    #expect(!ContractChain([Self.contract(5), Self.contract(5)]).isSound)
  }
}
