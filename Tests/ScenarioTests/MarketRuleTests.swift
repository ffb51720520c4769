import Engine
import Market
import Testing
import Trading

/// The rules of the day in the books: each of these runs would read otherwise on a day without the rule.
@Suite struct MarketRuleTests {
  /// Fifty ticks beyond 10.00 are five per cent.
  @Test(arguments: [
    ("600000.SSE", "2023-04-07", Int64(1_050)), ("600000.SSE", "2023-04-10", 1_020),
    ("688001.SSE", "2023-04-07", 1_020), ("300750.SZSE", "2020-08-21", 1_050),
    ("300750.SZSE", "2020-08-24", 1_020), ("00700.HKEX", "2024-01-08", 1_100),
  ])
  func ordersLieWithinTheCageOfTheDay(symbol: String, date: String, limit: Int64) throws {
    var market = try RuledMarket(symbol, lots: 200, aggression: 50)
    try market.begin(date, reference: 1_000)
    market.bar("9:35", 1_000, forecast: 0.02)
    #expect(market.orders.map(\.limit.units) == [limit])
    market.bar("9:36", 1_000)
    #expect(market.net == 200 && market.refusals.isEmpty)
    #expect(try market.isTheSameAgain())
  }

  /// From 2018-08-20 on Shanghai has a closing auction, and lets nothing go in it.
  @Test(arguments: [("2018-08-17", true), ("2018-08-20", false)])
  func ordersStayInTheClosingAuction(date: String, mayGo: Bool) throws {
    var market = try RuledMarket("600000.SSE", lots: 200)
    try market.begin(date, reference: 1_000)
    market.bar("14:56", 1_000, forecast: 0.02)
    // The price runs away from the order, and from the one that takes its place.
    for (clock, price) in [("14:57", Int64(1_040)), ("14:58", 1_050), ("14:59", 1_060)] {
      market.bar(clock, price)
    }
    #expect(market.cancels == (mayGo ? ["14:58"] : []))
    #expect(market.loop.desk.blotter.tickets.count == 1, "another one where the first was let go")
    market.bar("15:00", 1_070)
    #expect(market.loop.desk.blotter.tickets.isEmpty, "the day is over")
    #expect(market.loop.desk.portfolio.account.frozen == .zero)
    #expect(try market.isTheSameAgain())
  }

  @Test(arguments: [
    ("600000.SSE", "2026-07-03", false), ("600000.SSE", "2026-07-06", true),
    ("688001.SSE", "2019-07-25", true), ("300750.SZSE", "2020-08-21", false),
    ("300750.SZSE", "2020-08-24", true),
  ])
  func theClosingPriceIsTradedWhereTheDayHasIt(symbol: String, date: String, has: Bool) throws {
    var market = try RuledMarket(symbol, lots: 200, afterHours: true)
    try market.begin(date, reference: 1_000)
    market.bar("14:57", 1_000)
    market.bar("15:00", 1_005, forecast: 0.02)
    #expect(market.orders.map(\.lifetime) == (has ? [.afterHours] : []))
    let day = try #require(TradingDay(date))
    let next = day.advanced(by: day.isFriday ? 3 : 1)
    try market.begin("\(next)", reference: 1_005)
    #expect(market.fills.map(\.price.units) == (has ? [1_005] : []))
    // Bought on the day before, so that they may be sold on this one.
    market.bar("9:35", 1_005, forecast: -0.001)
    market.bar("9:36", 1_005)
    #expect(market.net == 0 && market.fills.count == (has ? 2 : 0))
    #expect(market.refusals.isEmpty)
    #expect(try market.isTheSameAgain())
  }

  @Test func anOrderInPartsPaysHongKongOnce() throws {
    var market = try RuledMarket(
      "00700.HKEX", lots: 400, patience: 9, participation: Rate(basisPoints: 100))
    try market.begin("2024-01-08", reference: 30_120)
    market.bar("10:00", 30_120, volume: 10_000, forecast: 0.02)
    for minute in 1...4 { market.bar("10:0\(minute)", 30_120, volume: 10_000) }
    #expect(market.fills.map(\.lots) == [100, 100, 100, 100])
    // 120,480 HKD: commission 36.14, duty 121, trading fee 6.81, levy 3.43, settlement 2.41. Apart, the duty
    // were 4 × 31 and the settlement 4 × 2.
    #expect(market.fees == Money(minor: 3_614 + 12_100 + 681 + 343 + 241))
  }

