import Numerics
import Testing

@Suite struct OverfittingTests {
  private func check(_ trials: [[Double]], _ golden: HonestyGolden.Halves) throws {
    let found = try #require(Overfitting(trials, blocks: golden.blocks))
    #expect(found.combinations == golden.combinations)
    let pairs = [
      (found.probability, golden.probability), (found.logit, golden.logit),
      (found.slope, golden.slope), (found.loss, golden.loss), (found.inside, golden.inside),
      (found.outside, golden.outside),
    ]
    for (place, pair) in pairs.enumerated() {
      #expect(agree(pair.0, pair.1, 1e-9), "figure \(place): \(pair.0), not \(pair.1)")
    }
  }

  @Test func halvesOfEightAndSixteenBlocksEqualTheDefinition() throws {
    let golden = try HonestyGolden.load()
    for halves in golden.overfit { try check(golden.trials, halves) }
    try check(golden.noise, golden.overfitNoise)
  }

  @Test func chanceSwingsWidelyAndSkillLiesBelowIt() throws {
    var generator = Xoshiro256(seed: 3)
    var trials = (0..<12).map { _ in (0..<400).map { _ in 0.01 * generator.normal() } }
    let range = try #require(Overfitting.chance(trials, blocks: 8, meanBlock: 5, draws: 100))
    #expect(range.lowerBound < 0.35 && range.upperBound > 0.65, "\(range)")
    trials[4] = trials[4].map { $0 + 0.003 }
    let skilled = try #require(Overfitting(trials, blocks: 8))
    #expect(skilled.probability < range.lowerBound, "\(skilled.probability) in \(range)")
    #expect(Overfitting.chance(trials, blocks: 8, meanBlock: 5, draws: 100)?.lowerBound != nil)
  }

  @Test func tooLittleHasNoAnswer() {
    #expect(Overfitting([[1, 2, 3, 4]], blocks: 2) == nil)
    #expect(Overfitting([[1, 2, 3], [3, 2, 1]], blocks: 2) == nil)
  }
}
