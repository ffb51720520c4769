import Features
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

  /// Trees hold rows out to know when to stop; the others learn from all of them all the same.
  @Test func membersOfACommitteeLearnAsTheyWouldAlone() throws {
    let sample = planted(3_000, 5, r2: 0.05, seed: 3)
    let ridge = ModelParameters.ridge(try RidgeParameters(overlapBars: 1))
    let all = [ridge, try boosted(), .forest(try ForestParameters(trees: 4))]
    let together = try walked(sample, .committee(try CommitteeParameters(all)))
    let alone = try all.map { try walked(sample, $0).evidence.forecasts }
    for (row, forecast) in together.evidence.forecasts.enumerated() {
      let mean = (alone[0][row] + alone[1][row] + alone[2][row]) / 3
      #expect(abs(forecast - mean) < 1e-12, "row \(row)")
    }
  }

  /// What is said of a column goes with it where a fold chooses others, and names are not scaled.
  @Test func directionsAndCategoriesFollowTheirColumns() throws {
    let sample = planted(3_000, 6, r2: 0.2, seed: 8)
    var growth = GrowthParameters()
    growth.leastLeafRows = 50
    growth.categories = [4]
    growth.directions = [.falling, .free, .free, .rising]
    let parameters = ModelParameters.boosted(try BoostParameters(growth: growth, rounds: 20))
    let preparation = Preparation(selection: SelectionRule(count: 4))
    let plan = try FoldPlan(window: .expanding, firstDays: 20, testDays: 15)
    let walk = try walk(
      sample, plan: plan, parameters: parameters, preparation: preparation, horizonBars: 1)
    for fit in walk.fits {
      let columns = try #require(fit.selection?.columns)
      #expect(columns.count == 4)
      for (place, column) in columns.enumerated() where column == 0 || column == 3 {
        let values = (-8...8).map { Float($0) / 2 }
        let forecasts = values.map { value in
          var row = [Float](repeating: 0.1, count: 4)
          row[place] = value
          return fit.model.predict(row)
        }
        let steps = zip(forecasts, forecasts.dropFirst()).map { $1 - $0 }
        #expect(steps.allSatisfy { column == 0 ? $0 <= 0 : $0 >= 0 }, "fold \(fit.fold.number)")
      }
      if let place = columns.firstIndex(of: 4) {
        #expect(fit.scaler.columns[place].centre == 0 && fit.scaler.columns[place].spread == 1)
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
