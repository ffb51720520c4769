import Features
import Market
import Numerics
import Testing

@Suite struct SelectionTests {
  private func matrix(_ columns: [(name: String, values: [Double])]) -> FeatureMatrix {
    let rows = columns[0].values.count
    return FeatureMatrix(
      names: columns.map(\.name),
      values: FloatMatrix(
        rows: rows, columns: columns.count,
        values: columns.flatMap { $0.values.map { Float($0) } }),
      instants: (0..<rows).map { Instant(seconds: Int64($0)) },
      tradingDays: (0..<rows).map { TradingDay(days: Int32($0 / 50)) })
  }

  private func normals(_ count: Int, _ random: inout Xoshiro256) -> [Double] {
    (0..<count).map { _ in random.normal() }
  }

  @Test func theTellingAreKeptAndTwinsAndTheStillGo() {
    for seed in 1...10 as ClosedRange<UInt64> {
      var random = Xoshiro256(seed: seed)
      let count = 3_000
      let (line, curve) = (normals(count, &random), normals(count, &random))
      let outcomes = (0..<count).map { row in
        0.6 * line[row] + (curve[row] * curve[row] - 1) * 0.5 + random.normal()
      }
      let columns: [(name: String, values: [Double])] = [
        ("noise1", normals(count, &random)),
        ("twin", line.map { $0 * 3 + 0.01 * random.normal() }),
        ("still", (0..<count).map { $0 == 7 ? 1 : 0 }),
        ("line", line), ("curve", curve), ("noise2", normals(count, &random)),
      ]
      let chosen = Selection(
        SelectionRule(count: 2), fitting: matrix(columns), rows: Array(0..<count),
        outcomes: outcomes)
      let kept = chosen.columns.map { columns[$0].name }
      #expect(kept.contains("curve"), "seed \(seed): a shape without a slope is seen")
      #expect(kept.contains("line") != kept.contains("twin"), "seed \(seed): one of the two")
      #expect(chosen.marks[2].verdict == .still, "seed \(seed)")
      let other = kept.contains("line") ? 1 : 3
      #expect(
        chosen.marks[other].verdict == .twin(of: kept.contains("line") ? "line" : "twin")
          || chosen.marks[other].verdict == .weaker, "seed \(seed)")
    }
  }

  @Test func informationIsAsWrittenInBooks() {
    // Sixteen equal steps that tell everything: H = ln 16, less (15 · 15) / 2n.
    let count = 1_600
    let values = (0..<count).map { Double($0 % 16) }
    let told = Selection(
      SelectionRule(count: 1), fitting: matrix([("x", values)]), rows: Array(0..<count),
      outcomes: values.map { -$0 })
    #expect(abs(told.marks[0].relevance - (log(16) - 225.0 / 3_200)) < 1e-12)
    let unrelated = Selection(
      SelectionRule(count: 1), fitting: matrix([("x", values)]), rows: Array(0..<count),
      outcomes: (0..<count).map { Double($0 / 16 % 10) })
    #expect(unrelated.marks[0].relevance == 0)
  }

  @Test func otherRowsChangeNothing() {
    var random = Xoshiro256(seed: 3)
    var columns = (0..<8).map { ("x\($0)", normals(400, &random)) }
    let outcomes = normals(200, &random)
    let rule = SelectionRule(count: 3)
    let before = Selection(
      rule, fitting: matrix(columns), rows: Array(0..<200), outcomes: outcomes)
    for index in columns.indices {
      for row in 200..<400 { columns[index].1[row] = Double(row % 5) * 1e6 }
    }
    #expect(
      Selection(rule, fitting: matrix(columns), rows: Array(0..<200), outcomes: outcomes) == before)
    #expect(before.columns.count == 3)
  }

  @Test func somethingIsAlwaysKept() {
    let flat = matrix([
      ("a", Array(repeating: 1, count: 50)), ("b", Array(repeating: 2, count: 50)),
    ])
    let chosen = Selection(
      SelectionRule(count: 5), fitting: flat, rows: Array(0..<50),
      outcomes: Array(repeating: 0, count: 50))
    #expect(chosen.columns == [0])
  }

  @Test func aChosenRecipeGivesTheSameNumbers() throws {
    let recipe = try Recipe(
      name: "r",
      features: [
        ("a", "zscore(close, 20)"), ("b", "rsi(14)"), ("c", "rsi(14) - ref(rsi(14), 3)"),
        ("d", "std(change(1), 30)"),
      ])
    let bars = Series.market(500, seed: 11)
    let whole = FeatureMatrix(recipe, bars: bars, grid: Series.grid)
    let part = FeatureMatrix(recipe.choosing([1, 3]), bars: bars, grid: Series.grid)
    #expect(part.names == ["b", "d"])
    for row in bars.indices {
      #expect(part[row, 0].bitPattern == whole[row, 1].bitPattern, "row \(row)")
      #expect(part[row, 1].bitPattern == whole[row, 3].bitPattern, "row \(row)")
    }
  }
}
