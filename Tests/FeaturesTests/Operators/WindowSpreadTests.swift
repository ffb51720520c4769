import Testing

@Suite struct WindowSpreadTests {
  @Test(arguments: [2, 5, 20, 240, 1_000])
  func deviationAndScoreAgreeWithFreshWindows(count: Int) throws {
    for (name, values) in Series.hard(seed: 11) {
      let bars = Series.carrying(values)
      let deviations = try Series.column("std(turnover, \(count))", bars)
      let scores = try Series.column("zscore(turnover, \(count))", bars)
      for row in values.indices {
        guard let window = Series.window(values, row, count) else {
          holds(deviations[row].isNaN && scores[row].isNaN, "\(name) row \(row)")
          continue
        }
        let (mean, deviation) = Series.moments(window)
        let isFlat = window.allSatisfy { $0 == window[0] }
        guard !isFlat else {
          holds(deviations[row] == 0 && scores[row] == 0, "\(name) row \(row)")
          continue
        }
        holds(
          abs(Float80(deviations[row]) - deviation) <= 1e-9 * deviation,
          "\(name) row \(row): \(deviations[row]) for \(deviation)")
        let score = (Float80(values[row]) - mean) / deviation
        holds(
          abs(Float80(scores[row]) - score) <= 1e-9,
          "\(name) row \(row): \(scores[row]) for \(score)")
      }
    }
  }

  @Test func oneValueHasNoSpread() throws {
    let bars = Series.carrying([3, 1, 4, 1, 5])
    #expect(try Series.column("std(turnover, 1)", bars) == [0, 0, 0, 0, 0])
  }
}
