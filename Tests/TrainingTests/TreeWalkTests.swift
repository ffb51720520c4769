import Models
import Numerics
import Testing

@testable import Training

@Suite struct TreeWalkTests {
  private func boosted(seed: UInt64 = 1) throws -> ModelParameters {
    var growth = GrowthParameters()
    growth.leaves = 7
    growth.leastLeafShare = 0.01
    growth.l2 = 10
    growth.treeFeatures = 0.5
    return .boosted(
      try BoostParameters(
        growth: growth, rounds: 300, rate: 0.05, rowShare: 0.7, patience: 30, startsAtZero: true,
        seed: seed))
  }

  private func walked(_ sample: Sample, _ parameters: ModelParameters) throws -> Walk {
    let plan = try FoldPlan(window: .expanding, firstDays: 20, testDays: 15)
    return try walk(sample, plan: plan, parameters: parameters, horizonBars: 1)
  }

  @Test func aPlantedSignalIsFound() throws {
    for seed in 1...2 as ClosedRange<UInt64> {
      let found = Scores(try walked(planted(5_000, 8, r2: 0.05, seed: seed), boosted()).evidence)
      #expect(try #require(found.r2Zero) > 0.01, "seed \(seed)")
      #expect(try #require(found.clarkWest) > 4, "seed \(seed)")
    }
  }

  @Test func noSignalIsNotFound() throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let found = Scores(try walked(planted(5_000, 8, r2: 0, seed: seed), boosted()).evidence)
      #expect((-0.005...0.003).contains(found.r2Zero ?? 0), "seed \(seed)")
    }
  }

  @Test func theFutureDoesNotReachBack() throws {
    let sample = planted(4_000, 6, r2: 0.05, seed: 5)
    let forest = ModelParameters.forest(try ForestParameters(trees: 5, rowShare: 0.5))
    for parameters in [try boosted(), forest] {
      let walk = try walked(sample, parameters)
      for fit in walk.fits {
        let other = try walked(altered(sample, from: fit.fold.test[0].lowerBound), parameters)
        #expect(other.fits[fit.fold.number - 1].model == fit.model, "fold \(fit.fold.number)")
      }
    }
  }

  /// Labels of the rows learned from end before the first row held out begins.
  @Test func theHeldOutTailIsPurged() {
    let sample = planted(1_000, 2, r2: 0, seed: 1)
    let rows = Array(0..<900)
    let (early, late) = sample.parted(rows, heldOut: 0.2)
    #expect(late == Array(720..<900))
    #expect(early == Array(0..<718))
    let (all, none) = sample.parted(rows, heldOut: nil)
    #expect(all == rows && none.isEmpty)
  }
}
