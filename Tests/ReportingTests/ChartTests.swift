import Market
import Numerics
import Testing

@testable import Reporting

@Suite struct ScaleTests {
  @Test func ticksAreRoundAndCoverTheRange() {
    var generator = Xoshiro256(seed: 8)
    for trial in 0..<500 {
      let middle = generator.normal() * exp(generator.uniform(in: -9...16))
      let half = exp(generator.uniform(in: -9...16))
      let scale = Scale(middle - half, middle + half, most: 6)
      #expect(scale.low <= middle - half && middle + half <= scale.high, "trial \(trial)")
      #expect((1...6).contains(scale.last - scale.first), "trial \(trial)")
      #expect([1, 2, 5].contains(scale.digit))
    }
  }

  @Test func tenthsAreExact() {
    let scale = Scale(0, 0.9, most: 10)
    #expect(
      scale.ticks.map { scale.value($0) } == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    #expect(scale.decimals == 1)
  }

  @Test func nothingToShowIsStillAScale() {
    #expect(Scale(.nan, 1, most: 5).ticks.count >= 2)
    #expect(Scale(7, 7, most: 5).low < 7 && Scale(7, 7, most: 5).high > 7)
    #expect(Scale(-.infinity, .infinity, most: 5).ticks.count >= 2)
  }
}

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

@Suite struct ThinningTests {
  @Test func keepsEveryColumnsExtremes() {
    var generator = Xoshiro256(seed: 3)
    let values = (0..<100_000).map { _ in generator.normal() }
    let kept = Thinning.kept(values, columns: 250)
    #expect(kept == kept.sorted() && Set(kept).count == kept.count && kept.count <= 1_000)
    for column in 0..<250 {
      let range = values.count * column / 250..<values.count * (column + 1) / 250
      let seen = kept.filter(range.contains).map { values[$0] }
      #expect(seen.min() == values[range].min() && seen.max() == values[range].max())
    }
    #expect(kept.first == 0 && kept.last == 99_999)
  }

  @Test func aGapStaysAGap() {
    var values = Array(repeating: 1.0, count: 10_000)
    for index in 4_000..<4_500 { values[index] = .nan }
    let kept = Thinning.kept(values, columns: 100)
    #expect(kept.contains { (4_000..<4_500).contains($0) })
  }

  @Test func fewPointsAllStay() {
    #expect(Thinning.kept([3, 1, 2], columns: 10) == [0, 1, 2])
  }
}

@Suite struct ChartTests {
  @Test func aMillionPointsStayBelowSixtyKilobytes() {
    var generator = Xoshiro256(seed: 5)
    var level = 1_000_000.0
    let walk = (0..<1_000_000).map { _ in
      level += generator.normal() * 500
      return level
    }
    let instants = (0..<1_000_000).map { Instant(seconds: Int64($0) * 300) }
    let axis = Axis.instants(instants, .shanghai)
    let filled = LineChart(
      "Equity", axis: axis, measure: .money, series: [.init("Equity", walk, isFilled: true)])
    #expect(filled.svg(.wide).utf8.count < 60_000)
    let several = LineChart(
      "Four", axis: axis,
      series: (1...4).map { .init("line \($0)", walk.map { $0 }, isFilled: $0 == 1) })
    #expect(several.svg(.wide).utf8.count < 60_000)
    let bars = BarChart("Steps", axis: axis, values: walk.map { $0 - 1_000_000 })
    #expect(bars.svg(.wide).utf8.count < 120_000)
    #expect(filled.svg(.wide) == filled.svg(.wide))
  }

  @Test func theLowestPointIsDrawnWhereItLies() {
    var values = Array(repeating: 10.0, count: 50_000)
    values[31_337] = 0
    let chart = LineChart(
      "x", axis: .numbers((0..<50_000).map(Double.init)), series: [.init("x", values)])
    let plot = Plot(.wide, low: 0, high: 10, measure: .number)
    let columns = Thinning.kept(values, columns: 400)
    #expect(columns.contains(31_337))
    #expect(plot.y(0) == plot.bottom && plot.y(10) == plot.top)
    #expect(chart.svg(.wide).contains("lowest 0.0000, highest 10.0000"))
  }

  @Test func numbersThatAreNoneBreakTheLine() {
    let chart = LineChart(
      "x", axis: .numbers([1, 2, 3, 4, 5]),
      series: [.init("x", [1, 2, .nan, 4, .infinity])])
    let svg = chart.svg(.wide)
    #expect(svg.matches(of: /<path class="line s0"/).count == 2)
    #expect(!svg.lowercased().contains("nan") && !svg.contains("inf"))
  }

  @Test func nothingAtAllIsAnEmptyFrame() {
    let empty = LineChart("x", axis: .numbers([]), series: [.init("x", [])]).svg(.narrow)
    #expect(empty.hasSuffix("</svg>") && !empty.contains("<path"))
    let bars = BarChart("x", axis: .names([]), values: []).svg(.narrow)
    #expect(bars.hasSuffix("</svg>") && !bars.contains("<rect"))
  }

  @Test func barsStandOnZero() {
    let chart = BarChart("x", axis: .names(["a", "b", "c"]), values: [2, -1, 0])
    let svg = chart.svg(.wide)
    #expect(svg.matches(of: /<rect class="gain"/).count == 1)
    #expect(svg.matches(of: /<rect class="loss"/).count == 1)
  }

  @Test func titlesAreEscaped() {
    let chart = LineChart(
      "<b onload=\"x\">", axis: .numbers([1, 2]), series: [.init("</title><script>", [1, 2])])
    let svg = chart.svg(.wide)
    #expect(!svg.contains("<b ") && !svg.contains("<script") && !svg.contains("onload=\""))
  }
}
