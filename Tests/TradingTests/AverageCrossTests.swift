import Market
import Testing
import Trading

@Suite struct AverageCrossTests {
  @Test func holdsTheSideOfTheFasterAverage() {
    var desk = Desk(
      instruments: 1, cash: Money(whole: 1_000_000),
      strategy: .averageCross(AverageCross(fast: 2, slow: 4, lots: 1, instruments: 1)),
      limits: Scene.limits, manners: Desk.Manners(aggressionTicks: 0, patienceBars: 1))
    var decisions = Decisions()
    let at = Instant(seconds: 0)
    desk.step(Event(at: at, .terms(Scene.terms())), into: &decisions)
    var sides: [[Side]] = []
    for close: Int64 in [3_600, 3_601, 3_602, 3_603, 3_590, 3_570, 3_570] {
      let price = Price(units: close)
      let bar = Bar(
        instrument: Scene.instrument, tradingDay: Scene.terms().day, closedAt: at, open: price,
        high: price, low: price, close: price, volume: 1)
      desk.step(Event(at: at, .bar(bar)), into: &decisions)
      desk.step(Event(at: at, .instantClosed), into: &decisions)
      sides.append(decisions.orders.map(\.side))
      for order in decisions.orders {
        desk.step(Event(at: at, .expired(order.id)), into: &decisions)
      }
      decisions.clear()
    }
    // Four closes make the slow average; the fast one is above until the fall to 3,590.
    #expect(sides == [[], [], [], [.buy], [.sell], [.sell], [.sell]])
  }
}
