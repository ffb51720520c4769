import Market
import Numerics
import Testing

/// Small hand-made columns for every word without a window.
@Suite struct OperationTests {
  private func column(_ expression: String, _ values: [Double]) throws -> [Double] {
    try Series.column(expression, Series.carrying(values))
  }

  private func isSame(_ left: [Double], _ right: [Double]) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }

  @Test func elementwiseWords() throws {
    let values = [-2.0, 0, 3, .nan]
    let expected: [(String, [Double])] = [
      ("abs(turnover)", [2, 0, 3, .nan]),
      ("sign(turnover)", [-1, 0, 1, .nan]),
      ("sqrt(turnover)", [.nan, 0, 3.0.squareRoot(), .nan]),
      ("log(turnover)", [.nan, -.infinity, Numerics.log(3), .nan]),
      ("-turnover", [2, 0, -3, .nan]),
      ("--turnover", values),
      ("larger(turnover, 1)", [1, 1, 3, .nan]),
      ("smaller(1, turnover)", [-2, 0, 1, .nan]),
      ("ratio(6, turnover, 0.5)", [-3, 0.5, 2, .nan]),
      ("clip(turnover, -1, 2)", [-1, 0, 2, .nan]),
      ("turnover + 1 - 2 * 3", [-7, -5, -2, .nan]),
      ("(turnover + 1) / 2", [-0.5, 0.5, 2, .nan]),
      ("6 / turnover", [-3, .infinity, 2, .nan]),
      ("2 - 3 - 4", [-5, -5, -5, -5]),
      ("24 / 4 / 2", [3, 3, 3, 3]),
    ]
    for (expression, answer) in expected {
      let found = try column(expression, values)
      #expect(isSame(found, answer), "\(expression): \(found)")
    }
  }

  @Test func lookingBack() throws {
    #expect(isSame(try column("ref(turnover, 2)", [1, 2, 4, 8]), [.nan, .nan, 1, 2]))
    #expect(isSame(try column("delta(turnover, 1)", [1, 2, 4, 8]), [.nan, 1, 2, 4]))
    #expect(isSame(try column("change(turnover, 1)", [1, 2, 4, 1]), [.nan, 1, 1, -0.75]))
  }

  @Test func trueRangeCountsTheGap() throws {
    let bars = [
      Series.bar(0, open: 1_000, high: 1_100, low: 900, close: 1_000, volume: 1),
      Series.bar(1, open: 1_300, high: 1_400, low: 1_250, close: 1_350, volume: 1),
      Series.bar(2, open: 1_200, high: 1_250, low: 1_100, close: 1_150, volume: 1),
      Series.bar(3, open: 1_150, high: 1_200, low: 1_050, close: 1_150, volume: 1),
    ]
    #expect(isSame(try Series.column("truerange()", bars), [.nan, 4, 2.5, 1.5]))
    #expect(isSame(try Series.column("atr(2)", bars), [.nan, .nan, 3.25, 2.375]))
  }

  @Test func positionUsesHighsAndLowsOfTheBar() throws {
    let bars = [
      Series.bar(0, open: 1_000, high: 1_200, low: 1_000, close: 1_100, volume: 1),
      Series.bar(1, open: 1_100, high: 1_150, low: 800, close: 1_100, volume: 1),
      Series.bar(2, open: 1_000, high: 1_000, low: 1_000, close: 1_000, volume: 1),
      Series.bar(3, open: 1_000, high: 1_000, low: 1_000, close: 1_000, volume: 1),
    ]
    let found = try Series.column("position(2)", bars)
    #expect(found[0].isNaN)
    #expect(Array(found[1...]) == [0.75, 2 / 3.5, 0.5])
  }

  @Test func inputsAreTheBarsFields() throws {
    let bars = Series.market(50, seed: 3)
    let fields: [(String, (Bar) -> Double)] = [
      ("open", { $0.open.value(on: Series.grid) }), ("high", { $0.high.value(on: Series.grid) }),
      ("low", { $0.low.value(on: Series.grid) }), ("close", { $0.close.value(on: Series.grid) }),
      ("volume", { Double($0.volume) }), ("turnover", { $0.turnover }),
      ("openinterest", { Double($0.openInterest) }),
    ]
    for (name, field) in fields {
      #expect(try Series.column(name, bars) == bars.map(field), "\(name)")
    }
  }
}
