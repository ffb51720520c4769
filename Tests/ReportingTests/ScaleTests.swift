import Numerics
import Testing

@testable import Reporting

@Suite struct ScaleTests {
  @Test func ticksAreRoundAndCoverTheRange() {
    var generator = Xoshiro256(seed: 8)
    for trial in 0..<500 {
      let middle = generator.normal() * exp(generator.uniform(in: -9...16))
      let half = exp(generator.uniform(in: -9...16))
      let scale = Scale(middle - half, middle + half, most: 6)
      #expect(scale.low <= middle - half && middle + half <= scale.high, "trial \(trial)")
      #expect((1...6).contains(scale.last - scale.first), "trial \(trial)")
      #expect([1, 2, 5].contains(scale.digit))
    }
  }

  @Test func tenthsAreExact() {
    let scale = Scale(0, 0.9, most: 10)
    #expect(
      scale.ticks.map { scale.value($0) } == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    #expect(scale.decimals == 1)
  }

  @Test func nothingToShowIsStillAScale() {
    #expect(Scale(.nan, 1, most: 5).ticks.count >= 2)
    #expect(Scale(7, 7, most: 5).low < 7 && Scale(7, 7, most: 5).high > 7)
    #expect(Scale(-.infinity, .infinity, most: 5).ticks.count >= 2)
  }
}
