import Market
import Numerics
import Testing

@testable import Reporting

@Suite struct DateTicksTests {
  @Test func daysBeginWeeksAndMonths() {
    let days = (0..<10).map { TradingDay(year: 2021, month: 3, day: 1).advanced(by: $0) }
    let ticks = Axis.days(days).ticks(width: 960, isBanded: true)
    #expect(ticks.map(\.label).first == "03-01" && ticks.count == 10)
    let year = (0..<365).map { TradingDay(year: 2021, month: 1, day: 1).advanced(by: $0) }
    let months = Axis.days(year).ticks(width: 960, isBanded: true).map(\.label)
    #expect(months.first == "2021-02" && months.count == 11)
    #expect(Axis.days(year).ticks(width: 320, isBanded: true).map(\.label).last == "2021-10")
  }

  @Test func clocksNameTheDayOnce() {
    let day = TradingDay(year: 2021, month: 1, day: 4)
    let instants = (0..<240).map { Zone.shanghai.instant(day, seconds: 34_200 + Int64($0) * 60) }
    let labels = DateTicks(instants, zone: .shanghai, most: 8).ticks.map(\.label)
    #expect(labels == ["01-04", "10:00", "11:00", "12:00", "13:00"])
  }

  @Test func labelsNeverExceedTheirRoom() {
    var generator = Xoshiro256(seed: 2)
    for trial in 0..<200 {
      var at: Int64 = 1_600_000_000
      let step = exp(generator.uniform(in: 1...14))
      let instants = (0..<generator.int(in: 1...800)).map { _ in
        at += 1 + Int64(generator.exponential() * step)
        return Instant(seconds: at)
      }
      let most = generator.int(in: 2...12)
      let ticks = DateTicks(instants, zone: .shanghai, most: most).ticks
      #expect(ticks.count <= most, "trial \(trial)")
      for (left, right) in zip(ticks, ticks.dropFirst()) {
        #expect(right.index - left.index >= instants.count / (most * 2), "trial \(trial)")
      }
    }
  }
}
