import Features
import Market
import Testing

@Suite struct WarmUpTests {
  @Test(arguments: [1, 2] as [UInt64])
  func theFirstValueComesWhenItWasComputedToCome(seed: UInt64) throws {
    // A market without flat stretches, so that nothing but warm-up silences a feature.
    let bars = Series.market(1_200, seed: seed)
    for feature in FeatureStateTests.everything {
      let recipe = try Recipe(name: "one", features: [feature])
      let matrix = FeatureMatrix(recipe, bars: bars, grid: Series.grid)
      let first = matrix.isWhole.firstIndex(of: true)
      #expect(first == recipe.warmUp.silentBars, "\(feature.name) seed \(seed)")
    }
  }

  @Test func warmUpsAddUpAlongAFormula() throws {
    let recipe = try Recipe(
      name: "sums",
      features: [
        ("a", "close"), ("b", "ref(mean(close, 5), 3)"), ("c", "rsi(14) + max(volume, 30)"),
        ("d", "zscore(atr(14) / close, 240)"), ("e", "3"), ("f", "macd(12, 26)"),
      ])
    #expect(recipe.warmUps.map(\.silentBars) == [0, 7, 29, 253, 0, 25])
    #expect(recipe.warmUp.silentBars == 253)
  }

  @Test func afterSettlingTheStartIsForgotten() throws {
    let bars = Series.market(2_500, seed: 5)
    for feature in FeatureStateTests.everything {
      let recipe = try Recipe(name: "one", features: [feature])
      let long = try Series.column(feature.expression, bars)
      let begin = 700
      let short = try Series.column(feature.expression, Array(bars[begin...]))
      let finite = long.filter(\.isFinite).map { Float80($0) }
      let (_, deviation) = Series.moments(finite)
      for row in recipe.warmUp.settlingBars..<short.count where long[begin + row].isFinite {
        let error = abs(Float80(short[row]) - Float80(long[begin + row]))
        guard error > 1e-6 * deviation else { continue }
        Issue.record("\(feature.name) row \(row): \(error / deviation) σ")
        break
      }
    }
  }
}
