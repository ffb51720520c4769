import Numerics
import Testing

@testable import Training

@Suite struct CalibrationTests {
  @Test func partsFollowTheForecasts() throws {
    let found = try #require(Calibration(evidence(20_000, strength: 1, seed: 4)))
    #expect(found.parts.map(\.count) == [Int](repeating: 2_000, count: 10))
    #expect(zip(found.parts, found.parts.dropFirst()).allSatisfy { $0.forecast < $1.forecast })
    for part in found.parts {
      #expect(abs(part.outcome - part.forecast) < 4 * part.error, "\(part)")
      #expect(part.error > 0.0001 && part.error < 0.0004, "\(part)")
    }
    let slope = try #require(found.slope)
    #expect(abs(slope - 1) < 0.25)
    #expect(try #require(found.spread) > 0.002)
    #expect(Calibration(evidence(100, strength: 1, seed: 4).zero) == nil)
  }

  @Test func theWidthHoldsItsShare() throws {
    for (share, seed) in [(0.9, 5), (0.5, 6)] as [(Double, UInt64)] {
      let found = try #require(
        ConformalWidth(evidence(8_000, strength: 0, seed: seed), share: share))
      #expect(abs(found.coverage - share) < 0.03, "\(found)")
      // Of a normal distribution with a deviation of about 0.01.
      let expected = 0.01 * 1.005 * normalQuantile(0.5 + share / 2)
      #expect(abs(found.width - expected) < 0.0006, "\(found)")
    }
    #expect(ConformalWidth.width([3, 1, 2], 0.5) == 2 && ConformalWidth.width([1], 0.9) == nil)
    #expect(ConformalWidth(evidence(6, strength: 0, seed: 1)) == nil)
  }
}
