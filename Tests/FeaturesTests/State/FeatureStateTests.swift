import Market
import Numerics
import Testing

@testable import Features

@Suite struct FeatureStateTests {
  /// Every operator at least once, some over others.
  static let everything =
    Recipe.stationaryFeatures + [
      ("sums", "sum(volume, 7) / (mean(volume, 30) + 1)"),
      ("spread", "(max(high, 300) - min(low, 5)) / sqrt(close)"),
      ("smooth", "wilder(abs(delta(close, 3)), 9) - ema(truerange(), 33)"),
      ("mixed", "clip(zscore(rsi(volume, 4), 17), -2, 2) * sign(-delta(openinterest, 2))"),
      ("nested", "std(mean(max(turnover, 9), 6), 40) / larger(1, smaller(volume, 90))"),
    ]

  private func recipe() throws -> Recipe {
    try Recipe(name: "everything", features: Self.everything)
  }

  private func rows(of matrix: FeatureMatrix) -> [[UInt32]] {
    (0..<matrix.rows).map { row in
      (0..<matrix.columns).map { matrix[row, $0].bitPattern }
    }
  }

  private func live(_ state: inout FeatureState, _ bars: ArraySlice<Bar>) -> [[UInt32]] {
    var row = [Float](repeating: 0, count: state.recipe.count)
    return bars.map { bar in
      let isWhole = state.update(bar, into: &row)
      #expect(isWhole == row.allSatisfy { $0.isFinite })
      return row.map(\.bitPattern)
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func aColumnIsTheLiveCodeInALoop(seed: UInt64) throws {
    let bars = Series.market(1_300, seed: seed)
    let history = rows(of: FeatureMatrix(try recipe(), bars: bars, grid: Series.grid))
    for room in [1, 7, 64, 5_000] {
      var state = FeatureState(try recipe(), grid: Series.grid, room: room)
      #expect(live(&state, bars[...]) == history, "seed \(seed) room \(room)")
      #expect(state.bars == bars.count)
    }
  }

  @Test(arguments: [1, 9] as [UInt64])
  func workersShareTheColumnsAndChangeNothing(seed: UInt64) throws {
    let features = Self.everything + [("longer", "hour(ema(close, 3)) - day(max(high, 2))")]
    let recipe = try Recipe(name: "shared", features: features)
    let bars = Series.market(2_000, seed: seed)
    let alone = FeatureMatrix(recipe, bars: bars, grid: Series.grid)
    for workers in [2, 3, 100] {
      let shared = FeatureMatrix(recipe, bars: bars, grid: Series.grid, workers: workers)
      #expect(rows(of: shared) == rows(of: alone), "seed \(seed), \(workers) workers")
      #expect(shared.isWhole == alone.isWhole, "seed \(seed), \(workers) workers")
      #expect(shared.absences == alone.absences, "seed \(seed), \(workers) workers")
    }
  }

  @Test(arguments: [4, 5] as [UInt64])
  func whatComesLaterChangesNothing(seed: UInt64) throws {
    let bars = Series.market(1_100, seed: seed)
    let whole = rows(of: FeatureMatrix(try recipe(), bars: bars, grid: Series.grid))
    var random = Xoshiro256(seed: seed)
    for _ in 0..<12 {
      let cut = random.int(in: 0...bars.count)
      let part = FeatureMatrix(try recipe(), bars: Array(bars[..<cut]), grid: Series.grid)
      #expect(rows(of: part) == Array(whole[..<cut]), "seed \(seed) cut \(cut)")
    }
  }

  @Test(arguments: [6, 7] as [UInt64])
  func aCopyContinuesAsTheOriginalWould(seed: UInt64) throws {
    let bars = Series.market(900, seed: seed)
    var state = FeatureState(try recipe(), grid: Series.grid, room: 50)
    let cut = Int(seed) * 61
    _ = live(&state, bars[..<cut])
    let saved = state
    let straight = live(&state, bars[cut...])
    var first = saved
    var second = saved
    #expect(live(&first, bars[cut...]) == straight, "seed \(seed)")
    #expect(live(&second, bars[cut...]) == straight, "seed \(seed)")
  }

  @Test func aHistoryWarmsALiveState() throws {
    let bars = Series.market(800, seed: 8)
    let whole = rows(of: FeatureMatrix(try recipe(), bars: bars, grid: Series.grid))
    var state = FeatureState(try recipe(), grid: Series.grid)
    let past = FeatureMatrix(continuing: &state, bars: Array(bars[..<500]))
    #expect(rows(of: past) == Array(whole[..<500]))
    #expect(live(&state, bars[500...]) == Array(whole[500...]))
  }

  @Test func badNumbersNeverTrap() throws {
    let odd = [
      Double.nan, .infinity, -.infinity, 1e300, -1e300, 0, -0.0, Double.leastNonzeroMagnitude, 1, 2,
    ]
    for seed: UInt64 in 0..<20 {
      var random = Xoshiro256(seed: seed)
      let series = Series.carrying((0..<400).map { _ in odd[random.int(below: odd.count)] })
      for expression in Vocabulary.samples(over: "turnover") {
        let column = try Series.column(expression, series)
        #expect(column.count == 400, "\(expression) seed \(seed)")
      }
    }
  }
}
