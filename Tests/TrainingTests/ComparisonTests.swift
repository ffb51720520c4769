import Market
import Testing

@testable import Training

@Suite struct ComparisonTests {
  @Test func theBetterOfTwoIsFound() throws {
    let good = evidence(16_000, strength: 1, seed: 7)
    let zero = Comparison(good, against: good.zero)
    #expect(zero.rankICGain == nil && zero.rankICInterval == nil)
    #expect(zero.rmseGain > 0 && (zero.t ?? 0) > 2 && (zero.p ?? 1) < 0.05)
    #expect(try #require(zero.rmseInterval).lowerBound > 0)
    #expect(try #require(zero.rmseInterval).contains(zero.rmseGain))
    #expect(abs(zero.r2 - (Scores(good).r2Zero ?? 0)) < 1e-12)
    #expect(try #require(zero.r2Interval).contains(zero.r2))
    let noisy = good.with(forecasts: evidence(16_000, strength: 1, seed: 8).forecasts)
    let other = Comparison(good, against: noisy)
    let gain = try #require(other.rankICInterval)
    let better = try #require(other.rankICGain)
    #expect(gain.lowerBound > 0.03 && gain.contains(better))
    let mirror = Comparison(noisy, against: good)
    #expect(mirror.rmseGain == -other.rmseGain)
    #expect(Comparison(good, against: noisy) == other, "the same seed, the same draws")
  }

  /// Half of the instruments hold the same outcome: they are one observation.
  @Test func instrumentsOfAnInstantAreOneObservation() throws {
    let one = evidence(800, strength: 1, seed: 9)
    var many = Evidence(horizonBars: 1)
    many.instants = one.instants.flatMap { [$0, $0, $0, $0] }
    many.instruments = one.instants.flatMap { _ in [0, 1, 2, 3] }
    many.folds = many.instruments.map { _ in 1 }
    many.isMissed = many.instruments.map { _ in false }
    many.outcomes = one.outcomes.flatMap { [$0, $0, $0, $0] }
    many.forecasts = one.forecasts.flatMap { [$0, $0, $0, $0] }
    (many.lastValues, many.expandingMeans) = (many.outcomes, many.outcomes)
    let (plain, copied) = (Comparison(one, against: one.zero), Comparison(many, against: many.zero))
    let (left, right) = (try #require(plain.t), try #require(copied.t))
    #expect(abs(left - right) < 1e-6)
    let (a, b) = (try #require(plain.rmseInterval), try #require(copied.rmseInterval))
    #expect(abs(a.lowerBound - b.lowerBound) < 1e-9 && abs(a.upperBound - b.upperBound) < 1e-9)
  }
}
