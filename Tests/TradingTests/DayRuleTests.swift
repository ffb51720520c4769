import Market
import Testing
import Trading

/// What the day forbids is refused, and the way out stays open.
@Suite struct DayRuleTests {
  static func day(_ day: Int) -> TradingDay { TradingDay(year: 2020, month: 1, day: day) }

  @Test func pastTheCalendarNothingIsOpenedAndExitsWork() throws {
    var scene = Scene()
    scene.hold(0.02, at: 3_600)
    _ = scene.begin([Scene.terms(day: 7, stop: .calendar(knownUntil: Self.day(6)))])
    #expect(scene.bar(3_600).commands.isEmpty, "what is held may stay")
    let turned = scene.bar(3_600, forecast: -0.02)
    #expect(turned.orders.map(\.offset) == [.close] && turned.orders.map(\.lots) == [2])
    let denial = try #require(turned.denials.first)
    #expect(denial.rule == .calendar && turned.denials.count == 1)
    #expect(denial.measured == Int64(Self.day(7).days) && denial.allowed == Int64(Self.day(6).days))
    for order in turned.orders { _ = scene.fill(order, at: 3_600) }
    #expect(scene.position.isFlat)
    #expect(scene.bar(3_600, forecast: 0.02).commands.isEmpty)
    _ = scene.begin([Scene.terms(day: 8)])
    #expect(scene.bar(3_600, forecast: 0.02).orders.map(\.offset) == [.open])
  }

  @Test func aNaturalPersonIsOutByTheLastDayWhateverTheForecast() {
    let stop = OpeningStop.delivery(leaveBy: Self.day(7))
    var scene = Scene()
    scene.hold(0.02, at: 3_600)
    #expect(scene.begin([Scene.terms(day: 7, stop: stop)]).alarms == [.mustLeave(Scene.instrument)])
    let orders = scene.bar(3_600, forecast: 0.05).orders
    #expect(orders.map(\.offset) == [.close] && orders.map(\.lots) == [2])
    for order in orders { _ = scene.fill(order, at: 3_600) }
    let again = scene.bar(3_600, forecast: 0.05)
    #expect(again.commands.isEmpty && again.denials.map(\.rule) == [.delivery])
    #expect(scene.begin([Scene.terms(day: 8, stop: stop)]).alarms.isEmpty, "nothing is held")
  }

  @Test func aPositionThatShouldBeGoneRingsEveryDay() {
    var scene = Scene()
    scene.hold(-0.02, at: 3_600)
    for day in 7...9 {
      let stop = OpeningStop.delivery(leaveBy: Self.day(7))
      #expect(scene.begin([Scene.terms(day: day, stop: stop)]).alarms.count == 1, "day \(day)")
    }
    #expect(scene.bar(3_600).orders.map(\.side) == [.buy])
  }

  @Test(arguments: [KnownDay.Listing.notYet, .suspended, .delisting, .delisted])
  func whatIsNotListedIsNotEntered(listing: KnownDay.Listing) {
    var scene = Scene(terms: Scene.terms(stop: .listing(listing)))
    let denial = scene.bar(3_600, forecast: 0.02).denials.first
    #expect(denial?.rule == .listing && denial?.measured == Int64(listing.rawValue))
  }

  @Test func inTheDeliveryMonthItIsOpenedByWholeDeliveries() {
    let near = ContractDay(product: Scene.instrument, deliveryLots: 30)
    var scene = Scene()
    scene.hold(0.02, at: 3_600)
    _ = scene.begin([Scene.terms(day: 7, contract: near)])
    let turned = scene.bar(3_600, forecast: -0.02)
    #expect(turned.orders.map(\.lots) == [2], "two lots still go")
    #expect(turned.denials.map(\.rule) == [.deliveryLots])
    #expect(turned.denials.map(\.measured) == [2] && turned.denials.map(\.allowed) == [30])
    let thirty = ForecastGate.Parameters(enter: 0.01, exit: 0, lots: 30, trail: nil)
    var whole = Scene(thirty, terms: Scene.terms(contract: near))
    #expect(whole.bar(3_600, forecast: 0.02).orders.map(\.lots) == [30])
  }
}

/// Lots opened in a trading day are counted, fills and working orders alike.
@Suite struct DailyOpeningTests {
  static func terms(
    _ lots: Int64, _ scope: OpeningLimit.Scope = .contract, day: Int = 6, of index: Int = 0
  ) -> InstrumentDay {
    Scene.terms(
      day: day, of: index,
      contract: ContractDay(
        product: InstrumentIndex(0), openings: OpeningLimit(lots: lots, scope: scope)))
  }

  @Test func theDaysOpeningsAreCountedAndForgottenOverNight() throws {
    var scene = Scene(terms: Self.terms(5))
    scene.hold(0.02, at: 3_600)
    scene.hold(-0.02, at: 3_600)
    #expect(scene.position.net == -2, "four lots are opened")
    let turned = scene.bar(3_600, forecast: 0.02)
    #expect(turned.orders.map(\.offset) == [.closeToday], "closing is not counted")
    let denial = try #require(turned.denials.first)
    #expect(denial.rule == .dailyOpens && denial.measured == 6 && denial.allowed == 5)
    for order in turned.orders { _ = scene.fill(order, at: 3_600) }
    _ = scene.begin([Self.terms(5, day: 7)])
    #expect(scene.bar(3_600).orders.map(\.offset) == [.open])
  }

  @Test func whatIsUnfilledCountsUntilItIsGone() throws {
    var scene = Scene(terms: Self.terms(3))
    let first = try #require(scene.bar(3_600, forecast: 0.02).orders.first)
    _ = scene.fill(first, lots: 1, at: 3_600)
    _ = scene.take(.expired(first.id))
    // One lot is opened, and one more is missing to the target of two.
    #expect(scene.bar(3_600).orders.map(\.lots) == [1])
    #expect(scene.desk.portfolio.holdings[0].openedToday == 1)
  }

  @Test func aLimitOfTheProductCountsItsOtherContracts() {
    let product = { (scope: OpeningLimit.Scope) -> Decisions in
      var scene = Scene(terms: Self.terms(3, scope), others: [Self.terms(3, scope, of: 1)])
      #expect(scene.bar(3_600, forecast: 0.02).orders.count == 1, "works, and is not filled")
      return scene.bar(3_600, forecast: 0.02, of: 1)
    }
    #expect(product(.product).denials.map(\.rule) == [.dailyOpens])
    #expect(product(.product).denials.map(\.measured) == [4])
    #expect(product(.contract).orders.map(\.lots) == [2])
  }
}
