import Numerics
import Testing

@Suite struct BootstrapTests {
  @Test func blockLengthsEqualTheReference() throws {
    let golden = try HonestyGolden.load()
    let found = BlockLength(golden.returns)
    #expect(agree(found.stationary, golden.blockLengths[0], 1e-10), "\(found)")
    #expect(agree(found.circular, golden.blockLengths[1], 1e-10), "\(found)")
    #expect(BlockLength([1, 1, 1]).stationary == 1)
  }

  @Test func theIntervalOfTheRatioAgreesWithTheReference() throws {
    let golden = try HonestyGolden.load()
    let returns = golden.returns
    let found = Bootstrap.intervals(
      count: returns.count, meanBlock: 10, draws: 2_000, confidence: 0.95, seed: 1
    ) { rows in
      let ratio = SharpeRatio.value(of: rows.map { returns[$0] }) ?? .nan
      return [ratio * 252.0.squareRoot()]
    }
    let interval = try #require(found[0])
    #expect(abs(interval.lowerBound - golden.interval[0]) < 0.15, "\(interval)")
    #expect(abs(interval.upperBound - golden.interval[1]) < 0.15, "\(interval)")
  }

  /// A difference is surer than either of two series that move together.
  @Test func pairedDrawsKnowWhatIsShared() throws {
    var generator = Xoshiro256(seed: 5)
    let shared = (0..<400).map { _ in generator.normal() }
    let other = shared.map { $0 + 0.05 + 0.1 * generator.normal() }
    let found = Bootstrap.intervals(
      count: 400, meanBlock: 4, draws: 400, confidence: 0.9, seed: 2
    ) { rows in
      let (x, y) = (
        Statistics.mean(rows.map { shared[$0] }), Statistics.mean(rows.map { other[$0] })
      )
      return [x, y - x]
    }
    let (one, difference) = (try #require(found[0]), try #require(found[1]))
    #expect(difference.lowerBound > 0.02 && difference.upperBound < 0.08, "\(difference)")
    #expect(one.upperBound - one.lowerBound > 0.1, "\(one)")
  }
}
