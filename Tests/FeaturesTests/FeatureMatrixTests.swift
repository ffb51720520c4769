import Features
import Market
import Testing

@Suite struct FeatureMatrixTests {
  private let features = [
    (name: "a", expression: "ref(close, 3)"), (name: "b", expression: "log(volume)"),
  ]

  @Test func rowsThatAreNotFiniteAreMaskedAndCounted() throws {
    let recipe = try Recipe(name: "r", features: features)
    let volumes: [Int64] = [1, 2, 3, 4, 0, 6, 7]
    let bars = volumes.enumerated().map { row, volume in
      Series.bar(row, open: 100, high: 100, low: 100, close: 100, volume: volume)
    }
    let matrix = FeatureMatrix(recipe, bars: bars, grid: Series.grid)
    #expect(matrix.absences == [3, 1])
    #expect(matrix.wholeRows == [3, 5, 6])
    #expect(matrix.names == ["a", "b"])
    #expect(matrix.instants == bars.map(\.closedAt))
    #expect(matrix.tradingDays == bars.map(\.tradingDay))
    var row: [Float] = [0, 0]
    matrix.copyRow(3, into: &row)
    #expect(row == [1, matrix[3, 1]])
  }

  @Test func aNumberTooLargeForSinglePrecisionIsAbsent() throws {
    let recipe = try Recipe(name: "r", features: [("t", "turnover")])
    let bars = [1, 1e39, 2].enumerated().map { row, turnover in
      Series.bar(
        row, open: 100, high: 100, low: 100, close: 100, volume: 1, turnover: turnover)
    }
    let matrix = FeatureMatrix(recipe, bars: bars, grid: Series.grid)
    #expect(matrix.wholeRows == [0, 2])
  }

  @Test func noBarsGiveNoRows() throws {
    let matrix = FeatureMatrix(
      try Recipe(name: "r", features: features), bars: [], grid: Series.grid)
    #expect(matrix.rows == 0 && matrix.columns == 2 && matrix.wholeRows.isEmpty)
  }
}
