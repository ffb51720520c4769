import Numerics
import Testing

@Suite struct DriftTests {
  @Test func distancesEqualTheReference() throws {
    let golden = try HonestyGolden.load()
    let (a, b) = (golden.expected, golden.actual)
    #expect(agree(Drift.stability(expected: a, actual: b), golden.stability, 1e-11))
    #expect(Drift.stability(expected: a, actual: a) == 0)
    let found = Drift.kolmogorov(a, b)
    #expect(agree(found.distance, golden.kolmogorov[0], 1e-12))
    #expect(agree(found.p, golden.kolmogorov[1], 1e-9), "\(found.p)")
    #expect(agree(Drift.wasserstein(a, b), golden.wasserstein, 1e-12))
    #expect(Drift.wasserstein([1, 1], [1]) == 0 && Drift.kolmogorov([1], [1]).p == 1)
  }

  /// The bound cries out at about its rate where the folklore of 0.1 does so all the time.
  @Test func theBoundHoldsWhereNothingMoved() {
    var generator = Xoshiro256(seed: 12)
    let expected = (0..<2_000).map { _ in generator.normal() }
    var (alarms, folklore) = (0, 0)
    for _ in 0..<200 {
      let actual = (0..<100).map { _ in generator.normal() }
      let index = Drift.stability(expected: expected, actual: actual)
      if index > Drift.stabilityBound(expected: 2_000, actual: 100) { alarms += 1 }
      if index > 0.1 { folklore += 1 }
    }
    #expect(alarms < 30 && folklore > 40, "\(alarms) and \(folklore) of 200")
  }
}
