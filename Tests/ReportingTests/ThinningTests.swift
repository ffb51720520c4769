import Numerics
import Testing

@testable import Reporting

@Suite struct ThinningTests {
  @Test func keepsEveryColumnsExtremes() {
    var generator = Xoshiro256(seed: 3)
    let values = (0..<100_000).map { _ in generator.normal() }
    let kept = Thinning.kept(values, columns: 250)
    #expect(kept == kept.sorted() && Set(kept).count == kept.count && kept.count <= 1_000)
    for column in 0..<250 {
      let range = values.count * column / 250..<values.count * (column + 1) / 250
      let seen = kept.filter(range.contains).map { values[$0] }
      #expect(seen.min() == values[range].min() && seen.max() == values[range].max())
    }
    #expect(kept.first == 0 && kept.last == 99_999)
  }

  @Test func aGapStaysAGap() {
    var values = Array(repeating: 1.0, count: 10_000)
    for index in 4_000..<4_500 { values[index] = .nan }
    let kept = Thinning.kept(values, columns: 100)
    #expect(kept.contains { (4_000..<4_500).contains($0) })
  }

  @Test func fewPointsAllStay() {
    #expect(Thinning.kept([3, 1, 2], columns: 10) == [0, 1, 2])
  }
}
