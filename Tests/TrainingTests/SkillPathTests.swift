import Testing

@testable import Training

@Suite struct SkillPathTests {
  /// The path ends at the correlation, and what luck reaches there is what its t says.
  @Test func pathsEndAtTheScores() throws {
    let evidence = evidence(5_000, strength: 1, seed: 4)
    let (path, scores) = (try #require(SkillPath(evidence)), Scores(evidence))
    let (ic, t) = (try #require(scores.ic), try #require(scores.icT))
    #expect(path.values.count == evidence.count)
    #expect(abs(try #require(path.values.last) - ic) < 1e-12)
    #expect(abs(try #require(path.luck.last) - 1.96 * ic / t) < 1e-12)
    // Four times the rows, twice the luck.
    #expect(abs(path.luck[1_249] * 2 - path.luck[4_999]) < 1e-12)
    #expect(SkillPath(evidence.zero) == nil)
  }

  @Test func largerForecastsEarnMoreWhereThereIsSkill() throws {
    let skilled = EntryFigures.all(evidence(20_000, strength: 1, seed: 4))
    #expect(skilled.map(\.passedShare) == [0, 0.5, 0.75, 0.9, 0.95, 0.99])
    #expect(skilled[0].count == 20_000 && skilled[1].count == 10_000)
    #expect(zip(skilled, skilled.dropFirst()).allSatisfy { $0.threshold < $1.threshold })
    #expect(skilled[3].gain > skilled[0].gain && skilled[0].gain > 2 * skilled[0].error)
    let blind = EntryFigures.all(evidence(20_000, strength: 0, seed: 4))
    #expect(blind.allSatisfy { abs($0.gain) < 4 * $0.error })
    #expect(EntryFigures.all(evidence(100, strength: 1, seed: 4).zero).isEmpty)
  }

  /// An entry earns its outcome with the forecast's sign.
  @Test func entriesGoWithTheForecast() {
    var two = evidence(2, strength: 1, seed: 1).with(forecasts: [0.01, -0.02])
    two.outcomes = [0.03, 0.05]
    let all = EntryFigures.all(two, passing: [0])
    #expect(abs(all[0].gain - (0.03 - 0.05) / 2) < 1e-15 && all[0].threshold == 0.01)
  }
}
