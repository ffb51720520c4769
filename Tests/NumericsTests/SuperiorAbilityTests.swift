import Numerics
import Testing

@Suite struct SuperiorAbilityTests {
  @Test func thePlantedAndTheEmptySetAgreeWithTheReference() throws {
    let golden = try HonestyGolden.load()
    for (gains, reference) in [
      (golden.trials, golden.superior), (golden.noise, golden.superiorNoise),
    ] {
      let found = try #require(SuperiorAbility(gains: gains, meanBlock: 10, draws: 4_000))
      for (p, expected) in zip([found.lower, found.consistent, found.upper], reference) {
        #expect(abs(p - expected) <= 0.02, "\(found)")
      }
      #expect(found.lower <= found.consistent && found.consistent <= found.upper)
    }
  }

  /// Rivals that cannot win must not hide one that does, save from the reality check.
  @Test func hopelessRivalsDoNotHideTheBest() throws {
    var generator = Xoshiro256(seed: 9)
    var gains = [(0..<300).map { _ in 0.0013 + 0.01 * generator.normal() }]
    let alone = try #require(SuperiorAbility(gains: gains, meanBlock: 3, draws: 500))
    for _ in 0..<60 { gains.append((0..<300).map { _ in -0.01 + 0.01 * generator.normal() }) }
    let crowded = try #require(SuperiorAbility(gains: gains, meanBlock: 3, draws: 500))
    #expect(
      crowded.consistent < alone.consistent + 0.05 && crowded.upper > crowded.consistent + 0.1)
    #expect(SuperiorAbility(gains: [[Double](repeating: 0, count: 50)], meanBlock: 3) == nil)
  }
}
