import Market
import Numerics
import Testing

@testable import Training

@Suite struct StackingTests {
  /// Three folds of 400 rows; of the forecasts one is right in part, one is noise and one is the right one
  /// turned round.
  private func models(seed: UInt64, horizon: Int = 3) -> [Evidence] {
    var random = Xoshiro256(seed: seed)
    let count = 1_200
    var first = Evidence(horizonBars: horizon)
    var signal: [Double] = []
    for row in 0..<count {
      let known = random.normal()
      signal.append(known)
      first.instants.append(Instant(seconds: 60 * Int64(row)))
      first.instruments.append(0)
      first.folds.append(Int32(1 + row / 400))
      first.outcomes.append(0.5 * known + random.normal())
      first.isMissed.append(false)
      first.lastValues.append(0)
      first.expandingMeans.append(0)
    }
    let noise = (0..<count).map { _ in random.normal() }
    return [signal, noise, signal.map { -$0 }].map { first.with(forecasts: $0) }
  }

  @Test func whatForetellsIsWeighedAndNothingElse() {
    for seed in 1...5 as ClosedRange<UInt64> {
      let (evidence, weights) = Stacking().stacked(models(seed: seed))
      #expect(weights.map(\.fold) == [1, 2, 3])
      #expect(weights[0].weights.allSatisfy { abs($0 - 1.0 / 3) < 1e-15 })
      for fold in weights.dropFirst() {
        #expect(abs(fold.weights[0] - 0.5) < 0.15, "seed \(seed): \(fold.weights)")
        #expect(fold.weights[1] < 0.1 && fold.weights[2] == 0, "seed \(seed): \(fold.weights)")
      }
      #expect(Scores(evidence.fold(3)).r2Zero ?? 0 > 0.1)
    }
  }

  @Test func whereNothingIsForetoldNothingIsForecast() {
    let wrong = models(seed: 6)[2]
    let (evidence, weights) = Stacking().stacked([wrong, wrong])
    #expect(weights.dropFirst().allSatisfy { $0.weights == [0, 0] })
    #expect(evidence.fold(2).forecasts.allSatisfy { $0 == 0 })
  }

  @Test func shrinkageDrawsTowardsNothing() {
    let good = models(seed: 7)[0]
    let found = [0, 0.5, 5].map { Stacking(shrinkage: $0).stacked([good]).weights[2].weights[0] }
    #expect(found[0] > found[1] && found[1] > found[2] && found[2] > 0)
    #expect(abs(found[1] - found[0] / 1.5) < 1e-9)
  }

  /// Neither the fold's own outcomes nor those still open at its start change a weight.
  @Test func theFutureDoesNotReachBack() {
    let models = models(seed: 8)
    let (_, weights) = Stacking().stacked(models)
    let altered = models.map { model in
      var other = model
      // Labels of 3 bars from the next open: those of the last four rows were open at row 800.
      for row in 796..<1_200 { other.outcomes[row] = 100 }
      return other
    }
    #expect(Stacking().stacked(altered).weights[2].weights == weights[2].weights)
    let reached = models.map { model in
      var other = model
      other.outcomes[795] = 100
      return other
    }
    #expect(Stacking().stacked(reached).weights[2].weights != weights[2].weights)
  }
}
