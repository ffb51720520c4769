import Market
import Testing
import Trading

/// Which lots a close takes and what they pay, by exchange.
@Suite struct ClosingTests {
  static let open = Fee(rate: .zero, perLot: Money(minor: 100))
  static let close = Fee(rate: .zero, perLot: Money(minor: 200))
  static let closeToday = Fee(rate: .zero, perLot: Money(minor: 1_000))
  static let fees = Fees(open: open, close: close, closeToday: closeToday)

  /// Two lots of yesterday and two of today, with nothing paid for yet but their opening.
  static func aged(_ closing: ClosingRule, isNextDay: Bool = false, mayShort: Bool = true) -> Scene
  {
    let gate = ForecastGate.Parameters(enter: 0.01, exit: 0, lots: 4, trail: nil)
    let terms = Scene.terms(closing: closing, fees: fees, isNextDay: isNextDay, mayShort: mayShort)
    var scene = Scene(gate, terms: terms)
    let order = scene.bar(3_600, forecast: 0.02).orders[0]
    _ = scene.fill(order, lots: 2, at: 3_600)
    _ = scene.take(.dayBegan(TradingDay(year: 2020, month: 1, day: 7)))
    _ = scene.fill(order, lots: 2, at: 3_600)
    return scene
  }

  @Test func shanghaiTellsDaysApart() {
    var scene = Self.aged(.flagged)
    let orders = scene.bar(3_600, forecast: -0.001).orders
    #expect(orders.map(\.offset) == [.close, .closeToday] && orders.map(\.lots) == [2, 2])
    let before = scene.account.fees
    for order in orders { _ = scene.fill(order, at: 3_600) }
    #expect(scene.account.fees - before == Money(minor: 2 * 200 + 2 * 1_000))
    #expect(scene.position.isFlat)
  }

  @Test func dalianClosesYesterdayFirst() {
    var scene = Self.aged(.yesterdayFirst)
    let orders = scene.bar(3_600, forecast: -0.001).orders
    #expect(orders.map(\.offset) == [.close] && orders.map(\.lots) == [4])
    let before = scene.account.fees
    _ = scene.fill(orders[0], lots: 3, at: 3_600)
    #expect(scene.account.fees - before == Money(minor: 2 * 200 + 1_000))
    #expect(scene.position.long.today == 1 && scene.position.long.yesterday == 0)
  }

  @Test func cffexChargesTodayFirst() {
    var scene = Self.aged(ClosingRule(taking: .yesterdayFirst, charging: .todayFirst))
    let order = scene.bar(3_600, forecast: -0.001).orders[0]
    let before = scene.account.fees
    _ = scene.fill(order, lots: 2, at: 3_600)
    #expect(scene.account.fees - before == Money(minor: 2 * 1_000))
    #expect(scene.position.long.yesterday == 0, "but yesterday's lots left")
  }

  @Test func stocksBoughtTodayAreSoldTomorrow() {
    var scene = Self.aged(.yesterdayFirst, isNextDay: true, mayShort: false)
    let orders = scene.bar(3_600, forecast: -0.02).orders
    #expect(orders.map(\.lots) == [2] && orders.map(\.offset) == [.close])
    #expect(scene.desk.blotter.pending(Scene.instrument) == -2)
  }

  @Test func sharesGoByTheHundredAndAreNeverShorted() {
    let gate = ForecastGate.Parameters(enter: 0.01, exit: 0, lots: 250, trail: nil)
    let limits = RiskTests.limits(orderLots: 10_000, orderShare: 10_000, instrumentShare: 10_000)
    let terms = Scene.terms(
      closing: .yesterdayFirst, mayShort: false, lotSize: 100, largest: 10_000)
    var scene = Scene(gate, limits: limits, cash: Money(whole: 100_000_000), terms: terms)
    #expect(scene.bar(3_600, forecast: -0.02).commands.isEmpty)
    #expect(scene.bar(3_600, forecast: 0.02).orders.map(\.lots) == [200])
  }

  @Test func frozenLotsAreNotOfferedTwice() {
    var scene = Self.aged(.flagged)
    let orders = scene.bar(3_600, forecast: -0.001).orders
    #expect(scene.position.long.free == 0)
    for order in orders { _ = scene.take(.cancelled(order.id)) }
    #expect(scene.position.long.free == 0, "the cancelled close was sent again")
    #expect(scene.desk.blotter.pending(Scene.instrument) == -4)
  }

  @Test func theLeastCommissionIsPerOrderAndTaxIsOnSales() {
    let fees = Fees(
      open: Fee(rate: Rate(basisPoints: 1), perLot: .zero),
      close: Fee(rate: Rate(basisPoints: 1), perLot: .zero), closeToday: .none,
      minimum: Money(whole: 5), saleTax: Rate(basisPoints: 10))
    var scene = Scene(terms: Scene.terms(closing: .yesterdayFirst, fees: fees))
    let buy = scene.bar(3_600, forecast: 0.02).orders[0]
    _ = scene.fill(buy, lots: 1, at: 3_600)
    #expect(scene.account.fees == Money(whole: 5), "3.60 is below the minimum")
    _ = scene.fill(buy, lots: 1, at: 3_600)
    #expect(scene.account.fees == Money(minor: 720), "7.20 in all is above it")
    let before = scene.account.fees
    _ = scene.take(.dayBegan(TradingDay(year: 2020, month: 1, day: 7)))
    let sell = scene.bar(3_600, forecast: -0.001).orders[0]
    _ = scene.fill(sell, at: 3_600)
    #expect(scene.account.fees - before == Money(minor: 720 + 7_200))
  }
}
