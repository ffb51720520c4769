import Market
import Testing
import Trading
import VenuePaper

/// What bars of auctions, of limits and of part volumes fill.
@Suite struct AuctionTests {
  @Test func theClosingAuctionHasOnePriceForAll() {
    var floor = StockFloor()
    floor.holdOvernight(200)
    _ = floor.bar("14:57", 1_000)
    _ = floor.send(.buy, limit: 1_030, at: "14:57")
    _ = floor.send(.buy, limit: 1_005, at: "14:57")
    _ = floor.send(.buy, limit: 1_004, at: "14:57")
    _ = floor.send(.sell, .close, limit: 1_004, at: "14:57")
    let told = floor.bar("15:00", 1_005)
    #expect(told.fills == [[1_005, 100], [1_005, 100]], "without slippage, and not at the limit")
    #expect(told.expired == [OrderID(3), OrderID(4)], "the day's orders end with the day")
  }

  @Test func aBarThatMayHaveBegunBeforeTheAuctionIsOrdinary() {
    var floor = StockFloor()
    _ = floor.bar("14:55", 1_000)
    _ = floor.send(.buy, limit: 1_030, at: "14:55")
    #expect(floor.bar("15:00", 1_005).fills == [[1_006, 100]])
  }

  @Test func aBarOfTheMorningAuctionHasOnePrice() {
    var floor = StockFloor()
    _ = floor.send(.buy, limit: 1_030, at: "9:16")
    #expect(floor.bar("9:25", 1_005).fills == [[1_005, 100]])
  }

  @Test func atTheLimitOneSideTradesInAuctionsToo() {
    var floor = StockFloor()
    floor.holdOvernight(200)
    _ = floor.bar("14:57", 1_000)
    _ = floor.send(.buy, limit: 1_100, at: "14:57")
    _ = floor.send(.sell, .close, limit: 1_000, at: "14:57")
    #expect(floor.bar("15:00", 1_100).fills == [[1_100, 100]], "the sale alone")
  }

  @Test func aDayLockedFromItsFirstBarFillsNoBuy() {
    var floor = StockFloor()
    floor.holdOvernight(100)
    _ = floor.send(.buy, limit: 1_100, at: "9:31")
    _ = floor.send(.sell, .close, limit: 1_090, at: "9:31")
    let first = floor.bar("9:32", 1_100)
    #expect(first.fills == [[1_099, 100]])
    for minute in 33...59 { #expect(floor.bar("9:\(minute)", 1_100).isEmpty) }
    // It opens: whoever stood in line is served, at the limit.
    #expect(floor.bar("10:00", (1_100, 1_100, 1_080, 1_085)).fills == [[1_100, 100]])
  }

  @Test func aPartIsWholeLots() {
    var floor = StockFloor(participation: Rate(basisPoints: 1_000))
    _ = floor.send(.buy, lots: 500, limit: 1_010, at: "9:31")
    #expect(floor.bar("9:32", 1_000, volume: 990).isEmpty, "99 shares are no lot")
    #expect(floor.bar("9:33", 1_000, volume: 3_990).fills == [[1_001, 300]])
    #expect(floor.bar("9:34", 1_000, volume: 9_990).fills == [[1_001, 200]])
  }

  @Test func ordersThatDoNotWaitAreGoneAfterTheirBar() {
    var floor = StockFloor()
    _ = floor.send(.buy, lots: 300, limit: 1_010, at: "9:31", lifetime: .immediateOrCancel)
    _ = floor.send(.buy, lots: 300, limit: 1_010, at: "9:31", lifetime: .fillOrKill)
    _ = floor.send(.buy, lots: 100, limit: 1_010, at: "9:31")
    let told = floor.bar("9:32", 1_000, volume: 200)
    #expect(told.fills == [[1_001, 200]])
    #expect(told.expired == [OrderID(1), OrderID(2)])
    #expect(floor.bar("9:33", 1_000).fills == [[1_001, 100]])
  }
}
