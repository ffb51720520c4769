import Market
import Testing
import Trading

/// The books against a slow independent ledger, over random reports: partial, repeated, late, over and under.
@Suite struct AccountingTests {
  struct Draw {
    var state: UInt64

    mutating func below(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
  }

  @Test(arguments: UInt64(1)...40)
  func equityIsTheSumOfItsTrades(seed: UInt64) {
    var draw = Draw(state: seed)
    var scene = Scene(terms: Scene.terms(fees: ClosingTests.fees))
    var close: Int64 = 3_600
    var cash: Int64 = 100_000_000
    var net: Int64 = 0
    for _ in 0..<400 {
      close = min(4_100, max(3_100, close + Int64(draw.below(41)) - 20))
      let forecast = Double(Int64(draw.below(5)) - 2) / 100
      let decisions = scene.bar(close, forecast: forecast)
      for id in decisions.cancels where draw.below(3) > 0 { _ = scene.take(.cancelled(id)) }
      for ticket in scene.desk.blotter.tickets where draw.below(2) == 0 {
        let order = ticket.order
        let lots = 1 + Int64(draw.below(UInt64(ticket.remaining)))
        let price = close + Int64(draw.below(5)) - 2
        _ = scene.fill(order, lots: lots, at: price)
        cash -= order.side.sign * lots * price * 1_000
        net += order.side.sign * lots
        if draw.below(4) == 0 { _ = scene.take(.fill(scene.trade(order, lots: lots, at: price))) }
      }
      if draw.below(50) == 0 { _ = scene.take(.dayBegan(TradingDay(year: 2020, month: 1, day: 7))) }
      #expect(scene.desk.portfolio.isSound, "seed \(seed)")
      #expect(scene.position.net == net, "seed \(seed)")
      let equity = cash + net * close * 1_000 - scene.account.fees.minor
      #expect(scene.account.equity.minor == equity, "seed \(seed)")
      #expect(scene.account.frozen >= .zero, "seed \(seed)")
    }
    #expect(scene.account.fees > .zero, "seed \(seed): something traded")
  }

  @Test func withNothingWorkingNothingIsSetAside() {
    var scene = Scene()
    scene.hold(0.02, at: 3_600)
    scene.hold(-0.02, at: 3_650)
    #expect(scene.desk.blotter.tickets.isEmpty)
    #expect(scene.account.frozen == .zero)
    #expect(scene.position.long.lots == 0 && scene.position.short.free == 2)
  }

  @Test func aStockIsPaidInFull() {
    let terms = InstrumentDay(
      instrument: Scene.instrument, day: TradingDay(year: 2020, month: 1, day: 6),
      grid: Grid(decimals: 2), tick: 1, multiplier: 1, lotSize: 100, largestOrder: 1_000_000,
      reference: Price(units: 1_000), lowest: nil, highest: nil, margin: .one, fees: .none,
      closing: .yesterdayFirst, isNextDay: true, mayShort: false)
    let gate = ForecastGate.Parameters(enter: 0.01, exit: 0, lots: 100, trail: nil)
    let limits = RiskTests.limits(orderLots: 1_000, orderShare: 10_000, instrumentShare: 10_000)
    var scene = Scene(gate, limits: limits, cash: Money(whole: 10_000), terms: terms)
    scene.hold(0.02, at: 1_000)
    #expect(scene.account.available == Money(whole: 9_000))
    _ = scene.bar(1_100)
    #expect(scene.account.equity == Money(whole: 10_100))
    #expect(scene.account.available == Money(whole: 9_000))
  }
}
