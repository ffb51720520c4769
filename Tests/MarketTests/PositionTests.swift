import Market
import Testing

@Suite struct PositionTests {
  @Test func closingPartOfALegTakesItsShareOfTheCost() {
    var leg = Leg()
    leg.open(lots: 2, at: Price(units: 100))
    leg.open(lots: 1, at: Price(units: 103))
    #expect(leg.close(Lots(today: 1, yesterday: 0)) == 101)
    #expect(leg.unitLots == 202)
    #expect(leg.close(Lots(today: 2, yesterday: 0)) == 202)
    #expect(leg.isSound && leg.lots == 0)
  }

  @Test func aNewDayAgesLots() {
    var leg = Leg()
    leg.open(lots: 3, at: Price(units: 10))
    leg.freeze(Lots(today: 2, yesterday: 0))
    leg.roll()
    #expect(leg.today == 0 && leg.yesterday == 3 && leg.frozenYesterday == 2 && leg.free == 1)
    leg.thaw(Lots(today: 0, yesterday: 5))
    #expect(leg.isSound && leg.free == 3)
  }

  @Test func unrealisedProfitOfBothSides() {
    var position = Position()
    position[.buy, .open].open(lots: 2, at: Price(units: 100))
    position[.sell, .open].open(lots: 1, at: Price(units: 110))
    #expect(position.net == 1)
    #expect(position.long.lots == 2 && position.short.lots == 1)
    #expect(position.unrealisedUnitLots(at: Price(units: 105)) == 10 + 5)
  }
}

@Suite struct ProductRulesTests {
  @Test func limitsAreTheLastTicksInside() {
    let day = TradingDay(year: 2020, month: 1, day: 6)
    let rules = ProductRules.rebar
    let terms = try? rules.day(
      day, of: InstrumentIndex(0), grid: Grid(decimals: 1), reference: Price(units: 35_710))
    // 3571 ± 6 % is 3356.74 … 3785.26 on a tick of 1.
    #expect(terms?.tick == 10)
    #expect(terms?.lowest == Price(units: 33_570))
    #expect(terms?.highest == Price(units: 37_850))
  }

  @Test func aGridTooCoarseOrARuleMissingIsSaid() {
    let day = TradingDay(year: 2018, month: 1, day: 6)
    #expect(throws: RuleGap.missing(rule: "tick", product: "rb", day: day)) {
      try ProductRules.rebar.day(
        day, of: InstrumentIndex(0), grid: Grid(decimals: 0), reference: nil)
    }
  }

  @Test func marketablePricesStayOnTickAndInside() throws {
    let day = TradingDay(year: 2020, month: 1, day: 6)
    let terms = try ProductRules.rebar.day(
      day, of: InstrumentIndex(0), grid: Grid(decimals: 1), reference: Price(units: 35_710))
    #expect(terms.marketable(Price(units: 35_714), .buy, ticks: 2) == Price(units: 35_740))
    #expect(terms.marketable(Price(units: 35_714), .sell, ticks: 2) == Price(units: 35_690))
    #expect(terms.marketable(Price(units: 37_850), .buy, ticks: 5) == Price(units: 37_850))
    #expect(terms.marketable(Price(units: 33_570), .sell, ticks: 5) == Price(units: 33_570))
  }
}

extension ProductRules {
  /// Rebar with one fact of each kind.
  static var rebar: ProductRules {
    let from = TradingDay(year: 2019, month: 1, day: 1)
    func always<Value>(_ value: Value) -> Timeline<Value> {
      Timeline([Fact(value, from: from, source: "test", isVerified: true)])
    }
    let fee = Fee(rate: Rate(basisPoints: 1), perLot: .zero)
    return ProductRules(
      product: "rb", exchange: .shfe, funding: .margin, hours: always(TimetableTests.hours),
      nightPauses: [], tick: always(Tick(units: 1, decimals: 0)), multiplier: always(10),
      size: always(OrderSize(lot: 1, largest: 500)), priceLimit: always(Rate(basisPoints: 600)),
      margin: always(Rate(basisPoints: 800)),
      fees: always(Fees(open: fee, close: fee, closeToday: fee)),
      closing: always(.flagged), nextDay: always(false))
  }
}
