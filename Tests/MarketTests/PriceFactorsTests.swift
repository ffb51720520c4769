import Market
import Testing

@Suite struct PriceFactorsTests {
  static let first = TradingDay(year: 2020, month: 6, day: 1)
  static let grid = Grid(decimals: 2)

  static func day(_ number: Int) -> TradingDay { first.advanced(by: number) }

  static func action(_ exDay: Int, _ kind: CorporateAction.Kind) -> CorporateAction {
    CorporateAction(
      instrument: InstrumentIndex(0), recordDay: day(exDay - 1), exDay: day(exDay), kind: kind)
  }

  /// 10.00 with 0.50 a share and three for ten becomes 9.50 / 1.3; the day's actions count together.
  @Test func oneExDayCountsAllItsActionsTogether() {
    let actions = [
      Self.action(2, .dividend(perShare: Rate(nearest: 0.5))),
      Self.action(2, .bonus(perShare: Rate(nearest: 0.1))),
      Self.action(2, .rights(perShare: Rate(nearest: 0.2), price: Price(units: 600))),
    ]
    let closes = [(Self.day(0), 900), (Self.day(1), 1_000), (Self.day(2), 800)]
      .map { (day: $0.0, close: Price(units: $0.1)) }
    let factors = PriceFactors(actions, closes: closes, on: Self.grid)
    #expect(factors.steps.map(\.from) == [Self.day(2)])
    let worth = (10.0 - 0.5 + 0.2 * 6) / 1.3
    #expect(abs(factors.last.share - 10 / worth) < 1e-14)
    #expect(abs(factors.last.shares - 1.3) < 1e-14)
    #expect(factors.step(on: Self.day(1)) == .none)
    #expect(
      actions.reference(after: Price(units: 1_000), on: Self.grid, tick: 1) == Price(units: 823))
  }

  @Test func aBarBeforeTheFirstStepKeepsItsPricesOnAFinerGrid() {
    let factors = PriceFactors([PriceFactors.Step(from: Self.day(5), share: 2, shares: 2)])
    let bar = { (day: TradingDay) in
      Bar(
        instrument: InstrumentIndex(0), tradingDay: day, closedAt: Instant(seconds: 1),
        open: Price(units: 10), high: Price(units: 12), low: Price(units: 9),
        close: Price(units: 11), volume: 100, turnover: 1_050)
    }
    let before = factors.adjusted(bar(Self.day(4)), on: Self.grid)
    #expect(PriceFactors.grid(over: Self.grid) == Grid(decimals: 6))
    #expect(before.close.units == 110_000 && before.volume == 100 && before.turnover == 1_050)
    let after = factors.adjusted(bar(Self.day(5)), on: Self.grid)
    #expect(after.close.units == 220_000 && after.volume == 50 && after.turnover == 1_050)
  }

  /// Later actions and closes change nothing of what was there before, bit for bit.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func factorsUpToADayAreTheBeginningOfAllLaterOnes(_ seed: UInt64) {
    var state = seed &* 2 &+ 1
    let roll = { (bound: UInt64) -> UInt64 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    var closes: [(day: TradingDay, close: Price)] = []
    var actions: [CorporateAction] = []
    for number in 0..<200 {
      if roll(10) > 0 { closes.append((Self.day(number), Price(units: Int64(800 + roll(400))))) }
      guard number > 1, roll(15) == 0 else { continue }
      let kinds: [CorporateAction.Kind] = [
        .dividend(perShare: Rate(hundredMillionths: Int64(1 + roll(100_000_000)))),
        .bonus(perShare: Rate(hundredMillionths: Int64(1 + roll(100_000_000)))),
        .rights(
          perShare: Rate(hundredMillionths: Int64(1 + roll(50_000_000))), price: Price(units: 500)),
      ]
      actions.append(Self.action(number, kinds[Int(roll(3))]))
    }
    let whole = PriceFactors(actions, closes: closes, on: Self.grid)
    #expect(whole.steps.count > 3, "seed \(seed)")
    for number in stride(from: 5, to: 200, by: 13) {
      let known = PriceFactors(
        actions.filter { $0.exDay <= Self.day(number) },
        closes: closes.filter { $0.day <= Self.day(number) }, on: Self.grid)
      for day in 0...number {
        let (a, b) = (known.step(on: Self.day(day)), whole.step(on: Self.day(day)))
        #expect(
          a.share.bitPattern == b.share.bitPattern && a.shares.bitPattern == b.shares.bitPattern,
          "seed \(seed), day \(day) known on \(number)")
      }
    }
  }

  @Test func whatIsHeldBecomesSharesAndMoney() {
    var position = Position()
    position.long.open(lots: 1_050, at: Price(units: 1_000))
    position.long.roll()
    #expect(
      position.lose(Self.action(2, .dividend(perShare: Rate(nearest: 0.0341))), on: Self.grid)
        == 3_581)
    #expect(position.long.lots == 1_050)
    #expect(position.lose(Self.action(2, .bonus(perShare: Rate(nearest: 0.3))), on: Self.grid) == 0)
    #expect(position.long.yesterday == 1_365 && position.long.unitLots == 1_050_000)
    #expect(
      position.lose(Self.action(3, .consolidation(into: Rate(nearest: 0.1))), on: Self.grid) == 0)
    #expect(position.long.lots == 136 && position.long.isSound)
  }

  @Test func whoIsShortPaysTheDividend() {
    var position = Position()
    position.short.open(lots: 200, at: Price(units: 1_000))
    #expect(
      position.lose(Self.action(2, .dividend(perShare: Rate(nearest: 0.5))), on: Self.grid)
        == -10_000)
  }
}
