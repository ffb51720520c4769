import Testing

@Suite struct StrengthIndexTests {
  @Test(arguments: [1, 2, 14])
  func strengthFollowsWildersFormula(count: Int) throws {
    for (name, values) in Series.hard(seed: 19) where name != "holed" && name != "spiked" {
      let column = try Series.column("rsi(turnover, \(count))", Series.carrying(values))
      var (rises, falls): (Float80, Float80) = (0, 0)
      for row in values.indices.dropFirst() {
        let change = Float80(values[row] - values[row - 1])
        let (rise, fall) = (max(change, 0), max(-change, 0))
        // The mean of the first changes is the seed: weights 1, ½, ⅓ … up to 1 ÷ count.
        let weight = 1 / Float80(min(row, count))
        rises += weight * (rise - rises)
        falls += weight * (fall - falls)
        guard row >= count else {
          holds(column[row].isNaN, "\(name) row \(row)")
          continue
        }
        let moves = rises + falls
        // A smoothed move far below the last place of the prices is rounding, not a market.
        guard moves == 0 || moves > 1e-9 else { continue }
        let index = moves == 0 ? 50 : 100 * rises / moves
        holds(abs(Float80(column[row]) - index) <= 1e-8, "\(name) row \(row)")
      }
    }
  }

  @Test func aMarketThatStandsStillIsNeutral() throws {
    let column = try Series.column("rsi(3)", Series.carrying(Array(repeating: 0, count: 9)))
    #expect(column[3...].allSatisfy { $0 == 50 })
  }
}
