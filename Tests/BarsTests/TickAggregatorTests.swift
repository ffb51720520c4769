import Market
import Testing

@testable import Bars

/// The classic faults of making bars of ticks, one test each.
@Suite struct TickAggregatorTests {
  let rebar = Schedule.sessions(TestHours.timetable(TestHours.rebar))
  let stock = Schedule.sessions(TestHours.timetable(TestHours.stock))
  let tuesday = TestHours.week.next

  func at(_ hour: Int64, _ minute: Int64, _ second: Double = 0, _ day: TradingDay? = nil) -> Instant
  {
    Zone.shanghai.instant(day ?? tuesday, seconds: TestHours.clock(hour, minute))
      .advanced(byNanos: Int64(second * 1_000) * 1_000_000)
  }

  func tick(_ at: Instant, _ price: Int64, _ volume: Int64, interest: Int64 = 0) -> Quote {
    Quote(
      instrument: InstrumentIndex(0), tradingDay: tuesday, at: at, last: Price(units: price),
      bids: [], asks: [], volume: volume, openInterest: interest)
  }

  func bars(
    _ ticks: [Quote], _ schedule: Schedule? = nil, _ interval: BarInterval = .minute,
    clock: Instant? = nil
  ) -> (bars: [Bar], outside: Int, stale: Int) {
    var aggregator = TickAggregator(
      interval, schedule: schedule ?? rebar, instrument: InstrumentIndex(0))
    var closed: [Bar] = []
    for tick in ticks {
      aggregator.update(tick, turnover: Double(tick.volume) * 10, into: &closed)
    }
    if let last = aggregator.close(at: clock ?? Instant(nanoseconds: .max)) { closed.append(last) }
    return (closed, aggregator.outside, aggregator.stale)
  }

  @Test func aTickOnTheMinuteBeginsTheNextBar() {
    let made = bars([
      tick(at(9, 0, 0.5), 10, 5), tick(at(9, 0, 59.5), 12, 8), tick(at(9, 1), 11, 9),
      tick(at(9, 1, 30), 9, 20),
    ]).bars
    #expect(made.map(\.closedAt) == [at(9, 1), at(9, 2)])
    #expect(made.map(\.close.units) == [12, 9] && made.map(\.open.units) == [12, 11])
    // Tuesday's morning is not where its day begins, so the first volume says nothing.
    #expect(made.map(\.volume) == [3, 12] && made.map(\.turnover) == [30, 120])
  }

  @Test func theAuctionIsFoldedIntoTheFirstBar() {
    let monday = TestHours.week
    let made = bars([
      tick(at(20, 58, 30, monday), 7, 0), tick(at(20, 59, 0.5, monday), 8, 40),
      tick(at(21, 0, 0.5, monday), 9, 50), tick(at(21, 1, 2, monday), 9, 51),
    ]).bars
    #expect(made.map(\.closedAt) == [at(21, 1, 0, monday), at(21, 2, 0, monday)])
    #expect(made[0].open.units == 8 && made[0].volume == 50)
    #expect(made.allSatisfy { $0.tradingDay == tuesday })
  }

  /// Shanghai tells the auction's outcome some seconds after 9:25, five minutes before the bell.
  @Test func theAuctionToldLateIsFoldedInToo() {
    let made = bars(
      [tick(at(9, 25, 3), 8, 40), tick(at(9, 30, 5), 9, 50), tick(at(9, 31, 5), 9, 60)], stock)
    #expect(made.outside == 0)
    #expect(made.bars.first.map { [$0.open.units, $0.volume] } == [8, 50])
  }

  @Test func ticksOutsideTradingArePassedOver() {
    let made = bars([
      tick(at(3, 0), 99, 5), tick(at(9, 0, 1), 10, 10), tick(at(10, 20), 99, 11),
      tick(at(12, 0), 99, 12), tick(at(13, 30, 1), 11, 13), tick(at(17, 0), 99, 14),
    ])
    #expect(made.outside == 4 && made.stale == 0)
    #expect(made.bars.allSatisfy { $0.high.units < 99 })
  }

  @Test func theLastTradesOfASessionBelongToIt() {
    let made = bars([
      tick(at(14, 59, 58), 10, 5), tick(at(15, 0), 12, 9), tick(at(15, 0, 0.5), 13, 11),
      tick(at(15, 0, 4), 99, 12),
    ])
    #expect(made.bars.map(\.closedAt) == [at(15, 0)])
    #expect(made.bars[0].close.units == 13 && made.bars[0].volume == 6 && made.outside == 1)
  }

  @Test func staleTicksArePassedOver() {
    let monday = TestHours.week
    let made = bars([
      tick(at(14, 59, 0, monday), 10, 500), tick(at(14, 59, 30, monday), 10, 510),
      // Sent again after a reconnect.
      tick(at(14, 59, 0, monday), 99, 500), tick(at(14, 59, 40, monday), 99, 505),
      // Yesterday's last one under today's clock.
      tick(at(20, 58, 0, monday), 99, 510),
      tick(at(20, 59, 0.5, monday), 11, 20), tick(at(21, 0, 5, monday), 12, 30),
    ])
    #expect(made.stale == 3)
    #expect(made.bars.map(\.volume) == [10, 30] && made.bars.allSatisfy { $0.high.units < 99 })
  }

  @Test func theClockEndsTheLastBar() {
    var aggregator = TickAggregator(
      .minute, schedule: rebar, instrument: InstrumentIndex(0))
    var closed: [Bar] = []
    for tick in [tick(at(14, 59, 1), 10, 5), tick(at(14, 59, 2), 10, 6)] {
      aggregator.update(tick, turnover: 0, into: &closed)
    }
    #expect(closed.isEmpty && aggregator.close(at: at(14, 59, 59)) == nil)
    #expect(aggregator.close(at: at(15, 0))?.closedAt == at(15, 0))
  }

  /// A quote without a trade ends a bar that is over, and moves no price.
  @Test func quotesWithoutTradesOnlyTellTheTime() {
    let made = bars(
      [
        tick(at(9, 0, 1), 10, 5), tick(at(9, 0, 2), 11, 6), tick(at(9, 1, 2), 99, 6),
        tick(at(9, 1, 4), 99, 6),
      ], clock: at(9, 1, 5))
    #expect(made.bars.map(\.close.units) == [11])
  }

  @Test func theNightIsNotMergedWithTheMorning() {
    let monday = TestHours.week
    let made = bars(
      [
        tick(at(22, 59, 0, monday), 10, 50), tick(at(22, 59, 50, monday), 11, 60),
        tick(at(9, 0, 1), 20, 70), tick(at(9, 59, 1), 21, 80),
      ], nil, .hour
    ).bars
    #expect(made.map(\.closedAt) == [at(23, 0, 0, monday), at(10, 0)])
    #expect(made.map(\.open.units) == [11, 20])
  }

  /// Longer bars of ticks are those of the minutes made of them.
  @Test func minutesOfTicksMakeTheSameHours() {
    var ticks: [Quote] = []
    var volume: Int64 = 0
    var at = at(9, 0, 0.25)
    while at < self.at(15, 0) {
      volume += 1
      ticks.append(tick(at, 1_000 + volume * 37 % 91, volume))
      at = at.advanced(byNanos: 7_500_000_000)
    }
    let minutes = bars(ticks).bars
    let hours = Aggregator.bars(of: minutes, .hour, schedule: rebar)
    #expect(bars(ticks, nil, .hour).bars == hours && hours.count == 4)
  }
}
