import Market
import Testing
import Workbench

@Suite struct FuturesRulesTests {
  static func fees(_ product: String, _ day: String) throws -> Fees {
    let rules = try ShippedBook.book.product(product).rules
    return try #require(rules.fees[ShippedBook.day(day)])
  }

  /// Hundredths of a basis point: 2300 is 23 ‱.
  @Test(arguments: [
    ("2014-06-03", 25), ("2015-08-25", 23), ("2015-08-26", 115), ("2015-09-02", 115),
    ("2015-09-07", 2_300), ("2017-02-16", 2_300), ("2017-02-17", 920), ("2017-09-18", 690),
    ("2018-12-03", 460), ("2019-04-19", 460), ("2019-04-22", 345), ("2023-08-28", 230),
    ("2026-06-01", 230),
  ]) func closingTodaysIndexFutures(day: String, hundredths: Int64) throws {
    let fees = try Self.fees("IF.CFFEX", day)
    #expect(fees.closeToday.rate == Rate(hundredMillionths: hundredths * 100))
  }

  @Test func aRoundTripWithinADayOf2015() throws {
    let fees = try Self.fees("IF.CFFEX", "2015-09-07")
    let worth = Money(whole: 3_300 * 300)
    #expect(fees.open.charge(worth: worth, lots: 1) == Money(minor: 2_277))
    #expect(fees.close.charge(worth: worth, lots: 1) == Money(minor: 2_277))
    #expect(fees.closeToday.charge(worth: worth, lots: 1) == Money(minor: 227_700))
  }

  @Test(arguments: [
    ("rb.SHFE", ClosingRule.Taking.byFlag, ClosingRule.Charging.byLot),
    ("sc.INE", .byFlag, .byLot), ("IF.CFFEX", .yesterdayFirst, .todayFirst),
    ("m.DCE", .yesterdayFirst, .byLot), ("SR.CZCE", .yesterdayFirst, .byLot),
    ("si.GFEX", .yesterdayFirst, .byLot),
  ]) func whichLotLeavesAndWhichFeeIsPaidAreTwoRules(
    product: String, taking: ClosingRule.Taking, charging: ClosingRule.Charging
  ) throws {
    let rules = try ShippedBook.book.product(product).rules
    let day = try ShippedBook.day("2024-06-03")
    #expect(rules.closing[day] == ClosingRule(taking: taking, charging: charging))
  }

  @Test(arguments: [
    ("au.SHFE", "2019-12-09", "0.05", 1_000), ("au.SHFE", "2019-12-10", "0.02", 1_000),
    ("lc.GFEX", "2024-12-17", "50", 1), ("lc.GFEX", "2024-12-18", "20", 1),
    ("fu.SHFE", "2018-07-13", "1", 50), ("fu.SHFE", "2018-07-16", "1", 10),
    ("fb.DCE", "2019-11-29", "0.05", 500), ("fb.DCE", "2019-12-02", "0.5", 10),
    ("IF.CFFEX", "2024-06-03", "0.2", 300), ("TS.CFFEX", "2024-06-03", "0.002", 20_000),
    ("ZC.CZCE", "2021-06-01", "0.2", 100), ("TC.CZCE", "2014-06-03", "0.2", 200),
  ]) func ticksAndContractSizes(
    product: String, day: String, tick: String, multiplier: Int64
  ) throws {
    let rules = try ShippedBook.book.product(product).rules
    let step = try #require(rules.tick[ShippedBook.day(day)])
    #expect(Price(units: step.units).text(on: Grid(decimals: step.decimals)) == tick)
    #expect(rules.multiplier[try ShippedBook.day(day)] == multiplier)
  }

  /// The last trading day of contracts that were.
  @Test(arguments: [
    ("rb2005.SHFE", "2020-05-15"), ("cu2002.SHFE", "2020-02-17"), ("fu2009.SHFE", "2020-08-31"),
    ("sc2005.INE", "2020-04-30"), ("IF1509.CFFEX", "2015-09-18"), ("IF2002.CFFEX", "2020-02-21"),
    ("IF2410.CFFEX", "2024-10-18"), ("T2009.CFFEX", "2020-09-11"), ("m2005.DCE", "2020-05-19"),
    ("jd2005.DCE", "2020-05-26"), ("SR005.CZCE", "2020-05-19"), ("ZC005.CZCE", "2020-05-12"),
    ("ec2404.INE", "2024-04-29"), ("si2405.GFEX", "2024-05-17"),
  ]) func contractsEndWhenTheyDid(symbol: String, last: String) throws {
    let name = try #require(Symbol(symbol))
    let day = try ShippedBook.day(last)
    let (file, rules) = try ShippedBook.book.rules(name)
    #expect(rules.contract(name, near: day, in: file.calendar)?.lastDay == day)
  }

