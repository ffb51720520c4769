import Features
import Models
import Numerics
import Testing

@testable import Training

/// On markets without any skill to find, tests at 5 % may cry out in about one of twenty.
@Suite struct NullMarketTests {
  private static let seeds = 30

  private func evidence(seed: UInt64) throws -> Evidence {
    let bars = nullMarket(4_800, seed: seed)
    let recipe = try stationary()
    let sample = Sample(
      FeatureMatrix(recipe, bars: bars, grid: grid),
      Labels(LabelDefinition(horizonBars: 5), bars: bars),
      settlingBars: recipe.warmUp.settlingBars)
    // The shrinkage is fixed here: a forecast of zero would have nothing to be tested.
    let parameters = try RidgeParameters(penaltiesPerRow: [1], overlapBars: 1)
    return try walk(
      sample, plan: FoldPlan(window: .expanding, firstDays: 40, testDays: 10),
      parameters: .ridge(parameters), horizonBars: 5
    ).evidence
  }

  @Test func skillIsFoundNoMoreOftenThanChanceAllows() throws {
    var (clarkWest, rank, better) = (0, 0, 0)
    for seed in 1...UInt64(Self.seeds) {
      let scores = Scores(try evidence(seed: seed))
      clarkWest += (scores.clarkWest ?? 0) > 1.645 ? 1 : 0
      rank += abs(scores.rankICT ?? 0) > 1.96 ? 1 : 0
      better += (scores.r2Zero ?? 0) > 0.002 ? 1 : 0
    }
    for (name, count) in [("Clark–West", clarkWest), ("rank IC", rank), ("R² > 0.2 %", better)] {
      let chance = binomialTail(atLeast: count, trials: Self.seeds, probability: 0.05)
      #expect(chance > 0.025, "\(name): \(count) of \(Self.seeds) seeds")
    }
  }
}
