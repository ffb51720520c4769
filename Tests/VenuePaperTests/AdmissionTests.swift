import Market
import Testing
import Trading
import VenuePaper

/// What a stock exchange takes in, when, and what it lets go again.
@Suite struct AdmissionTests {
  static let cage = PriceCage(rate: Rate(basisPoints: 200), ticks: 10)

  private func refused(_ answer: Event.Kind?) -> Refusal? {
    if case .refused(_, let reason)? = answer { reason } else { nil }
  }

  @Test func ordersOutsideTheCageAreRefusedInContinuousTrading() {
    var floor = StockFloor(cage: Self.cage)
    _ = floor.bar("9:31", 1_000)
    #expect(refused(floor.send(.buy, limit: 1_021, at: "9:31")) == .outsideCage)
    #expect(refused(floor.send(.buy, limit: 1_020, at: "9:31")) == nil)
    #expect(refused(floor.send(.buy, limit: 901, at: "9:31")) == nil, "the good side is free")
    // The price has moved, and the cage with it: 102 % of 9.50 are 9.69.
    _ = floor.bar("9:32", 950)
    #expect(refused(floor.send(.buy, limit: 970, at: "9:32")) == .outsideCage)
    #expect(refused(floor.send(.buy, limit: 969, at: "9:32")) == nil)
    // Nobody's first price of the day is judged by yesterday's last but by the reference.
    floor.begin(StockFloor.day.next)
    #expect(refused(floor.send(.buy, limit: 1_020, at: "9:30")) == nil)
    #expect(refused(floor.send(.buy, limit: 1_021, at: "9:30")) == .outsideCage)
  }

  @Test func salesHaveTheirOwnEdgeOfTheCage() {
    var floor = StockFloor(cage: Self.cage)
    floor.holdOvernight(400)
    #expect(refused(floor.send(.sell, .close, limit: 979, at: "9:31")) == .outsideCage)
    #expect(refused(floor.send(.sell, .close, limit: 980, at: "9:31")) == nil)
  }

  @Test func tenTicksAreAlwaysAllowedWhereTheRuleSaysSo() {
    for (ticks, allowed) in [(Int64(10), Int64(310)), (0, 306)] {
      let cage = PriceCage(rate: Rate(basisPoints: 200), ticks: ticks)
      let terms = InstrumentDay(
        instrument: StockFloor.instrument, day: StockFloor.day, grid: Grid(decimals: 2), tick: 1,
        multiplier: 1, lotSize: 100, largestOrder: 10_000, reference: Price(units: 300),
        lowest: nil, highest: nil, margin: .one, fees: .none, closing: .yesterdayFirst,
        isNextDay: true, mayShort: false,
        board: BoardDay(leastOrder: 100, sellsRemainder: true, cage: cage))
      let at = StockFloor.at("9:31")
      let bound = terms.cageBound(.buy, base: Price(units: 300), at: at)
      #expect(bound == Price(units: allowed))
    }
  }

  @Test func auctionsHaveNoCage() {
    var floor = StockFloor(cage: Self.cage)
    #expect(refused(floor.send(.buy, limit: 1_100, at: "9:16")) == nil)
    _ = floor.bar("14:57", 1_000)
    #expect(refused(floor.send(.buy, limit: 1_100, at: "14:56:59")) == .outsideCage)
    #expect(refused(floor.send(.buy, limit: 1_100, at: "14:57")) == nil)
  }

  @Test func ordersOutsideTheHoursAreRefusedAndThoseInBreaksWait() {
    var floor = StockFloor()
    for clock in ["9:14:59", "15:00", "20:00"] {
      #expect(refused(floor.send(.buy, limit: 1_000, at: clock)) == .marketClosed, "\(clock)")
    }
    for clock in ["9:15", "9:27", "11:30", "12:00", "14:59:59"] {
      #expect(refused(floor.send(.buy, limit: 1_000, at: clock)) == nil, "\(clock)")
    }
    var always = StockFloor(hasHours: false)
    #expect(refused(always.send(.buy, limit: 1_000, at: "20:00")) == nil)
  }

