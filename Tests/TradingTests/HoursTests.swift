import Market
import Testing
import Trading

/// A desk that knows the hours, the cage and the spans without cancels.
@Suite struct HoursTests {
  static let day = TradingDay(year: 2020, month: 1, day: 6)
  /// The first bar of a scene closes a minute after this.
  static let start = Instant(seconds: 1_578_272_400)

  static func minute(_ minute: Int64) -> Instant { start.advanced(bySeconds: minute * 60) }

  /// A stock that trades from the scene's start for some minutes, and after hours from then on if asked.
  static func terms(
    minutes: Int64 = 30, uncancellable: ClosedRange<Int64>? = nil, cage: PriceCage? = nil,
    auctionFrom: Int64? = nil, afterHours: Bool = false
  ) -> InstrumentDay {
    let split = auctionFrom ?? minutes
    let session = { (phase: Phase, from: Int64, until: Int64) in
      Session(tradingDay: day, phase: phase, opens: minute(from), closes: minute(until))
    }
    return InstrumentDay(
      instrument: Scene.instrument, day: day, grid: Grid(decimals: 2), tick: 1, multiplier: 1,
      lotSize: 1, largestOrder: 500, reference: Price(units: 1_000), lowest: nil, highest: nil,
      margin: .one, fees: .none, closing: .yesterdayFirst, isNextDay: false, mayShort: true,
      board: BoardDay(
        leastOrder: 1, sellsRemainder: false, cage: cage,
        uncancellable: uncancellable.map {
          [InstantSpan(from: minute($0.lowerBound), until: minute($0.upperBound))]
        } ?? [],
        afterHours: afterHours
          ? [InstantSpan(from: minute(minutes + 5), until: minute(minutes + 30))] : []),
      sessions: [session(.day, 0, split)]
        + (split < minutes ? [session(.auction, split, minutes)] : []))
  }

  private func scene(
    _ terms: InstrumentDay, aggression: Int64 = 2, afterHours: Bool = false
  ) -> Scene {
    Scene(
      limits: RiskTests.limits(priceBand: 5_000), terms: terms,
      manners: Desk.Manners(
        aggressionTicks: aggression, patienceBars: 2, tradesAfterHours: afterHours))
  }

  @Test func nothingIsSentAfterTheClose() {
    var scene = scene(Self.terms(minutes: 2))
    #expect(scene.bar(1_000, forecast: 0.001).commands.isEmpty)
    #expect(scene.bar(1_000, forecast: 0.02).commands.isEmpty, "the close is this instant")
    var earlier = self.scene(Self.terms(minutes: 3))
    #expect(earlier.bar(1_000, forecast: 0.02).orders.count == 1)
    _ = earlier.bar(1_000, forecast: 0.02)
    #expect(earlier.bar(1_000, forecast: -0.02).commands.isEmpty, "no cancel either")
  }

  @Test func cancelsWaitForTheEndOfTheSpan() throws {
    var scene = scene(Self.terms(uncancellable: 3...6))
    let order = try #require(scene.bar(1_000, forecast: 0.02).orders.first)
    #expect(scene.bar(1_010).commands.isEmpty)
    for minute in 3...5 {
      #expect(scene.bar(1_020).commands.isEmpty, "minute \(minute)")
      #expect(scene.desk.blotter.pending(Scene.instrument) == 2, "it is exposure all the same")
    }
    #expect(scene.bar(1_020).cancels == [order.id])
  }

  @Test func aRefusedCancelKeepsTheOrderAndIsAskedAgain() throws {
    var scene = scene(Self.terms())
    let order = try #require(scene.bar(1_000, forecast: 0.02).orders.first)
    _ = scene.take(.accepted(order.id))
    _ = scene.bar(1_010)
    #expect(scene.bar(1_020).cancels == [order.id])
    let frozen = scene.account.frozen
    #expect(scene.take(.cancelRefused(order.id)).isEmpty)
    #expect(scene.desk.blotter.tickets.map(\.state) == [.working])
    #expect(scene.account.frozen == frozen && frozen > .zero)
    #expect(scene.desk.blotter.pending(Scene.instrument) == 2)
    #expect(scene.bar(1_020).cancels == [order.id])
    _ = scene.fill(order, lots: 1, at: 1_002)
    _ = scene.take(.cancelRefused(order.id))
    #expect(scene.desk.blotter.tickets.map(\.state) == [.partlyFilled])
    _ = scene.fill(order, lots: 1, at: 1_002)
    #expect(scene.take(.cancelRefused(order.id)).alarms == [.strayReport(order.id)])
    #expect(scene.position.net == 2)
  }

  @Test func thePriceStaysWithinTheCage() {
    let cage = PriceCage(rate: Rate(basisPoints: 200), ticks: 10)
    for (forecast, limit) in [(0.02, Int64(1_020)), (-0.02, 980)] {
      var scene = scene(Self.terms(cage: cage), aggression: 50)
      #expect(scene.bar(1_000, forecast: forecast).orders.map(\.limit.units) == [limit])
      var free = self.scene(Self.terms(), aggression: 50)
      #expect(
        free.bar(1_000, forecast: forecast).orders[0].limit.units == 1_000 + (limit - 1_000) / 20
          * 50)
    }
    var auction = scene(Self.terms(cage: cage, auctionFrom: 1), aggression: 50)
    #expect(auction.bar(1_000, forecast: 0.02).orders.map(\.limit.units) == [1_050])
  }

  @Test func whatIsMissingAtTheCloseIsAskedForAtTheClosingPrice() {
    for (wishes, trades) in [(true, true), (true, false), (false, true)] {
      var scene = scene(Self.terms(minutes: 1, afterHours: trades), afterHours: wishes)
      let orders = scene.bar(1_003, forecast: 0.02).orders
      #expect(orders.map(\.lifetime) == (wishes && trades ? [.afterHours] : []))
      #expect(orders.allSatisfy { $0.limit == Price(units: 1_003) && $0.lots == 2 })
    }
  }
}
