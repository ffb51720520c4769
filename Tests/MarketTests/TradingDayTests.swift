import Market
import Testing

@Suite struct TradingDayTests {
  @Test func everyDayOfTheTableYearsSurvivesItsText() {
    for days in TradingDay(
      year: 2005, month: 1, day: 1)...TradingDay(year: 2027, month: 12, day: 31)
    {
      #expect(TradingDay(days.description) == days)
    }
  }

  @Test func weekdaysRunOn() {
    #expect(TradingDay(year: 2020, month: 1, day: 31).weekday == 4)
    #expect(TradingDay(year: 1970, month: 1, day: 1).weekday == 3)
    #expect(TradingDay(year: 1969, month: 12, day: 28).weekday == 6)
  }

  @Test(arguments: [
    "2020-02-30", "2020-1-01", "20200101", "2020-13-01", "", "2019-02-29", "２020-01-01",
  ])
  func noSuchDate(text: String) {
    #expect(TradingDay(text) == nil)
  }
}

@Suite struct ZoneTests {
  @Test func shanghaiIsEightHoursAhead() {
    let day = TradingDay(year: 2020, month: 1, day: 2)
    let opens = Zone.shanghai.instant(day, seconds: 9 * 3_600)
    #expect(opens == Instant(seconds: Int64(day.days) * 86_400 + 3_600))
    #expect(Zone.shanghai.local(opens).day == day)
    #expect(Zone.shanghai.local(opens).seconds == 32_400)
  }

  @Test(arguments: [
    (2006, 4, 1, -18_000), (2006, 4, 3, -14_400), (2006, 10, 30, -18_000),
    (2020, 3, 6, -18_000), (2020, 3, 9, -14_400), (2020, 10, 30, -14_400), (2020, 11, 2, -18_000),
    (2026, 3, 6, -18_000), (2026, 3, 9, -14_400),
  ])
  func newYorkKeepsSummerTime(year: Int, month: Int, day: Int, offset: Int64) {
    let date = TradingDay(year: year, month: month, day: day)
    let opens = Zone.newYork.instant(date, seconds: 9 * 3_600 + 1_800)
    #expect(Zone.newYork.offsetSeconds(at: opens) == offset)
    #expect(Zone.newYork.local(opens).seconds == 34_200)
  }

  @Test func instantsBeforeTheEpochKeepTheirDay() {
    let day = TradingDay(year: 1969, month: 12, day: 31)
    let local = Zone.utc.local(Instant(nanoseconds: -1))
    #expect(local.day == day)
    #expect(local.seconds == 86_399)
  }
}
