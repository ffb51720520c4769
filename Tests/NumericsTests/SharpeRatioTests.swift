import Numerics
import Testing

@Suite struct SharpeRatioTests {
  @Test func everyFigureEqualsTheReference() throws {
    let golden = try HonestyGolden.load()
    let sharpe = try #require(SharpeRatio(golden.returns))
    #expect(agree(sharpe.value, golden.ratio, 1e-12))
    #expect(agree(sharpe.probability(), 0.9953796530495209, 1e-12))
    for row in golden.probabilities {
      #expect(agree(sharpe.probability(above: row[0]), row[1], 1e-12), "above \(row[0])")
    }
    #expect(agree(sharpe.neededCount(), golden.length, 1e-12))
    for row in golden.deflated {
      let found = sharpe.deflated(trials: row[0], variance: row[1])
      #expect(agree(found, row[2], 1e-11), "\(row[0]) trials: \(found)")
    }
    for row in golden.greatest {
      #expect(agree(SharpeRatio.greatest(of: row[0]), row[1], 1e-12), "\(row[0]) trials")
    }
    for row in golden.annualisations {
      let found = try #require(SharpeRatio.annualisation(golden.returns, periods: Int(row[0])))
      #expect(agree(found, row[1], 1e-12), "\(row[0]) periods")
    }
  }

  @Test func trialsThatMoveTogetherCountForFew() {
    #expect(SharpeRatio.independent(trials: 20, correlation: 0) == 20)
    #expect(SharpeRatio.independent(trials: 20, correlation: 1) == 1)
    #expect(SharpeRatio.independent(trials: 21, correlation: 0.5) == 11)
    #expect(SharpeRatio.independent(trials: 20, correlation: -0.4) == 20)
    #expect(SharpeRatio.greatest(of: 1) == 0)
  }

  @Test func whatHasNoRatioIsAbsent() throws {
    #expect(SharpeRatio([0.1, 0.2]) == nil)
    #expect(SharpeRatio([Double](repeating: 0.1, count: 30)) == nil)
    let loser = try #require(SharpeRatio([-0.1, -0.2, 0.05, -0.1]))
    #expect(loser.neededCount() == .infinity && loser.probability() < 0.5)
    #expect(SharpeRatio.annualisation([0, 0, 0], periods: 2) == nil)
  }

  /// The best of many without skill looks skilled by itself and not when its rivals are counted.
  @Test func theDeflatedRatioForgivesTheChoice() throws {
    var (naive, deflated) = (0, 0)
    for seed in 1...60 as ClosedRange<UInt64> {
      var generator = Xoshiro256(seed: seed)
      let trials = (0..<45).map { _ in (0..<300).map { _ in 0.01 * generator.studentT(degrees: 5) }
      }
      let ratios = try trials.map { try #require(SharpeRatio($0)) }
      let best = try #require(ratios.max { $0.value < $1.value })
      let variance = Statistics.variance(ratios.map(\.value))
      if best.probability() > 0.95 { naive += 1 }
      if best.deflated(trials: 45, variance: variance) > 0.95 { deflated += 1 }
    }
    #expect(naive > 40, "\(naive) of 60")
    #expect(deflated == 0, "\(deflated) of 60")
  }
}
