import Market
import Testing
import Trading

/// Each rule says no just beyond its limit and yes on it, with the figures in the denial.
@Suite struct RiskTests {
  /// Margin of one lot at the order's price of 3,602: 10 % of 36,020.
  static let need = Money(minor: 360_200)

  static func limits(
    priceBand: Int64 = 200, orderLots: Int64 = 100, orderShare: Int64 = 5_000,
    dailyLoss: Int64 = 200, instrumentShare: Int64 = 8_000, totalShare: Int64 = 9_000
  ) -> RiskLimits {
    RiskLimits(
      priceBand: Rate(basisPoints: priceBand), orderLots: orderLots,
      orderShare: Rate(basisPoints: orderShare), dailyLoss: Rate(basisPoints: dailyLoss),
      instrumentShare: Rate(basisPoints: instrumentShare), totalShare: Rate(basisPoints: totalShare)
    )
  }

  @Test func priceBand() {
    var scene = Scene(limits: Self.limits(priceBand: 4))
    let denial = scene.bar(3_600, forecast: 0.02).denials.first
    #expect(denial?.rule == .priceBand && denial?.measured == 2 && denial?.allowed == 1)
  }

  @Test func orderLots() {
    var scene = Scene(limits: Self.limits(orderLots: 1))
    let denial = scene.bar(3_600, forecast: 0.02).denials.first
    #expect(denial?.rule == .orderLots && denial?.measured == 2 && denial?.allowed == 1)
  }

  @Test func orderMoney() {
    // Two lots tie up 7,204; 5 % of the capital is the limit.
    var poor = Scene(limits: Self.limits(orderShare: 500), cash: Money(whole: 144_000))
    #expect(poor.bar(3_600, forecast: 0.02).denials.first?.rule == .orderMoney)
    var rich = Scene(limits: Self.limits(orderShare: 500), cash: Money(whole: 144_080))
    #expect(rich.bar(3_600, forecast: 0.02).denials.isEmpty)
  }

  @Test func instrumentShareCountsWhatIsHeldAndWhatWorks() {
    let limits = Self.limits(orderShare: 10_000, instrumentShare: 1_000)
    var scene = Scene(limits: limits, cash: Money(whole: 72_000))
    let denial = scene.bar(3_600, forecast: 0.02).denials.first
    #expect(denial?.rule == .position && denial?.measured == Self.need.minor * 2)
    #expect(denial?.allowed == Money(whole: 7_200).minor)
  }

  @Test func marginMustBePaidFromWhatIsAvailable() {
    let limits = Self.limits(orderShare: 10_000, instrumentShare: 10_000, totalShare: 10_000)
    var poor = Scene(limits: limits, cash: Money(minor: Self.need.minor * 2 - 1))
    #expect(poor.bar(3_600, forecast: 0.02).denials.first?.rule == .orderMoney)
    var capped = Scene(
      limits: Self.limits(orderShare: 10_000, instrumentShare: 10_000, totalShare: 5_000),
      cash: Money(whole: 14_000))
    #expect(capped.bar(3_600, forecast: 0.02).denials.first?.rule == .margin)
  }

  @Test func theDailyLossStopsOpeningButNotClosing() {
    var scene = Scene(cash: Money(whole: 100_000))
    scene.hold(0.02, at: 3_600)
    // Two lots losing 100 points of 10: 2,000 of 100,000.
    _ = scene.bar(3_500)
    #expect(scene.desk.portfolio.dayProfit == Money(whole: -2_000))
    let orders = scene.bar(3_500, forecast: -0.02)
    #expect(orders.orders.map(\.offset) == [.closeToday])
    #expect(orders.denials.map(\.rule) == [.dailyLoss])
    _ = scene.take(.dayBegan(TradingDay(year: 2020, month: 1, day: 7)))
    for order in orders.orders { _ = scene.take(.expired(order.id)) }
    #expect(scene.bar(3_500).orders.map(\.offset) == [.close, .open], "a new day counts anew")
  }

  @Test func theSameDenialIsToldOnce() {
    var scene = Scene(limits: Self.limits(orderLots: 1))
    #expect(scene.bar(3_600, forecast: 0.02).denials.count == 1)
    #expect(scene.bar(3_601, forecast: 0.02).denials.isEmpty)
    #expect(scene.bar(3_601, forecast: -0.02).denials.count == 1)
  }

  @Test func ordersStayWithinTheDaysLimits() {
    var scene = Scene(terms: Scene.terms(lowest: 3_599, highest: 3_601))
    #expect(scene.bar(3_600, forecast: 0.02).orders.map(\.limit) == [Price(units: 3_601)])
  }
}
