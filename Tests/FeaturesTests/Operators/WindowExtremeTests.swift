import Testing

@Suite struct WindowExtremeTests {
  @Test(arguments: [1, 2, 3, 14, 60, 513])
  func extremesAreThoseOfFreshWindows(count: Int) throws {
    for (name, values) in Series.hard(seed: 13) {
      let bars = Series.carrying(values)
      let highs = try Series.column("max(turnover, \(count))", bars)
      let lows = try Series.column("min(turnover, \(count))", bars)
      for row in values.indices {
        guard let window = Series.window(values, row, count) else {
          holds(highs[row].isNaN && lows[row].isNaN, "\(name) row \(row)")
          continue
        }
        holds(window.max() == Float80(highs[row]), "\(name) row \(row)")
        holds(window.min() == Float80(lows[row]), "\(name) row \(row)")
      }
    }
  }
}
