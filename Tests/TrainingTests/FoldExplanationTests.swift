import Features
import Models
import Numerics
import Testing

@testable import Training

@Suite struct FoldExplanationTests {
  /// One feature tells the label, four tell nothing: it is worth most, and adds most to forecasts.
  @Test func whatWasPlantedIsFound() throws {
    let sample = planted(3_000, 1, r2: 0.2, seed: 4).addingNoise(4, seed: 9)
    let plan = try FoldPlan(window: .expanding, firstDays: 15, testDays: 15)
    for parameters in [
      ModelParameters.boosted(try BoostParameters(rounds: 30)),
      .forest(try ForestParameters(trees: 10)), .ridge(try RidgeParameters(overlapBars: 1)),
    ] {
      let walker = try Walker(sample, plan: plan, parameters: parameters, horizonBars: 1)
      var fitted: Fitted?
      var watch = FitWatch()
      watch.learned = { fitted = $0 }
      let fit = try walker.result(of: walker.folds[0], watch: watch).fit
      #expect(fitted?.model == fit.model)
      let found = try #require(walker.explanation(of: fit))
      #expect(found.features.count == 5 && found.features[0].name == "x0")
      #expect(found.features[0].permutation > 0.05)
      let rest = found.features.dropFirst().map { $0.contribution ?? 1 }
      #expect(try #require(found.features[0].contribution) > (rest.max() ?? 1))
      for measure in [\FoldExplanation.Feature.gain, \.splits] {
        let shares = found.features.compactMap { $0[keyPath: measure] }
        #expect(shares.isEmpty == (fit.model.trees == nil))
        #expect(shares.isEmpty || abs(shares.reduce(-1, +)) < 1e-9)
      }
      let path = try #require(found.dependences.first).forecasts
      #expect(path.count == FoldExplanation.quantiles.count && abs(path[0] - path[10]) > 0.001)
    }
  }
}
