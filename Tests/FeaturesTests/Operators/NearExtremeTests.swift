import Numerics
import Testing

/// The extremes of windows so small that all of them is looked at, four bars at a time.
@Suite struct NearExtremeTests {
  /// Pieces begin and end anywhere, so that fours are cut everywhere.
  @Test(arguments: 1...9) func extremesAreThoseOfTheWindow(count: Int) throws {
    let words = ["max(turnover, \(count))", "min(turnover, \(count))"]
    for pieces in 1...9 as ClosedRange<UInt64> {
      for (name, values) in Series.hard(seed: 29, count: 1_600) {
        let columns = try Series.columns(words, Series.carrying(values), pieces: pieces)
        for row in values.indices {
          let window = Series.window(values, row, count)
          holds(
            window.map { $0.max() == Float80(columns[0][row]) } ?? columns[0][row].isNaN,
            "max of \(count) on \(name), row \(row)")
          holds(
            window.map { $0.min() == Float80(columns[1][row]) } ?? columns[1][row].isNaN,
            "min of \(count) on \(name), row \(row)")
        }
      }
    }
  }

  /// A hole silences as many bars as the window has, wherever it lies among the fours, and nothing after them.
  @Test(arguments: [Double.nan, .infinity, -1e300]) func aHoleIsSeenAsLongAsItIsThere(
    hole: Double
  ) throws {
    for place in 8..<20 {
      for count in 1...8 {
        var values = (0..<40).map { Double($0 * 7 % 13) }
        values[place] = hole
        let column = try Series.column("max(turnover, \(count))", Series.carrying(values))
        let silent = column.indices.filter { column[$0].isNaN }
        #expect(silent == Array(0..<count - 1) + Array(place..<place + count), "\(place) \(count)")
      }
    }
  }
}
