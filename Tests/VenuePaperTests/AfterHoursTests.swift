import Market
import Testing
import Trading
import VenuePaper

/// Trading at the closing price, where bars are silent about it.
@Suite struct AfterHoursTests {
  private let next = StockFloor.day.next

  private func closed(at price: Int64, share: Rate = .one) -> StockFloor {
    var floor = StockFloor(afterHours: true, afterHoursShare: share)
    _ = floor.bar("14:57", 1_000, volume: 60_000)
    _ = floor.bar("15:00", price, volume: 40_000)
    return floor
  }

  @Test func anOrderForTheCloseTradesAtIt() {
    var floor = closed(at: 1_005)
    #expect(
      floor.send(.buy, lots: 200, limit: 1_010, at: "15:00", lifetime: .afterHours)
        == .accepted(OrderID(1)))
    #expect(floor.begin(next).fills == [[1_005, 200]], "told before the next day begins")
  }

  @Test func itIsTakenFromTheMorningOnAndUntilHalfPastThree() {
    var floor = StockFloor(afterHours: true)
    _ = floor.send(.buy, limit: 1_010, at: "10:00", lifetime: .afterHours)
    #expect(floor.bar("10:01", 1_000).isEmpty, "the day is not for it")
    _ = floor.bar("15:00", 1_005)
    #expect(
      floor.send(.buy, limit: 1_010, at: "15:30", lifetime: .afterHours)
        == .refused(OrderID(2), .marketClosed))
    #expect(floor.begin(next).fills == [[1_005, 100]])
  }

  @Test func whereThereIsNoneItIsRefused() {
    var floor = StockFloor()
    #expect(
      floor.send(.buy, limit: 1_010, at: "14:00", lifetime: .afterHours)
        == .refused(OrderID(1), .marketClosed))
  }

  @Test func aLimitWorseThanTheCloseExpires() {
    var floor = closed(at: 1_005)
    _ = floor.send(.buy, limit: 1_004, at: "15:00", lifetime: .afterHours)
    #expect(floor.begin(next) == [.expired(OrderID(1))])
  }

  @Test func aLockedCloseServesOneSide() {
    var floor = StockFloor(afterHours: true)
    floor.holdOvernight(100)
    _ = floor.bar("14:57", 1_000)
    _ = floor.bar("15:00", 1_100)
    _ = floor.send(.buy, limit: 1_100, at: "15:00", lifetime: .afterHours)
    _ = floor.send(.sell, .close, limit: 1_100, at: "15:00", lifetime: .afterHours)
    let told = floor.begin(next.next)
    #expect(told.fills == [[1_100, 100]] && told.expired == [OrderID(2)])
  }

  @Test func itTakesNoMoreThanSuchTradingIsSaidToHave() {
    // 0.5 % of the day's 100,000 shares, the two orders together.
    var floor = closed(at: 1_005, share: Rate(basisPoints: 50))
    _ = floor.send(.buy, lots: 300, limit: 1_010, at: "15:00", lifetime: .afterHours)
    _ = floor.send(.buy, lots: 300, limit: 1_010, at: "15:00", lifetime: .afterHours)
    let told = floor.begin(next)
    #expect(told.fills == [[1_005, 300], [1_005, 200]] && told.expired == [OrderID(2)])
    var silent = closed(at: 1_005, share: .zero)
    _ = silent.send(.buy, limit: 1_010, at: "15:00", lifetime: .afterHours)
    #expect(silent.begin(next) == [.expired(OrderID(1))])
  }

  @Test func withoutTheLastBarTheCloseIsNotKnown() {
    var floor = StockFloor(afterHours: true)
    _ = floor.bar("14:57", 1_000)
    _ = floor.send(.buy, limit: 1_010, at: "15:01", lifetime: .afterHours)
    #expect(floor.begin(next) == [.expired(OrderID(1))])
  }

  @Test func aBarThatTellsOfItIsBelieved() {
    var floor = closed(at: 1_005)
    _ = floor.send(.buy, lots: 500, limit: 1_010, at: "15:00", lifetime: .afterHours)
    #expect(floor.bar("15:30", 1_005, volume: 200).fills == [[1_005, 200]])
    #expect(floor.begin(next) == [.expired(OrderID(1))], "and nothing is supposed beside it")
  }

  @Test func whatWasBoughtAfterTheCloseIsSoldTheNextDay() {
    var floor = closed(at: 1_005)
    _ = floor.send(.buy, limit: 1_010, at: "15:00", lifetime: .afterHours)
    _ = floor.begin(next)
    #expect(floor.send(.sell, .close, limit: 1_000, at: "9:31") == .accepted(OrderID(2)))
  }
}
