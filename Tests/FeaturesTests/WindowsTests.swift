import Market
import Numerics
import Testing

@testable import Features

@Suite struct WindowsTests {
  private func matrix(_ rows: Int, absent: Set<Int> = []) -> FeatureMatrix {
    let values = (0..<2).flatMap { column in
      (0..<rows).map { absent.contains($0) ? Float.nan : Float(10 * $0 + column) }
    }
    return FeatureMatrix(
      names: ["a", "b"], values: FloatMatrix(rows: rows, columns: 2, values: values),
      instants: (0..<rows).map { Instant(seconds: Int64($0)) },
      tradingDays: (0..<rows).map { TradingDay(days: Int32($0 / 4)) })
  }

  @Test func barsThatCannotBeHadAreNotCounted() {
    let tradable = (0..<8).map { $0 != 2 }
    let windows = Windows(over: matrix(8, absent: [0]), length: 3, isTradable: tradable)
    #expect(
      (0..<windows.count).map { Array(windows[$0]) } == [
        [1, 3, 4], [3, 4, 5], [4, 5, 6], [5, 6, 7],
      ])
    #expect(windows.lastRow(of: 0) == 4)
  }

  @Test func noWindowCrossesAnUnadjustedRoll() {
    let windows = Windows(over: matrix(9), length: 3, rolls: [4])
    #expect((0..<windows.count).map { windows.lastRow(of: $0) } == [2, 3, 6, 7, 8])
    #expect(Windows(over: matrix(9), length: 10).count == 0)
    #expect(Windows(over: matrix(0), length: 1).count == 0)
  }

  @Test func aWindowIsLaidOutBarAfterBar() {
    let matrix = matrix(6)
    let windows = Windows(over: matrix, length: 2)
    var target = [Float](repeating: 0, count: 4)
    target.withUnsafeMutableBufferPointer { windows.copy(3, of: matrix, into: $0) }
    #expect(target == [30, 31, 40, 41])
  }

  @Test func windowsAreAsASlowSearchFindsThem() {
    for seed in 1...30 as ClosedRange<UInt64> {
      var random = Xoshiro256(seed: seed)
      let counts = (0..<200).map { _ in random.int(below: 5) > 0 }
      let rolls = (0..<3).map { _ in random.int(below: 200) }
      let length = 1 + random.int(below: 12)
      let windows = Windows(rows: 200, length: length, rolls: rolls) { counts[$0] }
      var slow: [[Int32]] = []
      for last in 0..<200 where counts[last] {
        let floor = rolls.filter { $0 <= last }.max() ?? 0
        let rows = (floor...last).filter { counts[$0] }.suffix(length)
        if rows.count == length { slow.append(rows.map { Int32($0) }) }
      }
      #expect((0..<windows.count).map { Array(windows[$0]) } == slow, "seed \(seed)")
    }
  }
}