  @Test func anOrderOfTheBreakTradesInTheNextSession() {
    var floor = StockFloor()
    #expect(floor.send(.buy, limit: 1_010, at: "12:00") == .accepted(OrderID(1)))
    #expect(floor.bar("13:01", 1_000).fills == [[1_001, 100]])
  }

  @Test func nothingIsCancelledWhileTheExchangeHoldsOnToIt() {
    var floor = StockFloor()
    for _ in 0..<4 { _ = floor.send(.buy, limit: 910, at: "9:16") }
    #expect(floor.cancel(1, at: "9:19:59") == [.cancelled(OrderID(1))])
    #expect(floor.cancel(2, at: "9:20") == [.cancelRefused(OrderID(2))])
    #expect(floor.cancel(2, at: "9:25") == [.cancelled(OrderID(2))])
    #expect(floor.cancel(3, at: "14:56:59") == [.cancelled(OrderID(3))])
    #expect(floor.cancel(4, at: "14:57") == [.cancelRefused(OrderID(4))])
    #expect(floor.cancel(4, at: "15:00") == [.cancelRefused(OrderID(4))], "it is too late")
    #expect(floor.cancel(1, at: "10:00").isEmpty, "what is gone is not answered")
  }

  @Test func aRefusedCancelLeavesTheOrderToTrade() {
    var floor = StockFloor()
    _ = floor.send(.buy, limit: 1_000, at: "14:50")
    _ = floor.bar("14:57", 1_010)
    #expect(floor.cancel(1, at: "14:58") == [.cancelRefused(OrderID(1))])
    #expect(floor.bar("15:00", 990).fills == [[990, 100]])
  }

  @Test func sharesOfTodayAreSoldTomorrow() {
    var floor = StockFloor()
    _ = floor.send(.buy, lots: 300, limit: 1_010, at: "9:31")
    #expect(floor.bar("9:32", 1_000).fills == [[1_001, 300]])
    #expect(refused(floor.send(.sell, .close, limit: 1_000, at: "9:32")) == .notEnoughPosition)
    floor.begin(StockFloor.day.next)
    #expect(refused(floor.send(.sell, .close, lots: 300, limit: 990, at: "9:31")) == nil)
    #expect(floor.bar("9:32", 1_000).fills == [[999, 300]])
    #expect(refused(floor.send(.sell, .close, limit: 1_000, at: "9:32")) == .notEnoughPosition)
    var quick = StockFloor(isNextDay: false)
    _ = quick.send(.buy, lots: 300, limit: 1_010, at: "9:31")
    _ = quick.bar("9:32", 1_000)
    #expect(refused(quick.send(.sell, .close, limit: 1_000, at: "9:32")) == nil)
  }

  @Test func whatWorksIsNotOfferedAgain() {
    var floor = StockFloor()
    floor.holdOvernight(300)
    #expect(refused(floor.send(.sell, .close, lots: 200, limit: 1_050, at: "9:31")) == nil)
    #expect(
      refused(floor.send(.sell, .close, lots: 200, limit: 1_050, at: "9:31")) == .notEnoughPosition)
    _ = floor.cancel(2, at: "9:32")
    #expect(refused(floor.send(.sell, .close, lots: 200, limit: 1_050, at: "9:32")) == nil)
  }

  @Test func nobodySellsWhatHeDoesNotHold() {
    var floor = StockFloor()
    #expect(refused(floor.send(.sell, limit: 1_000, at: "9:31")) == .notEnoughPosition)
    #expect(refused(floor.send(.sell, .close, limit: 1_000, at: "9:31")) == .notEnoughPosition)
    #expect(refused(floor.send(.buy, lots: 150, limit: 1_000, at: "9:31")) == .badLots)
  }
}
