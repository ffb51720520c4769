import Engine
import Fixtures
import Journal
import Market
import Testing
import Trading

/// What is wished for after a day's close is ordered when the next day opens, and filled at its first price.
@Suite struct DailyBarTests {
  private typealias Day = DailyMarket.Day

  private static let roundTrip = [
    Day("2024-01-08", [1_000, 1_010, 990, 1_000], forecast: 0.02),
    Day("2024-01-09", [1_020, 1_030, 1_010, 1_025], forecast: -0.005),
    Day("2024-01-10", [1_041, 1_050, 1_030, 1_035]),
  ]

  /// Bought at 10.20 and a tick, 10,210.00: the least commission of 5.00, transfer 0.001 % 0.10. Sold at 10.41 less a
  /// tick, 10,400.00: commission 5.00, transfer 0.10, stamp duty 0.05 % 5.20. 190.00 − 5.10 − 10.30 = 174.60.
  @Test func aRoundTripIsWhatOneCountsByHand() throws {
    let run = try DailyMarket(Self.roundTrip).backtest()
    #expect(
      run.orders == [
        "2024-01-09 9:15 buy open 1000 at 1050", "2024-01-10 9:15 sell close 1000 at 974",
      ])
    #expect(
      run.fills == ["2024-01-09 15:00 buy 1000 at 1021", "2024-01-10 15:00 sell 1000 at 1040"])
    #expect(run.account.fees == Money(minor: 1_540))
    #expect(run.account.equity == Money(minor: 100_017_460))
    #expect(run.net == 0 && run.refusals == 0 && run.account.frozen == .zero)
  }

  @Test func aReplayDecidesTheSame() throws {
    let market = try DailyMarket(Self.roundTrip)
    let run = try market.backtest()
    let again = try replay(run.records, through: market.desk)
    #expect(again.portfolio == run.desk.portfolio && again.blotter == run.desk.blotter)
  }

  /// Between the close and the opening, and at every other moment: nothing is lost, nothing is sent twice.
  @Test func aKillAtAnyMomentChangesNothing() throws {
    let market = try DailyMarket(Self.roundTrip)
    let undisturbed = try market.backtest().records
    let count = try market.events().count
    #expect(count == 15)
    let scratch = Scratch()
    for cut in 0...count {
      for isAdmitted in [false, true] {
        let path = scratch.file("\(cut)\(isAdmitted)")
        let records = try market.killed(after: cut, before: isAdmitted, in: path)
        #expect(records == undisturbed, "killed after \(cut) events, \(isAdmitted)")
      }
    }
  }

  /// At its upper limit all day: nobody sells. The wish goes to the next opening, from the new close.
  @Test func aLockedOpeningIsNotBoughtNorIsAPriceBeyondTheBand() throws {
    let locked = try DailyMarket(
      [
        Day("2024-01-08", [1_000, 1_000, 1_000, 1_000], forecast: 0.02),
        Day("2024-01-09", [1_100, 1_100, 1_100, 1_100]),
        Day("2024-01-10", [1_120, 1_150, 1_110, 1_130]),
      ], band: 1_000
    ).backtest()
    #expect(
      locked.orders == [
        "2024-01-09 9:15 buy open 1000 at 1100", "2024-01-10 9:15 buy open 1000 at 1210",
      ])
    #expect(locked.fills == ["2024-01-10 15:00 buy 1000 at 1121"])
    // 10.70 lies beyond 5 % and nobody comes back to it; on the 9th the price comes back to 11.18.
    let gaps = try DailyMarket([
      Day("2024-01-05", [1_000, 1_000, 1_000, 1_000], forecast: 0.02),
      Day("2024-01-08", [1_070, 1_080, 1_060, 1_065]),
      Day("2024-01-09", [1_130, 1_140, 1_100, 1_105]),
    ]).backtest()
    #expect(gaps.fills == ["2024-01-09 15:00 buy 1000 at 1118"])
  }

  @Test func aShareLockedAtItsLowerLimitIsNotSold() throws {
    let run = try DailyMarket(
      [
        Day("2024-01-08", [1_000, 1_000, 1_000, 1_000], forecast: 0.02),
        Day("2024-01-09", [1_000, 1_010, 990, 1_000], forecast: -0.02),
        Day("2024-01-10", [900, 900, 900, 900]),
        Day("2024-01-11", [880, 900, 870, 890]),
      ], band: 1_000
    ).backtest()
    #expect(
      run.fills == ["2024-01-09 15:00 buy 1000 at 1001", "2024-01-11 15:00 sell 1000 at 879"])
    #expect(run.net == 0, "a negative forecast sells what is held and nothing that is not")
  }

  /// STAR shares trade at the closing price too: what was bought at the opening may not go there.
  @Test func whatIsBoughtTodayIsSoldTomorrow() throws {
    let run = try DailyMarket(
      [
        Day("2024-01-08", [1_000, 1_000, 1_000, 1_000]),
        Day("2024-01-09", [1_000, 1_010, 990, 1_000], forecast: 0.02),
        Day("2024-01-10", [1_010, 1_020, 1_000, 1_015], forecast: -0.005),
        Day("2024-01-11", [1_010, 1_020, 1_000, 1_015]),
        Day("2024-01-12", [1_010, 1_020, 1_000, 1_015]),
      ], of: "688001.SSE", afterHours: true, participation: Rate(basisPoints: 5)
    ).backtest()
    // 0.05 % of a million is half the order; the other half is asked for at the close, and had.
    #expect(
      run.fills == [
        "2024-01-10 9:15 buy 500 at 1000", "2024-01-10 15:00 buy 500 at 1011",
        "2024-01-11 9:15 sell 500 at 1015", "2024-01-11 15:00 sell 500 at 1009",
      ])
    #expect(run.refusals == 0)
  }

  /// The risk rules are asked at the opening, of the price the order would pay there: 10,000 are within 1.02 % of a
  /// million, 10,500 are not.
  @Test func theRiskRulesAreAskedAtTheOpening() throws {
    let run = try DailyMarket(Self.roundTrip, orderShare: 102).backtest()
    #expect(run.orders.isEmpty && run.denials.first == .orderMoney)
    let allowed = try DailyMarket(Self.roundTrip, orderShare: 106).backtest()
    #expect(allowed.orders.count == 2 && allowed.denials.isEmpty)
  }

  /// Where the data told the days, nobody knows their hours: the same orders go out as soon as the bar before is there.
  @Test func daysOfTheDataAreTradedAlike() throws {
    let place = Workplace()
    let made = "--interval 1d --symbol 600000.SSE"
    try place.run("data make \(made) --from 2018-01-02 --until 2018-12-28")
    let bars = try place.run("data export --interval 1d 600000.SSE").output
    FileBytes.write(Array(bars.utf8), to: place.path("bars.csv"))
    try place.run("data import bars.csv --interval 1d --symbol 600001.SSE --calendar from-data")
    let told = try ["600000.SSE", "600001.SSE"].map { symbol throws in
      let run = "evaluate backtest --set data.interval=1d --set strategy.kind=average_cross"
      let size = "--set strategy.lots=100 --set risk.price_band=10%"
      let report = try place.run("\(run) \(size) --symbol \(symbol) --json")
      let orders = try #require(try report.object()["orders"] as? [String: Any])
      #expect(orders["expired"] as? Int == 0 && (orders["fills"] as? Int ?? 0) > 2, "\(orders)")
      return try RunEnd(report: report).equity
    }
    #expect(told[0] == told[1])
  }
}
