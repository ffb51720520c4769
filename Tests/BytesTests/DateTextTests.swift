import Bytes
import Testing

@Suite struct DateTextTests {
  @Test func knownDaysHaveTheirNumbersAndWeekdays() {
    let cases: [(Int, Int, Int, Int, Int)] = [
      (1970, 1, 1, 0, 4), (2000, 2, 29, 11_016, 2), (2020, 1, 31, 18_292, 5),
      (1969, 12, 31, -1, 3), (1, 1, 1, -719_162, 1), (9999, 12, 31, 2_932_896, 5),
    ]
    for (year, month, day, number, weekday) in cases {
      #expect(DateText.days(year: year, month: month, day: day) == number)
      #expect(DateText.civil(days: number) == (year, month, day))
      #expect(DateText.weekday(days: number) == weekday)
    }
  }

  @Test func everyDayOfTheCalendarComesBackInOrder() throws {
    var expected = -719_162
    for year in 1...9999 {
      for month in 1...12 {
        let last = DateText.length(year, month)
        for day in year % 400 < 8 || year > 1900 && year < 2110 ? Array(1...last) : [1, last] {
          if day == last { expected += last - 1 }
          let number = try #require(DateText.days(year: year, month: month, day: day))
          let date = DateText.civil(days: number)
          guard date == (year, month, day), day != last || number == expected else {
            Issue.record("\(year)-\(month)-\(day) is \(number), which is \(date)")
            return
          }
        }
        expected += 1
      }
    }
  }

  @Test func datesReadAndPrint() throws {
    #expect(try DateText.parse("2020-01-31") == 18_292)
    #expect(try DateText.parse("2020/01/31") == 18_292)
    #expect(try DateText.parseCompact("20200131") == 18_292)
    #expect(DateText.text(days: 18_292) == "2020-01-31")
    #expect(DateText.compact(days: 18_292) == "20200131")
    #expect(DateText.text(days: -719_162) == "0001-01-01")
    #expect(DateText.compact(days: -719_162) == "00010101")
  }

  @Test func impossibleDatesAreRefused() {
    for text in [
      "", "2020-1-31", "2021-02-29", "2020-13-01", "2020-00-10", "2020-01-00", "0000-01-01",
      "2020-01-31x", "2020-01/31", "20200131", "１０２０-01-01",
    ] {
      #expect(throws: BytesError.self, "\(text)") { try DateText.parse(text) }
    }
    #expect(throws: BytesError.self) { try DateText.parseCompact("20200230") }
    #expect(DateText.days(year: 2100, month: 2, day: 29) == nil)
  }

  @Test func timesReadAndPrint() throws {
    let day: Int64 = 18_292 * TimeText.nanosPerDay
    let evening: Int64 = 75_900 * TimeText.nanosPerSecond
    #expect(try TimeText.parse("2020-01-31 21:05:00") == day + evening)
    #expect(try TimeText.parse("2020-01-31T21:05") == day + evening)
    #expect(try TimeText.parse("2020-01-31 21:05:00.5") == day + evening + 500_000_000)
    #expect(try TimeText.parse("2020-01-31 21:05:00.000000001") == day + evening + 1)
    #expect(try TimeText.parseTimeOfDay("21:05") == evening)
    #expect(TimeText.text(nanos: day + evening) == "2020-01-31 21:05:00")
    #expect(TimeText.text(nanos: day + evening + 500_000_000) == "2020-01-31 21:05:00.500")
    #expect(TimeText.text(nanos: day + evening + 1) == "2020-01-31 21:05:00.000000001")
    #expect(TimeText.text(nanos: -1) == "1969-12-31 23:59:59.999999999")
  }

  @Test func impossibleTimesAreRefused() {
    for text in [
      "2020-01-31", "2020-01-31 24:00:00", "2020-01-31 21:60", "2020-01-31 21:05:60",
      "2020-01-31 21:05:00.", "2020-01-31 21:05:00.1234567890", "2020-01-31 21:05:00Z",
      "2020-01-31  21:05", "9999-01-01 00:00:00", "0001-01-01 00:00:00",
    ] {
      #expect(throws: BytesError.self, "\(text)") { try TimeText.parse(text) }
    }
  }

  @Test func everyInstantComesBackOverSeeds() throws {
    var dice = Dice(seed: 8)
    for round in 0..<20_000 {
      let nanos = Int64(bitPattern: dice.next()) / 2
      let text = TimeText.text(nanos: nanos)
      #expect(try TimeText.parse(text) == nanos, "round \(round): \(text)")
    }
  }

  @Test func brokenDatesNeverTrap() {
    var dice = Dice(seed: 9)
    let whole = Array("2020-01-31 21:05:00.123".utf8)
    for _ in 0..<100_000 {
      var text = whole
      for _ in 0...dice.below(3) { text[dice.below(text.count)] = 0x20 + dice.byte() % 0x60 }
      text.removeLast(dice.below(text.count + 1))
      guard let nanos = try? TimeText.parse(text.span) else { continue }
      #expect((try? TimeText.parse(TimeText.text(nanos: nanos))) == nanos)
    }
  }
}
