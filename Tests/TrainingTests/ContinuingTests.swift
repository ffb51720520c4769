import Features
import Market
import Models
import Numerics
import Testing

@testable import Training

/// Boosted trees built upon a version's, and networks that begin with its weights.
@Suite struct ContinuingTests {
  private func boosting(_ rounds: Int) throws -> BoostParameters {
    try BoostParameters(rounds: rounds, rate: 0.1, rowShare: 0.7)
  }

  private func trained(
    _ sample: Sample, _ recipe: Recipe, _ parameters: ModelParameters,
    continuing parent: TrainedModel? = nil
  ) throws -> TrainedModel {
    try fit(
      sample, recipe: recipe, label: LabelDefinition(horizonBars: 5), interval: .minute5,
      symbols: [Symbol(code: "rb2105", exchange: .shfe)], parameters: parameters,
      evidence: Evidence(horizonBars: 5), continuing: parent
    ).trained
  }

  private func sample(_ recipe: Recipe, _ bars: [Bar]) -> Sample {
    Sample(
      FeatureMatrix(recipe, bars: bars, grid: grid),
      Labels(LabelDefinition(horizonBars: 5), bars: bars),
      settlingBars: recipe.warmUp.settlingBars)
  }

  @Test func theyAreTheLibrarysOnTheParentsScale() throws {
    let recipe = try stationary()
    let bars = nullMarket(2_400, seed: 8)
    let early = sample(recipe, Array(bars.prefix(1_600)))
    let late = sample(recipe, bars)
    let first = try trained(early, recipe, .boosted(boosting(50)))
    let second = try trained(late, recipe, .boosted(boosting(50)), continuing: first)
    #expect(second.scaler == first.scaler && second.recipe.names == first.recipe.names)
    let alone = try trained(late, recipe, .boosted(boosting(50)))
    #expect(alone.scaler != first.scaler, "more bars, another scale")
    let lens = Lens(columns: Array(0..<recipe.count), scaler: first.scaler)
    let expected = try boosting(50).fit(
      try late.lesson(late.learnableRows, lens, .equal), continuing: first.model.trees)
    #expect(second.model == .boosted(expected.ensemble))
    #expect(second.model.trees?.trees == 100 && first.model.trees?.trees == 50)
  }

  @Test func networksBeginWithTheParentsWeights() throws {
    var network = NetworkParameters()
    (network.window, network.recurrent, network.dense) = (6, [4], [])
    (network.epochs, network.mostWindows, network.patience) = (2, 300, nil)
    network.rate = 0.05
    let recipe = try stationary()
    let bars = nullMarket(1_600, seed: 8)
    let first = try trained(sample(recipe, Array(bars.prefix(1_200))), recipe, .network(network))
    // So small a step stays where it began.
    (network.rate, network.epochs) = (1e-9, 1)
    let all = sample(recipe, bars)
    let second = try trained(all, recipe, .network(network), continuing: first)
    let alone = try trained(all, recipe, .network(network))
    func distance(_ other: TrainedModel) throws -> Float {
      let (one, two) = (try #require(first.model.networks), try #require(other.model.networks))
      return zip(one.members[0].weights, two.members[0].weights).map { abs($0 - $1) }.max() ?? 1
    }
    #expect(try distance(second) < 1e-5 && distance(alone) > 0.1)
    #expect(second.scaler == first.scaler && alone.scaler != first.scaler)
  }

  @Test func othersAreRefused() throws {
    let recipe = try stationary()
    let sample = sample(recipe, nullMarket(1_600, seed: 9))
    let ridge = try trained(sample, recipe, .ridge(RidgeParameters(overlapBars: 5)))
    let boosted = ModelParameters.boosted(try boosting(3))
    #expect(throws: TrainingError.self) {
      try trained(sample, recipe, boosted, continuing: ridge)
    }
    let trees = try trained(sample, recipe, boosted)
    let other = try Recipe(name: "other", features: [("change5", "change(5)")])
    #expect(throws: TrainingError.self) {
      try trained(self.sample(other, nullMarket(1_600, seed: 9)), other, boosted, continuing: trees)
    }
  }
}
