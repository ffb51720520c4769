import Foundation
import Market
import Testing

@testable import Training

@Suite struct ScoresTests {
  /// A case of Tests/Goldens/scores.py.
  private struct Case: Decodable {
    let horizon: Int
    let outcomes: [Double]
    let forecasts: [Double]
    let means: [Double]
    let scores: [String: Double]

    var evidence: Evidence {
      var evidence = Evidence(horizonBars: horizon)
      evidence.outcomes = outcomes
      evidence.forecasts = forecasts
      evidence.expandingMeans = means
      return evidence
    }
  }

  @Test func everyFigureEqualsTheReference() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Goldens/scores.json"))
    let cases = try JSONDecoder().decode([Case].self, from: data)
    #expect(cases.count == 3)
    for golden in cases {
      let figures = Scores(golden.evidence).figures.filter { $0.name != "rows" }
      #expect(figures.count == golden.scores.count)
      for (name, value) in figures {
        let expected = try #require(golden.scores[name])
        #expect(
          abs(value - expected) <= 1e-9 * max(1, abs(expected)), "\(name), h \(golden.horizon)")
      }
    }
  }

  @Test func questionsWithoutAnAnswerAreAbsent() {
    let empty = Scores(Evidence(horizonBars: 5))
    #expect(
      empty.ic == nil && empty.r2Zero == nil && empty.hitRate == nil && empty.clarkWest == nil)
    var evidence = Evidence(horizonBars: 1)
    evidence.outcomes = [0.1, -0.1, 0.2, 0]
    evidence.forecasts = [0, 0, 0, 0]
    evidence.expandingMeans = [0, 0, 0, 0]
    let zero = Scores(evidence)
    #expect(zero.r2Zero == 0 && zero.ic == nil && zero.rankIC == nil && zero.icT == nil)
    #expect(zero.clarkWest == nil && zero.calibrationSlope == nil && zero.hitRate == nil)
    #expect(zero.deviationRatio == 0)
  }
}
