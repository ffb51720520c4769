import Features
import Numerics
import Testing

@Suite struct SliceMeasureTests {
  private func measured(
    _ measure: SliceMeasure, _ values: [Double], _ groups: [Int32]? = nil
  ) -> [Double] {
    var values = values
    measure.apply(to: &values, groups: groups)
    return values
  }

  @Test func figuresWorkedByHand() {
    let given = [30, 10, Double.nan, 20, 20]
    let ranks = measured(.rank, given)
    #expect(ranks[0] == 1 && ranks[1] == 0 && ranks[2].isNaN && ranks[3] == 0.5 && ranks[4] == 0.5)
    let centred = measured(.demeaned, given)
    #expect(centred[0] == 10 && centred[1] == -10 && centred[3] == 0 && centred[2].isNaN)
    let scores = measured(.zscore, given)
    #expect(abs(scores[0] - 2.0.squareRoot()) < 1e-15 && scores[3] == 0)
    let gauss = measured(.gaussRank, given)
    #expect(gauss[0] == normalQuantile(3.5 / 4) && abs(gauss[0] + gauss[1]) < 1e-12)
    let neutral = measured(.neutral, given, [7, 7, 7, 1, 1])
    #expect(neutral[0] == 10 && neutral[1] == -10 && neutral[3] == 0 && neutral[4] == 0)
    #expect(measured(.zscore, [5, 5]) == [0, 0] && measured(.rank, [8]) == [0.5])
    for measure in SliceMeasure.allCases { #expect(measured(measure, []).isEmpty) }
    #expect(measured(.rank, [.infinity, 1])[0].isNaN)
  }

  @Test func theOrderOfInstrumentsChangesNoBit() {
    for seed in 1...40 as ClosedRange<UInt64> {
      var random = Xoshiro256(seed: seed)
      let values = (0..<97).map { row -> Double in
        row % 13 == 4 ? .nan : (random.normal() * 8).rounded() / 7 * (row % 5 == 0 ? 1e9 : 1)
      }
      let groups = (0..<97).map { _ in Int32(random.int(below: 6)) }
      let order = random.sample(97, of: 97)
      for measure in SliceMeasure.allCases {
        let plain = measured(measure, values, groups)
        let mixed = measured(measure, order.map { values[$0] }, order.map { groups[$0] })
        for (place, row) in order.enumerated() {
          #expect(
            mixed[place].bitPattern == plain[row].bitPattern, "\(measure), seed \(seed), row \(row)"
          )
        }
      }
    }
  }

  @Test func aNeutralSliceHasNoGroupMean() {
    var random = Xoshiro256(seed: 4)
    let values = (0..<300).map { _ in random.normal() * 5 + 100 }
    let groups = (0..<300).map { Int32($0 % 7) }
    let neutral = measured(.neutral, values, groups)
    for group in 0..<7 as Range<Int32> {
      let own = neutral.indices.filter { groups[$0] == group }
      #expect(abs(Statistics.mean(own.map { neutral[$0] })) < 1e-12)
      let mean = Statistics.mean(own.map { values[$0] })
      #expect(own.allSatisfy { abs(neutral[$0] - (values[$0] - mean)) < 1e-12 })
    }
  }
}
