import Market
import Testing

@testable import Archive

@Suite struct CsvTimeTests {
  func read(_ text: String) -> CsvTime? {
    var clock = CsvClock()
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { clock.read($0) }
  }

  @Test func theUsualFormsMeanTheSame() {
    let day = TradingDay(year: 2021, month: 1, day: 4)
    for text in [
      "2021-01-04 09:01:00", "2021-01-04T09:01:00", "2021/01/04 09:01", "20210104 09:01:00",
      "2021-01-04 09:01:00.000",
    ] {
      let time = read(text)
      #expect(time?.day == day && time?.second == 32_460, "\(text)")
    }
    #expect(read("20210104")?.day == day)
    #expect(read("2021-01-04")?.second == nil)
  }

  @Test func timesThatDoNotExistAreRefused() {
    for text in [
      "", "2021", "2021-02-29", "2021-13-01 09:00:00", "2021-00-10", "2021-01-04 24:00:00",
      "2021-01-04 09:60", "2021-01-04 09:01:60", "2021-01-04 9:01", "2021-01-04  09:01",
      "2021-01/04 09:01", "2021-01-04 09:01:00.5", "2021-01-04 09:01:00.", "2021-01-04 09:01Z",
      "2021-01-04 ", "0000-01-01", "9999-01-01", "2021-01-04 09:01:00+08:00", "04-01-2021 09:01",
    ] {
      #expect(read(text) == nil, "\(text)")
    }
  }

  @Test func theDayBeforeIsNotMistakenForThisOne() {
    var clock = CsvClock()
    let days = ["20210104", "2021-01-05", "bad", "20210104", "20210231", "20210105"].map { text in
      Array(text.utf8).withUnsafeBufferPointer { clock.read($0)?.day.description }
    }
    #expect(days == ["2021-01-04", "2021-01-05", nil, "2021-01-04", nil, "2021-01-05"])
  }
}