  @Test func anOrderInPartsPaysItsLeastCommissionOnce() throws {
    var market = try RuledMarket(
      "600000.SSE", lots: 400, patience: 9, participation: Rate(basisPoints: 100))
    try market.begin("2024-01-08", reference: 1_000)
    market.bar("9:40", 1_000, volume: 10_000, forecast: 0.02)
    for minute in 1...4 { market.bar("9:4\(minute)", 1_000, volume: 10_000) }
    // 4,000 CNY: the least commission, and four hundredths of transfer fee.
    #expect(market.fees == Money(minor: 500 + 4))
  }

  @Test func sharesOfTheDayAreKeptUntilTheNext() throws {
    var market = try RuledMarket("600000.SSE", lots: 200)
    try market.begin("2024-01-08", reference: 1_000)
    market.bar("9:35", 1_000, forecast: 0.02)
    market.bar("9:36", 1_000, forecast: -0.001)
    market.bar("9:37", 1_000)
    #expect(market.net == 200 && market.orders.count == 1)
    try market.begin("2024-01-09", reference: 1_000)
    market.bar("9:35", 1_000)
    market.bar("9:36", 1_000)
    #expect(market.net == 0 && market.refusals.isEmpty)
  }

  @Test func aLockedLimitSellsAndDoesNotBuy() throws {
    for isHeld in [false, true] {
      var market = try RuledMarket("600000.SSE", lots: 200)
      try market.begin("2024-01-08", reference: 1_000)
      if isHeld {
        market.bar("9:35", 1_000, forecast: 0.02)
        market.bar("9:36", 1_000)
      }
      try market.begin("2024-01-09", reference: 1_000)
      market.bar("9:35", 1_100, forecast: isHeld ? -0.001 : 0.02)
      for minute in 36...55 { market.bar("9:\(minute)", 1_100) }
      #expect(market.net == 0, "held: \(isHeld)")
      #expect(market.fills.count == (isHeld ? 2 : 0))
      #expect(market.refusals.isEmpty)
    }
  }

  /// Random days of futures with a night and of stocks: nothing is ever sent outside the hours, nothing called back
  /// where it cannot be, and the exchange has nothing to refuse.
  @Test(arguments: [
    Walk("rb2410.SHFE", from: "2024-03-05", lots: 3, price: 360_000, step: 100, volume: 30_000),
    Walk("au2406.SHFE", from: "2024-03-05", lots: 3, price: 48_000, step: 2, volume: 30_000),
    Walk("600000.SSE", from: "2024-03-05", lots: 400, price: 1_000, step: 1, volume: 3_000_000),
    Walk("688001.SSE", from: "2026-07-06", lots: 400, price: 5_000, step: 1, volume: 3_000_000),
  ])
  func nothingIsSentOutsideTheHours(walk: Walk) throws {
    for seed in UInt64(1)...4 {
      let market = try walk.played(seed: seed)
      #expect(market.orders.count > 5 && market.fills.count > 5, "seed \(seed)")
      #expect(market.refusals.isEmpty && !market.hasRefusedCancels, "seed \(seed)")
      let days = try walk.dates.map { try market.sessions(of: $0) }
      for case .command(_, let at) in market.loop.recorder.records {
        #expect(
          days.contains { $0[0].opens <= at && at < $0[$0.count - 1].closes }, "seed \(seed)")
      }
      #expect(try market.isTheSameAgain(), "seed \(seed)")
    }
  }
}

/// A random walk over every minute of three trading days, wished for and against at random.
struct Walk: Sendable {
  let symbol: String
  let dates: [String]
  let lots: Int64
  let price: Int64
  let step: Int64
  let volume: UInt64

  init(
    _ symbol: String, from date: String, lots: Int64, price: Int64, step: Int64, volume: UInt64
  ) {
    let first = TradingDay(date)
    self.symbol = symbol
    dates = (0..<3).compactMap { days in first.map { "\($0.advanced(by: days))" } }
    self.lots = lots
    self.price = price
    self.step = step
    self.volume = volume
  }

  func played(seed: UInt64) throws -> RuledMarket {
    var state = seed
    func roll(_ below: UInt64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64((state >> 33) % below)
    }
    var market = try RuledMarket(
      symbol, lots: lots, aggression: roll(3), participation: Rate(basisPoints: 1))
    var price = price
    for date in dates {
      try market.begin(date, reference: price)
      for minute in try market.minutes(of: date) {
        price += (roll(9) - 4) * step
        let forecast = Double(roll(5) - 2) / 100
        market.bar(minute, price, volume: roll(volume), forecast: forecast)
      }
    }
    return market
  }
}

extension TradingDay {
  fileprivate var isFriday: Bool { advanced(by: 1).isWeekend && !isWeekend }
}
