import Features
import Market
import Numerics
import Testing

@testable import Training

@Suite struct WindowChainTests {
  /// Holes, bars that are not shown and rolls that nothing crosses, at random: the rows of each window are those that
  /// a search back from its end finds.
  @Test func windowsAreAsASlowSearchFindsThem() {
    for seed in 1...30 as ClosedRange<UInt64> {
      var random = Xoshiro256(seed: seed)
      let history = nullMarket(200, seed: seed)
      let isShown = history.map { _ in random.int(below: 6) > 0 }
      let rolls = (0..<3).map { _ in random.int(below: 200) }
      let stretches = history.indices.map { row in Int32(rolls.count { $0 <= row }) }
      let values = (0..<400).map { _ in random.int(below: 9) > 0 ? Float(1) : .nan }
      let features = FeatureMatrix(
        names: ["a", "b"], values: FloatMatrix(rows: 200, columns: 2, values: values),
        instants: history.map(\.closedAt), tradingDays: history.map(\.tradingDay))
      let sample = Sample(
        features, Labels(LabelDefinition(horizonBars: 1), bars: history),
        marks: WindowMarks(isShown: isShown, stretches: stretches), settlingBars: 7)
      let length = 1 + random.int(below: 12)
      let chain = WindowChain(sample, columns: [1], length: length)
      for last in 0..<200 {
        let counts = { (row: Int) in row >= 7 && isShown[row] && features[row, 1].isFinite }
        let found = (0...last).filter { counts($0) && stretches[$0] == stretches[last] }
          .suffix(length)
        let isThere = counts(last) && found.count == length
        #expect(chain.hasWindow(last) == isThere, "seed \(seed), row \(last)")
        guard isThere, chain.hasWindow(last) else { continue }
        #expect(
          chain.rows(endingAt: last).map(Int.init) == Array(found), "seed \(seed), row \(last)")
      }
    }
  }
}
