import Features
import Market
import Testing

@Suite struct ChronologyTests {
  private func instants(_ seconds: [Int64]) -> [Instant] { seconds.map { Instant(seconds: $0) } }

  @Test func rowsLieByInstantThenByInstrument() {
    let timeline = Chronology(
      of: [instants([1, 2, 4]), instants([2, 3]), instants([1, 2, 4])])
    #expect(timeline.instruments == [0, 2, 0, 1, 2, 1, 0, 2])
    #expect(timeline.moments == [0, 0, 1, 1, 1, 2, 3, 3])
    #expect(timeline.chains == [[0, 2, 6], [3, 5], [1, 4, 7]])
    #expect(timeline.count == 4 && timeline.rows == 8)
    #expect(timeline.rows(at: 1) == 2..<5 && timeline.rows(1..<3) == 2..<6)
    let merged = timeline.merged([["a", "b", "c"], ["d", "e"], ["f", "g", "h"]])
    #expect(merged == ["a", "f", "b", "d", "g", "e", "c", "h"])
  }

  @Test func ofOneSeriesEachRowIsAMoment() {
    let timeline = Chronology(of: [instants([5, 6, 9])])
    #expect(timeline.moments == [0, 1, 2] && timeline.chains == [[0, 1, 2]])
    #expect(timeline.rows(0..<2) == 0..<2 && timeline.merged([[7, 8, 9]]) == [7, 8, 9])
    #expect(Chronology(rows: 0).count == 0 && Chronology(of: [[], instants([3])]).count == 1)
  }
}
