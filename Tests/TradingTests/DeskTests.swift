import Market
import Testing
import Trading

@Suite struct DeskTests {
  @Test func aForecastAboveTheGateBuysAndBelowSells() {
    var scene = Scene()
    #expect(scene.bar(3_600, forecast: 0.0099).commands.isEmpty)
    let orders = scene.bar(3_600, forecast: 0.011).orders
    #expect(orders.map(\.side) == [.buy] && orders.map(\.lots) == [2])
    #expect(orders.first?.limit == Price(units: 3_602))
    var other = Scene()
    let sells = other.bar(3_600, forecast: -0.011).orders
    #expect(sells.map(\.side) == [.sell] && sells.map(\.offset) == [.open])
    #expect(sells.first?.limit == Price(units: 3_598))
  }

  @Test func aReversalClosesAllThenOpens() {
    var scene = Scene()
    scene.hold(0.02, at: 3_600)
    #expect(scene.position.net == 2)
    let orders = scene.bar(3_600, forecast: -0.02).orders
    #expect(orders.map(\.offset) == [.closeToday, .open])
    #expect(orders.map(\.lots) == [2, 2] && orders.allSatisfy { $0.side == .sell })
  }

  @Test func aForecastThatTurnsClosesWithoutReversing() {
    var scene = Scene()
    scene.hold(0.02, at: 3_600)
    #expect(scene.bar(3_600, forecast: 0.001).commands.isEmpty)
    #expect(scene.bar(3_600, forecast: -0.001).orders.map(\.offset) == [.closeToday])
  }

  @Test func aForecastThatIsNotANumberCannotBeMade() async {
    await #expect(processExitsWith: .failure) {
      _ = Forecast(
        instrument: InstrumentIndex(0), model: ModelID(7), expectedReturn: .nan, deviation: 0,
        horizonBars: 5)
    }
  }

  @Test func whatIsOnItsWayIsNotOrderedTwice() {
    var scene = Scene()
    #expect(scene.bar(3_600, forecast: 0.02).orders.count == 1)
    #expect(scene.bar(3_601, forecast: 0.02).commands.isEmpty)
  }

  @Test func impatienceCancelsAndThinksAgain() throws {
    var scene = Scene()
    let order = try #require(scene.bar(3_600, forecast: 0.02).orders.first)
    #expect(scene.bar(3_610, forecast: 0.02).commands.isEmpty)
    #expect(scene.bar(3_620, forecast: 0.02).cancels == [order.id])
    #expect(scene.bar(3_630, forecast: 0.02).commands.isEmpty, "one cancel is enough")
    let again = scene.take(.cancelled(order.id)).orders
    #expect(again.map(\.limit) == [Price(units: 3_632)])
    #expect(again.first.map { $0.id > order.id } == true, "names are never used twice")
  }

  @Test func aRefusalIsNotAnsweredByTheSameOrderAtOnce() throws {
    var scene = Scene()
    let order = try #require(scene.bar(3_600, forecast: 0.02).orders.first)
    #expect(scene.take(.refused(order.id, .notEnoughMoney)).commands.isEmpty)
    #expect(scene.account.frozen == .zero)
    #expect(scene.bar(3_600).orders.count == 1)
  }

  @Test func theTrailingStopClosesAndTheNextEntryStartsAfresh() {
    let gate = ForecastGate.Parameters(
      enter: 0.01, exit: 0, lots: 2, trail: Rate(basisPoints: 100))
    var scene = Scene(gate)
    scene.hold(0.02, at: 3_600)
    #expect(scene.bar(3_700).commands.isEmpty)
    #expect(scene.bar(3_664).commands.isEmpty)
    let stop = scene.bar(3_663).orders
    #expect(stop.map(\.offset) == [.closeToday])
    for order in stop { _ = scene.fill(order, at: 3_663) }
    #expect(scene.position.isFlat)
    #expect(scene.bar(3_650).commands.isEmpty)
    scene.hold(0.02, at: 3_650)
    #expect(scene.position.net == 2)
    #expect(scene.bar(3_640).commands.isEmpty, "the old peak of 3,700 is forgotten")
  }

  @Test func nothingHappensBeforeTermsAndAPrice() {
    var desk = Desk(
      instruments: 1, cash: .zero,
      strategy: .forecastGate(ForecastGate(Scene.gate, instruments: 1)), limits: Scene.limits,
      manners: Desk.Manners(aggressionTicks: 0, patienceBars: 1))
    var decisions = Decisions()
    for kind: Event.Kind in [
      .forecast(
        Forecast(
          instrument: Scene.instrument, model: Scene.model, expectedReturn: 1, deviation: 0,
          horizonBars: 1)),
      .instantClosed,
    ] {
      desk.step(Event(at: Instant(seconds: 0), kind), into: &decisions)
    }
    #expect(decisions.isEmpty)
  }
}

