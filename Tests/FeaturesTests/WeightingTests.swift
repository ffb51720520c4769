import Features
import Market
import Numerics
import Testing

@Suite struct WeightingTests {
  private func labels(_ spans: [(Int, Int)]) -> Labels {
    Labels(
      values: spans.map { _ in 0.1 },
      spans: spans.map { LabelSpan(entryRow: $0.0, exitRow: $0.1) },
      knownAt: spans.map { Instant(seconds: Int64($0.1)) })
  }

  private let timeline = Chronology(rows: 400)
  private let days = (0..<400).map { TradingDay(days: Int32($0 / 10)) }

  @Test func aSharedOutcomeCountsByItsShare() throws {
    // Bars 1 and 2 belong to the first alone, 3 to both, 4 and 5 to the second, 9 to the third.
    let labels = labels([(1, 4), (3, 6), (9, 10)])
    let weights = try #require(
      Weighting(isByUniqueness: true).weights(of: [0, 1, 2], labels, on: timeline, days: days))
    let plain = [2.5 / 3, 2.5 / 3, 1]
    let mean = (plain[0] + plain[1] + plain[2]) / 3
    for (weight, wanted) in zip(weights, plain) { #expect(abs(weight - wanted / mean) < 1e-15) }
    // Who learns without the second has the first for itself.
    #expect(
      Weighting(isByUniqueness: true).weights(of: [0, 2], labels, on: timeline, days: days) == [
        1, 1,
      ])
  }

  @Test func uniquenessIsAsCountedBarByBar() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      var random = Xoshiro256(seed: seed)
      let spans = (0..<120).map { row in (row + 1, row + 2 + random.int(below: 9)) }
      let rows = (0..<120).filter { _ in random.int(below: 3) > 0 }
      let labels = labels(spans)
      let found = try #require(
        Weighting(isByUniqueness: true).weights(of: rows, labels, on: timeline, days: days))
      let slow = rows.map { row in
        let bars = spans[row].0..<spans[row].1
        let shares = bars.map { bar in
          1 / Double(rows.count { spans[$0].0 <= bar && bar < spans[$0].1 })
        }
        return shares.reduce(0, +) / Double(bars.count)
      }
      let mean = slow.reduce(0, +) / Double(slow.count)
      for (left, right) in zip(found, slow) {
        #expect(abs(left - right / mean) < 1e-12, "seed \(seed)")
      }
    }
  }

  @Test func ageHalvesByTradingDays() throws {
    let labels = labels((0..<400).map { ($0 + 1, $0 + 2) })
    let rows = [0, 199, 399]
    let weights = try #require(
      Weighting(halfLifeDays: 1).weights(of: rows, labels, on: timeline, days: days))
    // Three days among the rows, whatever the calendar says lies between them.
    #expect(abs(weights[1] / weights[0] - 2) < 1e-12 && abs(weights[2] / weights[1] - 2) < 1e-12)
    #expect(Weighting.equal.weights(of: rows, labels, on: timeline, days: days) == nil)
  }
}
