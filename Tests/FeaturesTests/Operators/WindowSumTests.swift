import Testing

@Suite struct WindowSumTests {
  @Test(arguments: [1, 2, 5, 20, 240])
  func meanAndSumAgreeWithFreshWindows(count: Int) throws {
    for (name, values) in Series.hard(seed: 7) {
      let bars = Series.carrying(values)
      let sums = try Series.column("sum(turnover, \(count))", bars)
      let means = try Series.column("mean(turnover, \(count))", bars)
      for row in values.indices {
        guard let window = Series.window(values, row, count) else {
          holds(sums[row].isNaN && means[row].isNaN, "\(name) row \(row)")
          continue
        }
        let (mean, deviation) = Series.moments(window)
        let error = abs(Float80(means[row]) - mean)
        // No double lies nearer to the mean than half its last place.
        let best = Float80(Double(mean).ulp)
        holds(error <= 1e-9 * deviation + best, "\(name) row \(row): \(means[row]) for \(mean)")
        let total = window.reduce(0, +)
        holds(
          abs(Float80(sums[row]) - total) <= 1e-9 * deviation + Float80(Double(total).ulp),
          "\(name) row \(row)")
      }
    }
  }

  @Test func aSpikeLeavesNoTrace() throws {
    for spike in [1e12, 1e30, 1e71, -1e71, 1e72, 1e300, .infinity, .nan] {
      var values = (0..<200).map { Double($0 % 7) * 0.1 }
      let clean = try Series.column("sum(turnover, 10)", Series.carrying(values))
      (values[50], values[53]) = (spike, spike * 0.3)
      let hit = try Series.column("sum(turnover, 10)", Series.carrying(values))
      for row in 63..<200 {
        holds(abs(hit[row] - clean[row]) <= 1e-14, "spike \(spike) row \(row)")
      }
    }
  }
}
