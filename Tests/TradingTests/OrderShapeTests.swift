import Market
import Testing

@testable import Trading

/// Price and size of an order, refused at the desk before a venue sees it.
@Suite struct OrderShapeTests {
  private func rule(
    _ price: Int64, lots: Int64 = 2, side: Side = .buy, offset: Offset = .open,
    _ terms: InstrumentDay = Scene.terms(lowest: 3_590, highest: 3_610)
  ) -> RiskRule? {
    var portfolio = Portfolio(instruments: 1, cash: Money(whole: 100_000_000))
    portfolio.adopt(terms)
    let check = RiskCheck(
      limits: RiskTests.limits(orderLots: 1_000), terms: terms, portfolio: portfolio,
      blotter: Blotter(), side: side, offset: offset, lots: lots, price: Price(units: price))
    return check.excess()?.rule
  }

  @Test func pricesLieOnTheTickAndWithinTheDaysLimits() {
    #expect(rule(3_610) == nil && rule(3_590, side: .sell) == nil)
    #expect(rule(3_611) == .priceLimits && rule(3_589, side: .sell) == .priceLimits)
    let fives = Scene.terms(lowest: 3_590, highest: 3_610, tick: 5)
    #expect(rule(3_605, fives) == nil && rule(3_604, fives) == .tick)
    #expect(
      rule(3_611, offset: .close) == .priceLimits, "of exits too: the venue would refuse them")
  }

  @Test func sizesAreThoseTheExchangeTakes() {
    let lots = Scene.terms(lotSize: 100, largest: 300)
    #expect(rule(3_600, lots: 300, lots) == nil && rule(3_600, lots: 400, lots) == .largestOrder)
    #expect(rule(3_600, lots: 150, lots) == .wholeLots)
    #expect(rule(3_600, lots: 150, side: .sell, offset: .close, lots) == nil, "an odd rest leaves")
    #expect(rule(3_600, lots: 500, Scene.terms(largest: 501)) == nil)
  }

  @Test func aLimitThatIsOffTheTickIsNotSent() {
    var scene = Scene(terms: Scene.terms(lowest: 3_000, highest: 3_601, tick: 5))
    let decisions = scene.bar(3_600, forecast: 0.02)
    #expect(decisions.commands.isEmpty && decisions.denials.map(\.rule) == [.tick])
  }

  @Test func aLargeWishIsSentInTurn() {
    let seven = ForecastGate.Parameters(enter: 0.01, exit: 0, lots: 7, trail: nil)
    var scene = Scene(seven, terms: Scene.terms(largest: 3))
    var sent: [Int64] = []
    for forecast in [0.02, 0.02, 0.02, 0.02] {
      for order in scene.bar(3_600, forecast: forecast).orders {
        sent.append(order.lots)
        _ = scene.fill(order, at: 3_600)
      }
    }
    #expect(sent == [3, 3, 1] && scene.position.net == 7)
    sent = []
    for forecast in [-0.001, -0.001, -0.001, -0.001] {
      for order in scene.bar(3_600, forecast: forecast).orders {
        sent.append(order.lots)
        _ = scene.fill(order, at: 3_600)
      }
    }
    #expect(sent == [3, 3, 1] && scene.position.isFlat)
  }
}
