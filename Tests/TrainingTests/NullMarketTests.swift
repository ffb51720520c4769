import Features
import Models
import Numerics
import Testing

@testable import Training

/// On markets without any skill to find, tests at 5 % may cry out in about one of twenty.
@Suite struct NullMarketTests {
  private static let seeds = 30

  private func evidence(seed: UInt64, _ parameters: RidgeParameters) throws -> Evidence {
    let bars = nullMarket(4_800, seed: seed)
    let recipe = try stationary()
    let sample = Sample(
      FeatureMatrix(recipe, bars: bars, grid: grid),
      Labels(LabelDefinition(horizonBars: 5), bars: bars),
      settlingBars: recipe.warmUp.settlingBars)
    return try walk(
      sample, plan: FoldPlan(window: .expanding, firstDays: 40, testDays: 10),
      parameters: .ridge(parameters), horizonBars: 5
    ).evidence
  }

  private func expectChance(_ count: Int, _ what: String) {
    let chance = binomialTail(atLeast: count, trials: Self.seeds, probability: 0.05)
    #expect(chance > 0.025, "\(what): \(count) of \(Self.seeds) seeds")
  }

  @Test func theUsualFitFindsNoSkill() throws {
    let parameters = try RidgeParameters(overlapBars: 5)
    let all = try (1...UInt64(Self.seeds)).map { Scores(try evidence(seed: $0, parameters)) }
    expectChance(all.count { ($0.clarkWest ?? 0) > 1.645 }, "Clark–West")
    expectChance(all.count { ($0.rankICT ?? 0) > 1.645 }, "rank IC")
    expectChance(all.count { ($0.r2Zero ?? 0) > 0.002 }, "R² above 0.2 %")
    // A coefficient is charged for the overlap of labels, so noise costs next to nothing.
    #expect(Statistics.mean(all.compactMap(\.r2Zero)) > -0.005)
  }

  /// With its shrinkage fixed the model always has an opinion, so the tests themselves are tried.
  @Test func theTestsOfSkillHoldTheirSize() throws {
    let parameters = try RidgeParameters(penaltiesPerRow: [1], overlapBars: 1)
    let all = try (1...UInt64(Self.seeds)).map { Scores(try evidence(seed: $0, parameters)) }
    expectChance(all.count { ($0.clarkWest ?? 0) > 1.645 }, "Clark–West")
    expectChance(all.count { ($0.rankICT ?? 0) > 1.645 }, "rank IC")
  }

  /// Trees and forests as they are tuned; `bench nulls` tries 150 markets of each.
  @Test(arguments: [TunedModel.trees, .forest])
  func tunedTreesFindNoSkill(_ model: TunedModel) throws {
    let recipe = try stationary()
    let all = try (1...12 as ClosedRange<UInt64>).map { seed in
      let bars = nullMarket(2_400, seed: 500 + seed)
      let sample = Sample(
        FeatureMatrix(recipe, bars: bars, grid: grid),
        Labels(LabelDefinition(horizonBars: 5), bars: bars),
        settlingBars: recipe.warmUp.settlingBars)
      return Scores(
        try walk(
          sample, plan: FoldPlan(window: .expanding, firstDays: 25, testDays: 13),
          parameters: model.parameters(rows: 1_200, seed: seed), horizonBars: 5
        ).evidence)
    }
    func expectChance(_ count: Int, _ what: String) {
      let chance = binomialTail(atLeast: count, trials: 12, probability: 0.05)
      #expect(chance > 0.01, "\(what): \(count) of the seeds 501…512")
    }
    expectChance(all.count { ($0.clarkWest ?? 0) > 1.645 }, "Clark–West")
    expectChance(all.count { ($0.rankICT ?? 0) > 1.645 }, "rank IC")
  }
}
