import Market
import Testing
import Trading

/// Margin of the larger side alone, over the contracts of one product.
@Suite struct LargerSideTests {
  static func terms(_ index: Int, product: Int = 0, larger: Bool = true) -> InstrumentDay {
    Scene.terms(
      of: index,
      contract: ContractDay(product: InstrumentIndex(product), paysLargerSide: larger))
  }

  static let limits = RiskTests.limits(
    orderShare: 10_000, instrumentShare: 10_000, totalShare: 10_000)

  /// A lot at 3,600 ties up 10 % of 36,000.
  static let lot = Money(whole: 3_600)

  private func scene(larger: Bool, product: Int = 0) -> Scene {
    Scene(
      limits: Self.limits, cash: Money(whole: 10_000), terms: Self.terms(0, larger: larger),
      others: [Self.terms(1, product: product, larger: larger)])
  }

  @Test func aSpreadPaysOnce() {
    var scene = scene(larger: true)
    scene.hold(0.02, at: 3_600)
    scene.hold(-0.02, at: 3_600, of: 1)
    #expect(scene.desk.portfolio.holdings.map(\.position.net) == [2, -2])
    #expect(scene.account.margin == Self.lot.times(2) && scene.account.frozen == .zero)
    // The shorts rise in worth: theirs is now the larger side.
    _ = scene.bar(3_700, of: 1)
    #expect(scene.account.margin == Money(whole: 7_400))
  }

  @Test func whereBothSidesPayTheAccountCannotBearIt() {
    for scene in [scene(larger: false), scene(larger: true, product: 1)] {
      var scene = scene
      scene.hold(0.02, at: 3_600)
      #expect(scene.bar(3_600, forecast: -0.02, of: 1).denials.map(\.rule) == [.margin])
      #expect(scene.account.margin == Self.lot.times(2))
    }
  }

  @Test func anOrderOnTheSmallerSideNeedsMoneyOnceTheOtherIsClosed() throws {
    var scene = scene(larger: true)
    scene.hold(0.02, at: 3_600)
    let short = try #require(scene.bar(3_600, forecast: -0.02, of: 1).orders.first)
    #expect(scene.account.frozen == .zero)
    for order in scene.bar(3_600, forecast: -0.001).orders { _ = scene.fill(order, at: 3_600) }
    #expect(scene.account.margin == .zero)
    #expect(scene.account.frozen == Money(whole: 7_196), "two lots at 3,598")
    _ = scene.fill(short, lots: 1, at: 3_598)
    #expect(scene.account.frozen == Money(whole: 3_598) && scene.account.margin == Self.lot)
    #expect(scene.desk.portfolio.isSound)
  }

  /// Against a count made anew from nothing but positions, marks and working orders.
  @Test(arguments: UInt64(1)...30)
  func theAccountIsTheSlowSum(seed: UInt64) {
    var draw = AccountingTests.Draw(state: seed)
    var scene = Scene(
      limits: Self.limits, cash: Money(whole: 500_000), terms: Self.terms(0),
      others: [Self.terms(1), Self.terms(2, product: 2), Self.terms(3, product: 2, larger: true)])
    var spreads = 0
    for step in 0..<300 {
      let index = Int(draw.below(4))
      let forecast = Double(Int64(draw.below(5)) - 2) / 100
      let decisions = scene.bar(3_500 + Int64(draw.below(200)), forecast: forecast, of: index)
      for id in decisions.cancels where draw.below(2) == 0 { _ = scene.take(.cancelled(id)) }
      for ticket in scene.desk.blotter.tickets where draw.below(2) == 0 {
        let lots = 1 + Int64(draw.below(UInt64(ticket.remaining)))
        _ = scene.fill(ticket.order, lots: lots, at: 3_600)
      }
      if draw.below(40) == 0 { _ = scene.take(.dayBegan(DayRuleTests.day(7))) }
      let (margin, all) = Self.slow(scene.desk)
      let nets = scene.desk.portfolio.holdings.map(\.position.net)
      if nets[0] * nets[1] < 0 || nets[2] * nets[3] < 0 { spreads += 1 }
      #expect(scene.account.margin == margin, "seed \(seed) step \(step)")
      #expect(scene.account.frozen == all - margin, "seed \(seed) step \(step)")
      #expect(scene.desk.portfolio.isSound, "seed \(seed) step \(step)")
    }
    #expect(spreads > 10, "seed \(seed): longs and shorts of one product")
  }

  /// What is tied up now, and what once every opening order has traded.
  private static func slow(_ desk: Desk) -> (now: Money, all: Money) {
    var (now, all) = (Money.zero, Money.zero)
    for product in [[0, 1], [2, 3]] {
      var (long, short, longs, shorts) = (Money.zero, Money.zero, Money.zero, Money.zero)
      for holding in product.map({ desk.portfolio.holdings[$0] }) {
        guard let terms = holding.terms, let mark = holding.mark else { continue }
        long += terms.margin(mark, lots: holding.position.long.lots)
        short += terms.margin(mark, lots: holding.position.short.lots)
        for ticket in desk.blotter.tickets
        where ticket.order.instrument == terms.instrument && ticket.order.offset == .open {
          let money = terms.margin(ticket.order.limit, lots: ticket.remaining)
          if ticket.order.side == .buy { longs += money } else { shorts += money }
        }
      }
      now += max(long, short)
      all += max(long + longs, short + shorts)
    }
    return (now, all)
  }
}
