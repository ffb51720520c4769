import Market
import Testing
import Trading

/// What an order costs, against a reckoning of its own: exact fractions, rounded once for the whole order.
@Suite struct OrderChargeTests {
  typealias Draw = AccountingTests.Draw

  /// Shares at a grid of three decimals, with everything a stock exchange takes.
  static func terms(
    _ levies: [Levy], fees: Fees = .none, multiplier: Int64 = 1,
    closing: ClosingRule = .yesterdayFirst
  ) -> InstrumentDay {
    InstrumentDay(
      instrument: Scene.instrument, day: TradingDay(year: 2024, month: 1, day: 8),
      grid: Grid(decimals: 3), tick: 1, multiplier: multiplier, lotSize: 1,
      largestOrder: 1_000_000, reference: nil, lowest: nil, highest: nil, margin: .one, fees: fees,
      closing: closing, isNextDay: false, mayShort: true,
      board: BoardDay(leastOrder: 1, sellsRemainder: false, levies: levies))
  }

  static func fill(
    _ trade: UInt64, _ side: Side, _ offset: Offset = .open, lots: Int64, at units: Int64
  ) -> Fill {
    Fill(
      trade: TradeID(trade), order: OrderID(1), instrument: Scene.instrument, side: side,
      offset: offset, lots: lots, price: Price(units: units))
  }

  static func sum(_ fills: [Fill], _ terms: InstrumentDay, leg: Leg = Leg()) -> [Int64] {
    var charge = OrderCharge()
    var leg = leg
    return fills.map { fill in
      let owed = charge.owe(fill, leg: leg, terms).minor
      if fill.offset != .open {
        _ = leg.close(terms.closing.taken(fill.lots, from: leg, fill.offset))
      }
      return owed
    }
  }

  static let hongKong = Levy(
    kind: .stampDuty, onBuys: Rate(basisPoints: 10), onSales: Rate(basisPoints: 10), isWhole: true)

  @Test func hongKongRoundsItsStampDutyUpOnce() {
    // 400 shares at 123.40 are 49,360 HKD: a duty of 49.36, so 50. Trade by trade it were 13 + 13 + 25.
    let fills = [(100, 1), (100, 2), (200, 3)].map {
      Self.fill($0.1, .buy, lots: $0.0, at: 123_400)
    }
    #expect(Self.sum(fills, Self.terms([Self.hongKong])) == [1_300, 1_200, 2_500])
  }

  @Test func aCapAndALeastCountOnce() {
    // FINRA's fee of 2024: 166 a million shares, at least a cent, at most 8.30.
    let levy = Levy(
      kind: .trading, onBuys: .zero, onSales: .zero, soldPerMillion: Money(whole: 166),
      least: Money(minor: 1), most: Money(minor: 830))
    let terms = Self.terms([levy])
    let small = [10, 20, 30].map { Self.fill(UInt64($0), .sell, lots: $0, at: 1_000) }
    #expect(Self.sum(small, terms) == [1, 0, 0], "60 shares are 0.996 of a cent in all")
    let large = [40_000, 40_000].map { Self.fill(UInt64($0), .sell, lots: $0, at: 1_000) }
    #expect(Self.sum(large, terms) == [664, 166], "13.28 is capped at 8.30")
  }

  @Test func theSecFeeIsRoundedOnce() {
    // 27.80 a million dollars: three sales of 100 USD are 0.834 of a cent together, 0.278 apart.
    let levy = Levy(
      kind: .regulation, onBuys: .zero, onSales: Rate(hundredMillionths: 2_780))
    let fills = (1...3).map { Self.fill(UInt64($0), .sell, lots: 1, at: 100_000) }
    #expect(Self.sum(fills, Self.terms([levy])) == [0, 1, 0])
  }

  @Test func theLeastCommissionIsSharedByAllTrades() {
    let rate = Fee(rate: Rate(hundredMillionths: 25_000), perLot: .zero)
    let fees = Fees(open: rate, close: rate, closeToday: rate, minimum: Money(whole: 5))
    // 2.5 basis points of 10,000 are 2.50, of 30,000 are 7.50.
    let fills = (1...3).map { Self.fill(UInt64($0), .buy, lots: 1_000, at: 10_000) }
    #expect(Self.sum(fills, Self.terms([], fees: fees)) == [500, 0, 250])
  }

  @Test(arguments: UInt64(1)...400)
  func partsCostWhatTheWholeCosts(seed: UInt64) {
    let order = RandomOrder(seed: seed)
    let owed = Self.sum(order.fills, order.terms, leg: order.leg)
    #expect(owed.allSatisfy { $0 >= 0 }, "seed \(seed): a trade never gives money back")
    #expect(Int128(owed.reduce(0, +)) == order.whole, "seed \(seed)")
  }

  /// In the books: an order filled in four parts, one of them told twice, costs what one trade would.
  @Test func theBooksTakeItOnce() {
    let terms = Self.terms([Self.hongKong])
    var scene = Scene(
      ForecastGate.Parameters(enter: 0.01, exit: 0, lots: 400, trail: nil),
      limits: RiskTests.limits(orderLots: 1_000, orderShare: 10_000, instrumentShare: 10_000),
      terms: terms)
    let order = scene.bar(123_400, forecast: 0.02).orders[0]
    for lots: Int64 in [100, 100, 150, 50] { _ = scene.fill(order, lots: lots, at: 123_400) }
    _ = scene.take(.fill(scene.trade(order, lots: 50, at: 123_400)))
    #expect(scene.account.fees == Money(whole: 50))
    #expect(scene.position.net == 400)
  }
}
