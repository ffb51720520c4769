import Market
import Testing

/// Rebar as it trades on SHFE: three day sessions and a night until 23:00.
@Suite struct TimetableTests {
  static func day(_ month: Int, _ day: Int, year: Int = 2020) -> TradingDay {
    TradingDay(year: year, month: month, day: day)
  }

  static func clock(_ hour: Int64, _ minute: Int64 = 0) -> Int64 { hour * 3_600 + minute * 60 }

  static let hours = [
    Hours(.night, opensSecond: clock(21), closesSecond: clock(23)),
    Hours(.day, opensSecond: clock(9), closesSecond: clock(10, 15)),
    Hours(.day, opensSecond: clock(10, 30), closesSecond: clock(11, 30)),
    Hours(.day, opensSecond: clock(13, 30), closesSecond: clock(15)),
  ]

  /// New year and the spring festival of 2020, with the pause of nights after it.
  static let closures = [day(1, 1)] + Array(day(1, 24)...day(1, 31))

  let calendar = ExchangeCalendar(
    zone: .shanghai, first: day(12, 30, year: 2019), last: day(2, 14), closures: closures)
  let table: Timetable

  init() {
    table = Timetable(
      calendar: calendar,
      hours: Timeline([
        Fact(Self.hours, from: Self.day(1, 1, year: 2019), source: "test", isVerified: true)
      ]),
      nightPauses: [Self.day(2, 3)...Self.day(5, 6)])
  }

  @Test func theNightBelongsToTheNextTradingDay() {
    let friday = Zone.shanghai.instant(Self.day(1, 3), seconds: Self.clock(21, 30))
    #expect(table.session(at: friday)?.tradingDay == Self.day(1, 6))
    #expect(table.session(at: friday)?.phase == .night)
  }

  @Test func thereIsNoNightBeforeAHoliday() {
    #expect(table.sessions(on: Self.day(1, 2)).map(\.phase) == [.day, .day, .day])
    #expect(table.sessions(on: Self.day(1, 23)).first?.phase == .night)
    let eve = Zone.shanghai.instant(Self.day(1, 23), seconds: Self.clock(21, 30))
    #expect(table.session(at: eve) == nil)
  }

  @Test func nightsPausedInTheSpringOf2020() {
    for day in calendar.days where day >= Self.day(2, 3) {
      #expect(table.sessions(on: day).allSatisfy { $0.phase == .day }, "\(day)")
      #expect(table.sessions(on: day).count == 3)
    }
  }

  @Test func breaksAreNotTrading() {
    let at = { (hour: Int64, minute: Int64) in
      table.session(at: Zone.shanghai.instant(Self.day(1, 6), seconds: Self.clock(hour, minute)))
    }
    #expect(at(8, 59) == nil)
    #expect(at(9, 0) != nil)
    #expect(at(10, 15) == nil)
    #expect(at(10, 30) != nil)
    #expect(at(12, 0) == nil)
    #expect(at(15, 0) == nil)
  }

  @Test func aBarStampedAtTheCloseIsInside() {
    let stamp = Zone.shanghai.instant(Self.day(1, 6), seconds: Self.clock(15))
    #expect(table.session(closingBarAt: stamp)?.tradingDay == Self.day(1, 6))
    let open = Zone.shanghai.instant(Self.day(1, 6), seconds: Self.clock(9))
    #expect(table.session(closingBarAt: open) == nil)
  }

  @Test func sessionsNeverOverlapAndDaysNeverGoBack() {
    for (earlier, later) in zip(table.sessions, table.sessions.dropFirst()) {
      #expect(earlier.closes <= later.opens)
      #expect(earlier.tradingDay <= later.tradingDay)
    }
  }

  @Test func calendarNeighbours() {
    #expect(calendar.after(Self.day(1, 23)) == Self.day(2, 3))
    #expect(calendar.before(Self.day(2, 3)) == Self.day(1, 23))
    #expect(calendar.onOrAfter(Self.day(1, 25)) == Self.day(2, 3))
    #expect(!calendar.isOpen(Self.day(1, 1)) && !calendar.isOpen(Self.day(1, 4)))
    #expect(calendar.after(Self.day(2, 14)) == nil)
  }
}

@Suite struct TimelineTests {
  static func fact(_ value: Int, from: Int, until: Int? = nil) -> Fact<Int> {
    Fact(
      value, from: TradingDay(days: Int32(from)), until: until.map { TradingDay(days: Int32($0)) },
      source: "test", isVerified: true)
  }

  @Test func theLatestFactThatHoldsCounts() {
    let line = Timeline([
      Self.fact(3, from: 30), Self.fact(1, from: 10), Self.fact(2, from: 20, until: 22),
    ])
    #expect(line[TradingDay(days: 9)] == nil)
    #expect(line[TradingDay(days: 10)] == 1)
    #expect(line[TradingDay(days: 22)] == 2)
    #expect(line[TradingDay(days: 23)] == 1)
    #expect(line[TradingDay(days: 40)] == 3)
  }

  @Test func ofTwoFactsOfADayTheLaterWrittenWins() {
    #expect(Timeline([Self.fact(1, from: 5), Self.fact(2, from: 5)])[TradingDay(days: 5)] == 2)
  }
}