@Suite struct ReportTests {
  @Test func aTradeToldTwiceIsBookedOnce() throws {
    var scene = Scene()
    let order = try #require(scene.bar(3_600, forecast: 0.02).orders.first)
    _ = scene.fill(order, lots: 1, at: 3_600)
    _ = scene.take(.fill(scene.trade(order, lots: 1, at: 3_600)))
    #expect(scene.position.long.lots == 1)
    #expect(scene.desk.blotter.tickets.first?.remaining == 1)
    #expect(scene.desk.blotter.tickets.first?.state == .partlyFilled)
  }

  @Test func aLateTradeIsBookedAndAlarmed() throws {
    var scene = Scene()
    let order = try #require(scene.bar(3_600, forecast: 0.02).orders.first)
    _ = scene.take(.expired(order.id))
    #expect(scene.fill(order, at: 3_601).alarms == [.strayFill(order.id)])
    #expect(scene.position.net == 2)
  }

  @Test func anOverfillIsBookedAndAlarmed() throws {
    var scene = Scene()
    let order = try #require(scene.bar(3_600, forecast: 0.02).orders.first)
    #expect(scene.fill(order, lots: 3, at: 3_601).alarms == [.overfill(order.id)])
    #expect(scene.position.net == 3)
    #expect(scene.account.frozen == .zero)
  }

  @Test func reportsOfUnknownOrdersAreAlarms() {
    var scene = Scene()
    #expect(scene.take(.accepted(OrderID(99))).alarms == [.strayReport(OrderID(99))])
    #expect(scene.take(.cancelled(OrderID(99))).alarms == [.strayReport(OrderID(99))])
  }

  @Test func aCloseBeyondTheHoldingOpensTheOtherSideAndAlarms() throws {
    var scene = Scene()
    scene.hold(0.02, at: 3_600)
    let order = try #require(scene.bar(3_600, forecast: -0.001).orders.first)
    let stray = Order(
      id: order.id, instrument: order.instrument, side: .sell, offset: .closeToday, lots: 5,
      limit: order.limit)
    let alarms = scene.fill(stray, at: 3_600).alarms
    #expect(alarms == [.overfill(order.id), .missingLots(order.id)])
    #expect(scene.position.net == -3)
    #expect(scene.desk.portfolio.isSound)
  }

  @Test func theCancelThatLostTheRaceLeavesTheTrade() throws {
    var scene = Scene()
    let order = try #require(scene.bar(3_600, forecast: 0.02).orders.first)
    _ = scene.bar(3_610, forecast: 0.02)
    #expect(scene.bar(3_620, forecast: 0.02).cancels == [order.id])
    _ = scene.fill(order, at: 3_602)
    #expect(scene.position.net == 2)
    #expect(scene.desk.blotter.tickets.isEmpty)
    #expect(scene.take(.cancelled(order.id)).alarms == [.strayReport(order.id)])
  }
}