  @Test func rebarInItsDeliveryMonth() throws {
    let symbol = try #require(Symbol("rb2005.SHFE"))
    let (file, rules) = try ShippedBook.book.rules(symbol)
    let margin = { (day: String) throws -> Rate in
      let day = try ShippedBook.day(day)
      return try rules.day(
        day, of: InstrumentIndex(0), grid: Grid(decimals: 0), reference: Price(units: 3_400),
        contract: rules.contract(symbol, near: day, in: file.calendar)
      ).margin
    }
    #expect(try margin("2020-01-06") == Rate(basisPoints: 900))
    #expect(try margin("2020-04-01") == Rate(basisPoints: 1_000))
    #expect(try margin("2020-05-06") == Rate(basisPoints: 1_500))
    #expect(try margin("2020-05-13") == Rate(basisPoints: 2_000))
    let delivery = try #require(rules.futures?.delivery[ShippedBook.day("2020-05-06")])
    #expect(!delivery.personsMayHold && delivery.lots == 30)
  }

  @Test(arguments: [
    ("2015-08-25", nil), ("2015-08-26", OpeningLimit(lots: 600, scope: .product)),
    ("2015-09-07", OpeningLimit(lots: 10, scope: .product)),
    ("2017-02-17", OpeningLimit(lots: 20, scope: .product)),
    ("2018-12-03", OpeningLimit(lots: 50, scope: .contract)),
    ("2019-04-22", OpeningLimit(lots: 500, scope: .contract)),
  ]) func lotsOfIndexFuturesOpenedInADay(day: String, limit: OpeningLimit?) throws {
    let rules = try ShippedBook.book.product("IF.CFFEX").rules
    #expect(rules.futures?.dailyOpens[try ShippedBook.day(day)] == limit)
  }

  /// The days of a broker's note on the contracts of April 2023, and the rule of the two other exchanges.
  @Test(arguments: [
    ("ag2304.SHFE", "2023-04-12"), ("rb2304.SHFE", "2023-04-12"), ("fu2304.SHFE", "2023-03-28"),
    ("sc2304.INE", "2023-03-21"), ("lu2304.INE", "2023-03-21"), ("bc2304.INE", "2023-04-12"),
    ("nr2304.INE", "2023-04-04"), ("m2305.DCE", "2023-04-28"), ("SR305.CZCE", "2023-04-28"),
    ("IF2304.CFFEX", nil),
  ]) func naturalPersonsLeaveInTime(code: String, day: String?) throws {
    let (file, rules) = try ShippedBook.rules(code)
    let symbol = try #require(Symbol(code))
    let contract = try #require(
      rules.contract(symbol, near: ShippedBook.day("2023-03-01"), in: file.calendar))
    #expect(contract.leaveBy?.description == day)
  }

  @Test func everyProductHasItsRulesOnItsDays() throws {
    for file in ShippedBook.book.files where file.exchange.hasOffsets {
      for rules in file.products.map(\.rules) {
        let first = max(rules.futures?.listed ?? file.calendar.days[0], file.calendar.days[0])
        let last = rules.futures?.delisted ?? file.calendar.days[file.calendar.days.count - 1]
        let changes = rules.margin.facts.map(\.from) + rules.fees.facts.map(\.from)
        let days = [first, last] + changes + stride(from: first, through: last, by: 97)
        let gaps = days.filter { day in
          first <= day
            && (try? rules.day(
              day, of: InstrumentIndex(0), grid: Grid(decimals: 3),
              reference: Price(units: 100_000)))?.isSound != true
        }
        #expect(gaps.isEmpty, "\(rules.product) \(gaps.prefix(5))")
      }
    }
  }

  /// A price text, its units on a grid, the tick and the money of one lot go there and back.
  @Test func pricesGoThereAndBackOnEveryTick() throws {
    for file in ShippedBook.book.files where file.exchange.hasOffsets {
      for rules in file.products.map(\.rules) {
        for fact in rules.tick.facts {
          let grid = Grid(decimals: 3)
          let tick = try #require(fact.value.units(on: grid))
          for ticks in stride(from: Int64(1), through: 40_000, by: 733) {
            let price = Price(units: ticks * tick)
            #expect(try ShippedBook.price(price.text(on: grid)) == price)
            let multiplier = try #require(rules.multiplier[fact.from])
            let worth = grid.worth(price, lots: 1, multiplier: multiplier)
            #expect(worth.minor * 10 == price.units * multiplier, "\(rules.product) \(price)")
          }
        }
      }
    }
  }
}
