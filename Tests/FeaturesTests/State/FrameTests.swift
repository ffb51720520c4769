import Features
import Market
import Testing

/// Longer bars against bars put together by hand.
@Suite struct FrameTests {
  /// Minutes with holes, some of them over the end of an hour or a day.
  private func market(_ count: Int, seed: UInt64) -> [Bar] {
    Series.market(count, seed: seed).enumerated()
      .filter { row, _ in row % 97 > 4 && row % 241 != 1 && row / 60 % 9 != 7 }.map(\.element)
  }

  private struct Closed {
    let bar: Bar
    /// The row of the short bar at whose close it is known.
    let knownRow: Int
  }

  /// Bars grouped by `mark`; a group is known at its end if a bar stands there, else at the next.
  private func closed(
    _ bars: [Bar], mark: (Bar) -> Int64, isEnd: (Bar) -> Bool
  ) -> [Closed] {
    var found: [Closed] = []
    var start = 0
    for row in bars.indices {
      guard row + 1 < bars.count, mark(bars[row]) != mark(bars[row + 1]) else { continue }
      let group = bars[start...row]
      start = row + 1
      guard let first = group.first, let last = group.last else { continue }
      let high = group.reduce(first.high) { max($0, $1.high) }
      let low = group.reduce(first.low) { min($0, $1.low) }
      let bar = Bar(
        instrument: first.instrument, tradingDay: last.tradingDay, closedAt: last.closedAt,
        open: first.open, high: high, low: low, close: last.close,
        volume: group.reduce(0) { $0 + $1.volume }, turnover: group.reduce(0) { $0 + $1.turnover },
        openInterest: last.openInterest)
      found.append(Closed(bar: bar, knownRow: isEnd(last) ? row : row + 1))
    }
    // Where the first began is not known.
    return Array(found.dropFirst())
  }

  private func expected(_ inner: String, _ closed: [Closed], rows: Int) throws -> [Double] {
    let recipe = try Recipe(name: "inner", features: [("x", inner)])
    let values = try Series.column(inner, closed.map(\.bar))
    var column = Array(repeating: Double.nan, count: rows)
    for (place, one) in closed.enumerated() where place >= recipe.warmUp.settlingBars {
      for row in one.knownRow..<rows { column[row] = values[place] }
    }
    return column
  }

  static let inner = ["change(1)", "ema(3)", "mean(high - low, 4) / close", "sum(volume, 5)"]

  @Test(arguments: inner, [60, 7, 1] as [Int64])
  func minutesAreThoseOfClosedBars(inner: String, minutes: Int64) throws {
    let bars = market(3_200, seed: 31)
    let length = 60_000_000_000 * minutes
    let closed = closed(
      bars, mark: { ($0.closedAt.nanoseconds + length - 1) / length },
      isEnd: { $0.closedAt.nanoseconds % length == 0 })
    let word = minutes == 60 ? "hour(\(inner))" : "minutes(\(inner), \(minutes))"
    let column = try Series.column(word, bars)
    var truth = try expected(inner, closed, rows: bars.count)
    // The last group is known only where its end is reached.
    let last = closed.last?.knownRow ?? 0
    if let end = bars.indices.last(where: { bars[$0].closedAt.nanoseconds % length == 0 }),
      end > last
    {
      truth = Array(truth[..<end])
    }
    for row in truth.indices {
      let isSame = column[row] == truth[row] || (column[row].isNaN && truth[row].isNaN)
      holds(isSame, "\(word) row \(row): \(column[row]) for \(truth[row])")
    }
    #expect(truth.contains { $0.isFinite })
  }

  @Test(arguments: inner)
  func daysAreKnownWhenTheNextBegins(inner: String) throws {
    let bars = market(9_000, seed: 32)
    let closed = closed(bars, mark: { Int64($0.tradingDay.days) }, isEnd: { _ in false })
    let column = try Series.column("day(\(inner))", bars)
    let truth = try expected(inner, closed, rows: bars.count)
    for row in truth.indices {
      let isSame = column[row] == truth[row] || (column[row].isNaN && truth[row].isNaN)
      holds(isSame, "day(\(inner)) row \(row): \(column[row]) for \(truth[row])")
    }
    #expect(truth.contains { $0.isFinite })
  }

  @Test func aFormingBarIsNeverSeenAndNothingDependsOnTheRoom() throws {
    let bars = market(1_900, seed: 33)
    let formulas = ["hour(change(1)) + close", "hour(ema(2)) - minutes(mean(close, 3), 5)"]
    for formula in formulas {
      let whole = try Series.column(formula, bars).map(\.bitPattern)
      for room in [1, 7, 64] {
        let again = try Series.column(formula, bars, room: room).map(\.bitPattern)
        #expect(again == whole, "\(formula) room \(room)")
      }
      for cut in [61, 700, 1_003] {
        let part = try Series.column(formula, Array(bars[..<cut])).map(\.bitPattern)
        #expect(part == Array(whole[..<cut]), "\(formula) cut \(cut)")
      }
    }
  }

  @Test func aCopyContinuesAsTheOriginalWould() throws {
    let bars = market(1_500, seed: 34)
    let recipe = try Recipe(name: "r", features: [("x", "hour(mean(close, 3)) / close")])
    var state = FeatureState(recipe, grid: Series.grid)
    let past = FeatureMatrix(continuing: &state, bars: Array(bars[..<777]))
    var copy = state
    let one = FeatureMatrix(continuing: &state, bars: Array(bars[777...]))
    let two = FeatureMatrix(continuing: &copy, bars: Array(bars[777...]))
    #expect(past.rows == 777 && one.isWhole.contains(true))
    for row in 0..<one.rows {
      holds(one[row, 0].bitPattern == two[row, 0].bitPattern, "row \(row)")
    }
  }

  @Test func whatAFrameNeedsIsCounted() throws {
    let recipe = try Recipe(
      name: "r", features: [("a", "hour(mean(close, 12))"), ("b", "day(change(1)) + close")])
    #expect(recipe.frameNeeds.map(\.name) == ["hour", "day"])
    #expect(recipe.frameNeeds.map(\.bars) == [13, 3])
    // One hour dropped, twelve in the mean: known at the close of the thirteenth.
    let column = try Series.column("hour(mean(close, 12))", Series.market(1_000, seed: 35))
    #expect(column.firstIndex { $0.isFinite } == 13 * 60 - 60)
  }
}
