import Market
import Testing

@Suite struct KnownDayTests {
  static let day = TradingDay(year: 2020, month: 1, day: 6)

  static func terms(_ known: KnownDay) throws -> InstrumentDay {
    try ProductRules.rebar.day(
      day, of: InstrumentIndex(0), grid: Grid(decimals: 0), reference: Price(units: 3_500),
      known: known)
  }

  @Test func whatIsKnownWinsOverTheRules() throws {
    var known = KnownDay()
    known.previousClose = Price(units: 3_600)
    known.previousSettle = Price(units: 3_571)
    #expect(try Self.terms(known).reference == Price(units: 3_571))
    #expect(try Self.terms(known).highest == Price(units: 3_785))
    known.highest = Price(units: 3_800)
    known.margin = Rate(basisPoints: 1_234)
    known.fees = Fees.none
    let terms = try Self.terms(known)
    #expect(terms.highest == Price(units: 3_800) && terms.lowest == Price(units: 3_357))
    #expect(terms.margin == Rate(basisPoints: 1_234) && terms.fees == .none)
    #expect(terms.isSound)
  }

  @Test func nothingKnownLeavesTheRules() throws {
    #expect(try Self.terms(.nothing).reference == Price(units: 3_500))
    #expect(try Self.terms(.nothing).margin == Rate(basisPoints: 800))
  }

  @Test func aContractNearDeliveryHasItsLeastMargin() throws {
    var rules = ProductRules.rebar
    let rule = DeliveryRule(personsMayHold: false, month: Rate(basisPoints: 1_500))
    rules.futures = ContractRules(
      delivery: Timeline([Fact(rule, from: Self.day, source: "test", isVerified: true)]))
    let last = Self.day.advanced(by: 9)
    let contract = Contract(
      symbol: Symbol(code: "rb2001", exchange: .shfe), delivery: Month(of: Self.day),
      lastDay: last, lastStageFrom: last)
    let terms = try rules.day(
      Self.day, of: InstrumentIndex(0), grid: Grid(decimals: 0), reference: nil,
      contract: contract)
    #expect(terms.margin == Rate(basisPoints: 1_500))
  }

  @Test func laterNewsWinsWhereItKnows() {
    var first = KnownDay()
    first.settle = Price(units: 1)
    first.industry = "steel"
    var second = KnownDay()
    second.settle = Price(units: 2)
    second.listing = .suspended
    let both = first.updated(by: second)
    #expect(both.settle == Price(units: 2) && both.industry == "steel")
    #expect(both.listing == .suspended)
  }

  @Test func limitsThatCrossAreNotSound() {
    var known = KnownDay()
    known.lowest = Price(units: 2)
    known.highest = Price(units: 1)
    #expect(!known.isSound)
    known.highest = Price(units: 3)
    known.adjustment = .infinity
    #expect(!known.isSound)
  }
}

@Suite struct QuoteTests {
  static func quote(bids: [Int64], asks: [Int64]) -> Quote {
    Quote(
      instrument: InstrumentIndex(0), tradingDay: KnownDayTests.day, at: Instant(seconds: 0),
      last: nil, bids: bids.map { Level(price: Price(units: $0), lots: 1) },
      asks: asks.map { Level(price: Price(units: $0), lots: 1) }, volume: 0)
  }

  @Test func aBookIsOrderedAndNotCrossed() {
    #expect(Self.quote(bids: [10, 9, 7], asks: [11, 12]).isSound)
    #expect(Self.quote(bids: [10, 9], asks: [11]).spread == 1)
    #expect(Self.quote(bids: [10], asks: []).spread == nil)
    #expect(Self.quote(bids: [10], asks: []).isSound)
    #expect(!Self.quote(bids: [9, 10], asks: [11]).isSound)
    #expect(!Self.quote(bids: [10], asks: [12, 11]).isSound)
    #expect(!Self.quote(bids: [11], asks: [11]).isSound)
    #expect(!Self.quote(bids: Array((1...21).reversed()), asks: []).isSound)
  }
}

@Suite struct CorporateActionTests {
  static func reference(_ kind: CorporateAction.Kind, after units: Int64) -> Int64 {
    CorporateAction(
      instrument: InstrumentIndex(0), recordDay: KnownDayTests.day,
      exDay: KnownDayTests.day.next, kind: kind
    ).reference(after: Price(units: units), on: Grid(decimals: 2), tick: 1).units
  }

  @Test func referencesOfTheExDay() {
    // 10.00 less 0.35 a share; three for ten; two for ten at 6.00; ten into one.
    #expect(Self.reference(.dividend(perShare: Rate(nearest: 0.35)), after: 1_000) == 965)
    #expect(Self.reference(.bonus(perShare: Rate(nearest: 0.3)), after: 1_000) == 769)
    #expect(
      Self.reference(.rights(perShare: Rate(nearest: 0.2), price: Price(units: 600)), after: 1_000)
        == 933)
    #expect(Self.reference(.consolidation(into: Rate(nearest: 0.1)), after: 120) == 1_200)
  }
}
