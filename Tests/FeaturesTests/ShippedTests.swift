import Features
import Market
import Testing

/// Every shipped recipe: no look ahead, live equal to history, warm-ups that hold.
@Suite struct ShippedTests {
  private func bits(_ matrix: FeatureMatrix, _ rows: Range<Int>) -> [[UInt32]] {
    rows.map { row in (0..<matrix.columns).map { matrix[row, $0].bitPattern } }
  }

  @Test func prefixesAndLiveRowsAreTheHistory() throws {
    for name in try Golden.recipes {
      let recipe = try Golden.recipe(name).unmeasured
      let bars = Series.market(700, seed: 61)
      let whole = FeatureMatrix(recipe, bars: bars, grid: Series.grid)
      for cut in [1, 63, 64, 65, 400, 699] {
        let part = FeatureMatrix(recipe, bars: Array(bars[..<cut]), grid: Series.grid)
        #expect(bits(part, 0..<cut) == bits(whole, 0..<cut), "\(name) cut \(cut)")
      }
      var state = FeatureState(recipe, grid: Series.grid, room: 7)
      var row = [Float](repeating: 0, count: recipe.count)
      for (index, bar) in bars.enumerated() {
        _ = state.update(bar, into: &row)
        holds(row.map(\.bitPattern) == bits(whole, index..<index + 1)[0], "\(name) row \(index)")
      }
    }
  }

  @Test func afterSettlingTheStartIsForgotten() throws {
    let begin = 900
    for name in try Golden.recipes {
      let recipe = try Golden.recipe(name).unmeasured
      for (index, formula) in recipe.formulas.enumerated()
      where !recipe.warmUps[index].isEndless {
        let long = try Series.column(formula, Series.ruled)
        let short = try Series.column(formula, Array(Series.ruled[begin...]))
        let (_, deviation) = Series.moments(long.filter(\.isFinite).map { Float80($0) })
        for row in recipe.warmUps[index].settlingBars..<short.count {
          // What waits for a day to begin or for longer bars to settle says nothing until then.
          if name == "minute", short[row].isNaN { continue }
          let error = abs(Float80(short[row] - long[begin + row]))
          holds(error <= 1e-6 * deviation, "\(name) \(recipe.names[index]) row \(row): \(error)")
        }
      }
    }
  }
}
