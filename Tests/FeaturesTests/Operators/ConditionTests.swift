import Testing

@Suite struct ConditionTests {
  private func column(_ expression: String, _ values: [Double]) throws -> [String] {
    try Series.column(expression, Series.carrying(values)).map { "\($0)" }
  }

  @Test func conditionsAreOneOrNothing() throws {
    let values = [1, 3, 3, 2, .nan, 5]
    let expected: [(String, [String])] = [
      ("above(turnover, 2)", ["0.0", "1.0", "1.0", "0.0", "nan", "1.0"]),
      ("below(turnover, 2)", ["1.0", "0.0", "0.0", "0.0", "nan", "0.0"]),
      ("equal(turnover, 3)", ["0.0", "1.0", "1.0", "0.0", "nan", "0.0"]),
      ("cross(turnover, 2)", ["nan", "1.0", "0.0", "0.0", "nan", "nan"]),
      ("cross(2.5, turnover)", ["nan", "0.0", "0.0", "1.0", "nan", "nan"]),
      ("if(above(turnover, 2), 7, -7)", ["-7.0", "7.0", "7.0", "-7.0", "nan", "7.0"]),
      ("countif(above(turnover, 2), 2)", ["nan", "1.0", "2.0", "1.0", "nan", "nan"]),
      ("total(turnover)", ["1.0", "4.0", "7.0", "9.0", "nan", "14.0"]),
      ("origin(turnover)", ["1.0", "1.0", "1.0", "1.0", "1.0", "1.0"]),
      ("power(turnover, 2)", ["1.0", "9.0", "9.0", "4.0", "nan", "25.0"]),
      ("power(-turnover, 3)", ["-1.0", "-27.0", "-27.0", "-8.0", "nan", "-125.0"]),
      ("power(-turnover, 0.5)", ["nan", "nan", "nan", "nan", "nan", "nan"]),
      ("exp(turnover - 1)", ["1.0", "7.38905609893065", "7.38905609893065"]),
    ]
    for (expression, answer) in expected {
      #expect(try Array(column(expression, values)[..<answer.count]) == answer, "\(expression)")
    }
  }

  @Test func aTotalKeepsSmallThingsBesideLargeOnes() throws {
    let values = (0..<10_000).map { $0 % 2 == 0 ? 1e16 : -1e16 } + Array(repeating: 0.1, count: 100)
    let column = try Series.column("total(turnover)", Series.carrying(values))
    #expect(abs(column[10_099] - 10) < 1e-12)
  }
}
