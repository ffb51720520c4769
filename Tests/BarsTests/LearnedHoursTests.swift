import Bars
import Market
import Testing

@Suite struct DataDayTests {
  /// A bar's end on the Shanghai clock and the day it belongs to; 2021-03-12 is a Friday.
  static let cases: [(date: String, hour: Int64, minute: Int64, belongs: String)] = [
    ("2021-03-11", 9, 1, "2021-03-11"), ("2021-03-11", 15, 0, "2021-03-11"),
    ("2021-03-11", 18, 0, "2021-03-11"), ("2021-03-11", 18, 1, "2021-03-12"),
    ("2021-03-11", 21, 1, "2021-03-12"), ("2021-03-11", 24, 0, "2021-03-12"),
    ("2021-03-12", 2, 30, "2021-03-12"), ("2021-03-12", 15, 0, "2021-03-12"),
    ("2021-03-12", 21, 1, "2021-03-15"), ("2021-03-13", 0, 1, "2021-03-15"),
    ("2021-03-13", 2, 30, "2021-03-15"), ("2021-03-14", 12, 0, "2021-03-15"),
    ("2021-03-14", 23, 0, "2021-03-15"), ("2021-03-15", 9, 1, "2021-03-15"),
  ]

  @Test(arguments: cases) func barsBelongToTheirDay(
    date: String, hour: Int64, minute: Int64, belongs: String
  ) throws {
    let at = Zone.shanghai.instant(
      try #require(TradingDay(date)), seconds: TestHours.clock(hour, minute))
    #expect(Zone.shanghai.dataDay(closing: at) == TradingDay(belongs))
    let slot = try #require(Schedule.fromData(.shanghai).slot(closing: at, .hour))
    #expect(slot.tradingDay == TradingDay(belongs) && slot.covers(closing: at))
    let day = try #require(Schedule.fromData(.shanghai).slot(closing: at, .day))
    #expect(day.tradingDay == TradingDay(belongs) && day.covers(closing: at))
    #expect(day == Schedule.fromData(.shanghai).slot(of: day.tradingDay))
  }

  /// Made of minutes, no longer bar knows more than the clock, and no minute is lost.
  @Test(arguments: [BarInterval.minute15, .minute30, .hour, .day])
  func longerBarsHoldEveryMinute(interval: BarInterval) {
    let minutes = TestHours.timetable(TestHours.nightRebar).minuteBars()
    let bars = Aggregator.bars(of: minutes, interval, schedule: .fromData(.shanghai))
    #expect(bars.reduce(0) { $0 + $1.volume } == minutes.reduce(0) { $0 + $1.volume })
    #expect(Set(bars.map(\.tradingDay)) == Set(minutes.map(\.tradingDay)))
    #expect(zip(bars, bars.dropFirst()).allSatisfy { $0.closedAt < $1.closedAt })
    if interval == .day { #expect(bars.count == 11) }
  }

  /// What was made of the first bars does not change when later ones come.
  @Test func longerBarsDoNotLookAhead() {
    let minutes = TestHours.timetable(TestHours.nightRebar).minuteBars()
    let whole = Aggregator.bars(of: minutes, .hour, schedule: .fromData(.shanghai))
    for count in stride(from: 1, to: minutes.count, by: 61) {
      let early = Aggregator.bars(
        of: Array(minutes[..<count]), .hour, schedule: .fromData(.shanghai))
      #expect(early.dropLast() == whole[..<(early.count - 1)], "\(count) minutes")
    }
  }
}

@Suite struct LearnedHoursTests {
  /// Four weeks of days without nights, then four with them.
  static func minutes(nights: Bool = true) -> [Bar] {
    let first = TradingDay(year: 2021, month: 1, day: 4)
    let calendar = ExchangeCalendar(
      zone: .shanghai, first: first, last: first.advanced(by: 55), closures: [])
    let day = TestHours.nightRebar.filter { $0.phase == .day }
    let longNights =
      [
        Hours(.night, opensSecond: TestHours.clock(21, 0), closesSecond: TestHours.clock(25, 0))
      ] + day
    return Timetable(
      calendar: calendar,
      hours: Timeline([
        Fact(day, from: first, source: "test", isVerified: true),
        Fact(
          nights ? longNights : day, from: first.advanced(by: 28), source: "test",
          isVerified: true),
      ])
    ).minuteBars()
  }

  static func gate(_ interval: BarInterval = .minute) -> QualityGate {
    QualityGate(schedule: .fromData(.shanghai), interval: interval)
  }

  /// What is said of missing bars; the prices of these bars are not the market's.
  static func gaps(_ quality: [DayQuality]) -> [String] {
    quality.flatMap { day in
      day.findings.filter { $0.fault == .gap }.map { "\(day.day) \($0.detail)" }
    }
  }

  @Test func sessionsAreFoundInTheBars() throws {
    let table = LearnedHours(BarColumns(Self.minutes()), .minute, zone: .shanghai).timetable
    let texts = try ["2021-01-29", "2021-02-02", "2021-02-08"].map { date in
      try table.sessions(on: #require(TradingDay(date))).map { session in
        let clock = { (instant: Instant) in Zone.shanghai.local(instant).seconds / 60 }
        return "\(session.phase.name) \(clock(session.opens))-\(clock(session.closes))"
      }
    }
    let day = ["day 540-615", "day 630-690", "day 810-900"]
    #expect(texts[0] == day)
    #expect(texts[1] == ["night 1260-60"] + day)
    // A Monday's night opened on Friday.
    #expect(texts[2] == ["night 1260-60"] + day)
    #expect(table.isSound)
  }

  /// Nothing is asked of the first five days, nor of a night before five were seen.
  @Test func expectationsComeFromDaysBefore() {
    let quality = Self.gate().check(BarColumns(Self.minutes()))
    #expect(Self.gaps(quality).isEmpty)
    #expect(quality[5].expected == 225 && quality[19].expected == 225)
    // The sixth night is the first that is compared with others.
    #expect(quality[24].expected == 225 && quality[26].expected == 465)
  }

  /// A holiday takes the night before the day after it, however long nights are.
  @Test func aNightThatWasNotIsNotMissing() throws {
    let day = try #require(TradingDay("2021-02-17"))
    let minutes = Self.minutes().filter {
      $0.tradingDay != day || (9...15).contains(Zone.shanghai.local($0.closedAt).seconds / 3_600)
    }
    let quality = Self.gate().check(BarColumns(minutes))
    #expect(Self.gaps(quality).isEmpty)
    #expect(quality.first { $0.day == day }?.expected == 225)
  }

  @Test func aMissingBarIsFound() {
    let minutes = Self.minutes()
    let day = minutes[225 * 10 + 30]
    let quality = Self.gate().check(BarColumns(minutes.filter { $0 != day }))
    #expect(Self.gaps(quality) == ["\(day.tradingDay) 1 of 225 bars missing"])
  }

  /// What is said of a day stays when later days are added.
  @Test func verdictsDoNotLookAhead() {
    var minutes = Self.minutes()
    minutes.removeAll { $0.closedAt.nanoseconds / 60_000_000_000 % 97 == 3 }
    let whole = Self.expected(minutes)
    for days in [6, 12, 21, 27, 33] {
      let last = whole[days - 1].day
      let early = Self.expected(minutes.filter { $0.tradingDay <= last })
      #expect(early.map(\.bars) == whole[..<days].map(\.bars), "\(days) days")
    }
  }

  private static func expected(_ minutes: [Bar]) -> [(day: TradingDay, bars: Int)] {
    let columns = BarColumns(minutes)
    let learned = LearnedHours(columns, .minute, zone: .shanghai)
    return zip(QualityGate(schedule: .fromData(.shanghai), interval: .minute).check(columns), 0...)
      .map { ($0.day, learned.expectedBars(onDay: $1, found: $0.bars)) }
  }

  /// A share that trades now and then has no minute that must be there.
  @Test func rareTradesAreNotAskedFor() {
    let minutes = Self.minutes(nights: false).enumerated()
      .filter { $0.offset * 7_919 % 100 < 40 }.map(\.element)
    let quality = Self.gate().check(BarColumns(minutes))
    #expect(Self.gaps(quality).isEmpty)
  }

  @Test func daysHaveOneExpectedBar() {
    let days = Aggregator.bars(of: Self.minutes(), .day, schedule: .fromData(.shanghai))
    let quality = Self.gate(.day).check(BarColumns(days))
    #expect(quality.count == 40 && Self.gaps(quality).isEmpty)
  }
}
