import Market
import Testing

@testable import Bars

@Suite struct AggregatorTests {
  let rebar = TestHours.timetable(TestHours.rebar)
  let monday = TestHours.week
  let tuesday = TestHours.week.next

  func stamps(_ bars: [Bar], on day: TradingDay) -> [String] {
    bars.filter { $0.tradingDay == day }.map { bar in
      let second = Zone.shanghai.local(bar.closedAt).seconds
      let pad = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
      return "\(pad(second / 3_600)):\(pad(second / 60 % 60))"
    }
  }

  @Test func hourBarsCountTradingTimeAndRestartAfterTheNight() {
    let bars = Aggregator.bars(of: rebar.minuteBars(), .hour, schedule: .sessions(rebar))
    #expect(
      stamps(bars, on: tuesday) == ["22:00", "23:00", "10:00", "11:15", "14:15", "15:00"])
    let minutes = bars.filter { $0.tradingDay == tuesday }.map(\.volume)
    #expect(minutes == [60, 60, 60, 60, 60, 45])
  }

  @Test func theFirstBarOfTheMorningHoldsNothingOfTheNight() throws {
    let bars = Aggregator.bars(of: rebar.minuteBars(), .hour, schedule: .sessions(rebar))
    let minutes = rebar.minuteBars()
    let nine = Zone.shanghai.instant(tuesday, seconds: 9 * 3_600)
    let first = try #require(bars.first { $0.closedAt > nine })
    let opening = try #require(minutes.first { $0.closedAt > nine })
    #expect(first.open == opening.open)
    #expect(first.volume == 60)
  }

  @Test func noBarOfThirtyMinutesHoldsMoreThanThirty() {
    let bars = Aggregator.bars(of: rebar.minuteBars(), .minute30, schedule: .sessions(rebar))
    #expect(bars.allSatisfy { $0.volume <= 30 })
    #expect(
      stamps(bars, on: tuesday) == [
        "21:30", "22:00", "22:30", "23:00", "09:30", "10:00", "10:45", "11:15", "13:45", "14:15",
        "14:45", "15:00",
      ])
  }

  @Test(arguments: [BarInterval.minute5, .minute15])
  func shortBarsEndWithTheirSession(_ interval: BarInterval) {
    let bars = Aggregator.bars(of: rebar.minuteBars(), interval, schedule: .sessions(rebar))
    let perBar = interval.seconds / 60
    #expect(bars.allSatisfy { $0.volume == perBar })
    #expect(stamps(bars, on: tuesday).contains("10:15"))
    #expect(stamps(bars, on: tuesday).contains("11:30"))
  }

  @Test func aDayBarHoldsItsNight() throws {
    let bars = Aggregator.bars(of: rebar.minuteBars(), .day, schedule: .sessions(rebar))
    #expect(bars.map(\.tradingDay) == Array(Set(rebar.sessions.map(\.tradingDay))).sorted())
    let second = try #require(bars.first { $0.tradingDay == tuesday })
    #expect(second.volume == 120 + 225)
    let afterWeekend = try #require(
      bars.first { $0.tradingDay == TradingDay(days: monday.days + 7) })
    #expect(afterWeekend.volume == 120 + 225)
  }

  @Test func noMinuteIsLostOrCountedTwice() {
    let minutes = rebar.minuteBars()
    for interval in BarInterval.allCases {
      let bars = Aggregator.bars(of: minutes, interval, schedule: .sessions(rebar))
      #expect(bars.reduce(0) { $0 + $1.volume } == Int64(minutes.count), "\(interval.name)")
      #expect(bars.last?.close == minutes.last?.close, "\(interval.name)")
      let times = bars.map(\.closedAt)
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 }, "\(interval.name)")
    }
  }

  @Test func theLastBarComesWithItsLastMinute() {
    var aggregator = Aggregator(.hour, schedule: .sessions(rebar))
    var closed: [Bar] = []
    let day = rebar.minuteBars().filter { $0.tradingDay == tuesday }
    for bar in day { aggregator.update(bar, into: &closed) }
    #expect(closed.last?.closedAt == day.last?.closedAt)
    #expect(aggregator.close(at: Instant(nanoseconds: .max)) == nil)
  }

  @Test func theClockClosesABarWhoseLastMinuteIsMissing() throws {
    var aggregator = Aggregator(.minute5, schedule: .sessions(rebar))
    var closed: [Bar] = []
    let end = Zone.shanghai.instant(tuesday, seconds: 15 * 3_600)
    for bar in rebar.minuteBars() where bar.closedAt < end { aggregator.update(bar, into: &closed) }
    #expect(aggregator.close(at: end.advanced(byNanos: -1)) == nil)
    let atEnd = aggregator.close(at: end)
    let last = try #require(atEnd)
    #expect(last.closedAt == end)
    #expect(last.volume == 4)
    aggregator.update(.test(end, tuesday, number: 9), into: &closed)
    #expect(aggregator.strayBars == 1)
  }

  @Test func oneBarMayCloseTwo() {
    var aggregator = Aggregator(.minute5, schedule: .sessions(rebar))
    var closed: [Bar] = []
    let nine = Zone.shanghai.instant(tuesday, seconds: 9 * 3_600)
    for minute in [1, 2, 10] as [Int64] {
      aggregator.update(
        .test(nine.advanced(bySeconds: 60 * minute), tuesday, number: minute), into: &closed)
    }
    #expect(closed.map(\.volume) == [2, 1])
    #expect(
      closed.map(\.closedAt) == [nine.advanced(bySeconds: 300), nine.advanced(bySeconds: 600)])
  }

  @Test func theAuctionIsFoldedIntoTheFirstBar() throws {
    let evening = Zone.shanghai.instant(monday, seconds: 21 * 3_600)
    for (timetable, auction) in [
      (rebar, evening.advanced(bySeconds: -60)), (rebar, evening),
      (TestHours.timetable(TestHours.nightRebar), evening),
    ] {
      for interval in [BarInterval.minute, .minute5, .minute30, .hour, .day] {
        let head = Bar.test(auction, tuesday, number: 77)
        let minutes = [head] + timetable.minuteBars().filter { $0.closedAt > evening }
        let bars = Aggregator.bars(of: minutes, interval, schedule: .sessions(timetable))
        let first = try #require(bars.first)
        #expect(first.open == head.open)
        let expected = interval == .day ? 346 : interval.seconds / 60 + 1
        #expect(first.volume == expected, "\(interval.name)")
      }
    }
  }

  @Test func theClosingAuctionEndsTheDay() {
    let stock = TestHours.timetable(TestHours.stock)
    let last = Zone.shanghai.instant(monday, seconds: 15 * 3_600)
    var minutes = stock.minuteBars().filter { $0.tradingDay == monday }
    minutes.append(.test(last, monday, number: 500))
    let bars = Aggregator.bars(of: minutes, .minute30, schedule: .sessions(stock))
    #expect(
      stamps(bars, on: monday) == [
        "10:00", "10:30", "11:00", "11:30", "13:30", "14:00", "14:30", "15:00",
      ])
    #expect(bars.last?.volume == 28)
  }

  @Test func nothingIsTakenOutsideTrading() {
    var aggregator = Aggregator(.minute5, schedule: .sessions(rebar))
    var closed: [Bar] = []
    for second in [8 * 3_600, 10 * 3_600 + 1_500, 12 * 3_600, 16 * 3_600] as [Int64] {
      let stamp = Zone.shanghai.instant(tuesday, seconds: second)
      aggregator.update(.test(stamp, tuesday, number: 1), into: &closed)
    }
    #expect(aggregator.strayBars == 4)
    #expect(closed.isEmpty)
  }

  @Test func alwaysOpenBarsFollowTheLocalClock() {
    let start = Zone.utc.instant(monday, seconds: 0)
    let minutes = (1...2_880).map {
      Bar.test(start.advanced(bySeconds: Int64($0) * 60), monday, number: Int64($0))
    }
    let days = Aggregator.bars(of: minutes, .day, schedule: .alwaysOpen(.utc))
    #expect(days.map(\.volume) == [1_440, 1_440])
    #expect(days.map(\.tradingDay) == [monday, tuesday])
    let hours = Aggregator.bars(of: minutes, .hour, schedule: .alwaysOpen(.utc))
    #expect(hours.count == 48)
    #expect(hours.allSatisfy { $0.volume == 60 })
  }

  /// Whatever is missing and however the clock ticks, a stream gives the bars of history.
  @Test(arguments: 0..<20)
  func streamingEqualsHistory(_ seed: Int) {
    let minutes = rebar.minuteBars()
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func draw(_ below: UInt64) -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state % below
    }
    let kept = minutes.filter { _ in draw(3) > 0 }
    for interval in BarInterval.allCases {
      var aggregator = Aggregator(interval, schedule: .sessions(rebar))
      var closed: [Bar] = []
      for bar in kept {
        aggregator.update(bar, into: &closed)
        if draw(4) == 0, let done = aggregator.close(at: bar.closedAt) { closed.append(done) }
      }
      if let last = aggregator.close(at: Instant(nanoseconds: .max)) { closed.append(last) }
      let history = Aggregator.bars(of: kept, interval, schedule: .sessions(rebar))
      #expect(closed == history, "seed \(seed) \(interval.name)")
      #expect(aggregator.strayBars == 0, "seed \(seed) \(interval.name)")
    }
  }
}
