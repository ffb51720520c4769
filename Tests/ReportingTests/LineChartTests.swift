import Market
import Numerics
import Testing

@testable import Reporting

@Suite struct LineChartTests {
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
