import Features
import Market
import Numerics
import Testing

@Suite struct ScalerTests {
  private func matrix(_ values: [Double]) throws -> FeatureMatrix {
    // A bar without volume makes 0 / 0, and so an absent value.
    let bars = values.enumerated().map { row, value in
      Series.bar(
        row, open: 100, high: 100, low: 100, close: 100, volume: value.isFinite ? 1 : 0,
        turnover: value.isFinite ? value + 1_000 : 0)
    }
    let recipe = try Recipe(
      name: "r", features: [("x", "turnover - 1000 + 0 / volume"), ("flat", "0.1 + 0 * volume")])
    return FeatureMatrix(recipe, bars: bars, grid: Series.grid)
  }

  @Test func trainingRowsGetMeanZeroAndDeviationOne() throws {
    var random = Xoshiro256(seed: 31)
    let values = (0..<500).map { _ in 40 + 3 * random.normal() }
    var matrix = try matrix(values)
    let scaler = Scaler(fitting: matrix, rows: 0..<300)
    scaler.apply(to: &matrix)
    let train = (0..<300).map { Double(matrix[$0, 0]) }
    #expect(abs(Statistics.mean(train)) < 1e-6)
    #expect(abs(Statistics.deviation(train, ddof: 0) - 1) < 1e-6)
    #expect(scaler.constantColumns == [1])
    #expect((0..<500).allSatisfy { matrix[$0, 1] == 0 })
  }

  @Test func otherRowsChangeNothing() throws {
    let early = (0..<100).map { Double($0 % 13) }
    let one = try matrix(early + Array(repeating: 1e6, count: 50))
    let two = try matrix(early + Array(repeating: -7, count: 50))
    #expect(
      Scaler(fitting: one, rows: 0..<100, tail: 0.01)
        == Scaler(fitting: two, rows: 0..<100, tail: 0.01))
  }

  @Test func maskedRowsAreLeftOut() throws {
    let holed = try matrix([1, .nan, 3, .infinity, 5])
    let column = Scaler(fitting: holed, rows: 0..<5).columns[0]
    #expect(column.centre == 3)
    #expect(abs(column.spread - (8.0 / 3).squareRoot()) < 1e-15)
  }

  @Test func tailsAreDrawnIn() throws {
    let values = (0...100).map(Double.init) + [1e9]
    var matrix = try matrix(values)
    let scaler = Scaler(fitting: matrix, rows: 0..<102, tail: 0.02)
    #expect(scaler.columns[0].high < 101 && scaler.columns[0].low > 1)
    scaler.apply(to: &matrix)
    #expect(matrix[101, 0] == matrix[100, 0])
    #expect(matrix[0, 0] == matrix[1, 0])
  }

  @Test func aRowAndAMatrixAreScaledAlike() throws {
    var random = Xoshiro256(seed: 32)
    var matrix = try matrix((0..<60).map { _ in random.normal() } + [.nan, 9])
    let scaler = Scaler(fitting: matrix, rows: 0..<60, tail: 0.05)
    let plain = matrix
    scaler.apply(to: &matrix)
    var (row, scaled): ([Float], [Float]) = ([0, 0], [0, 0])
    for index in 0..<plain.rows {
      plain.copyRow(index, into: &row)
      scaler.apply(to: &row)
      matrix.copyRow(index, into: &scaled)
      #expect(row.map(\.bitPattern) == scaled.map(\.bitPattern), "row \(index)")
    }
    #expect(matrix[60, 0].isNaN)
  }

  private func scaled(
    _ values: [Double], _ scaling: Scaling, train: Int, tail: Double? = nil
  ) throws -> [Double] {
    var matrix = try matrix(values)
    Scaler(fitting: matrix, rows: 0..<train, scaling: scaling, tail: tail).apply(to: &matrix)
    return values.indices.map { Double(matrix[$0, 0]) }
  }

  @Test func robustScalingHoldsAgainstOutliers() throws {
    let found = try scaled([1, 2, 3, 4, 5, 6, 1e9], .robust, train: 7)
    // Median 4; distances 3 2 1 0 1 2 1e9, median 2.
    #expect(abs(found[0] - (1 - 4) / (2 * 1.482_602_218_505_602)) < 1e-6 && found[3] == 0)
    // Where most values are alike, the deviation takes over.
    let mostly = try scaled([0, 0, 0, 0, 0, 0, 7], .robust, train: 7)
    // Σ(x − 1)² / 7 = (6 · 1 + 36) / 7 = 6.
    #expect(mostly[0] == 0 && abs(mostly[6] - 7 / 6.0.squareRoot()) < 1e-6)
  }

  @Test func leastAndLargestBecomeZeroAndOne() throws {
    #expect(try scaled([4, 8, 6, 10], .minmax, train: 3) == [0, 1, 0.5, 1.5])
    #expect(try scaled([4, 8, 6, 10], .minmax, train: 3, tail: 0) == [0, 1, 0.5, 1])
  }

  @Test func withoutScalingOnlyTailsAreDrawnIn() throws {
    #expect(try scaled([4, 8, 6, 10], .none, train: 3, tail: 0) == [4, 8, 6, 8])
  }

  @Test func ranksBecomeNormal() throws {
    var random = Xoshiro256(seed: 33)
    // Far from normal: a cube with half of it zero.
    let values = (0..<4_000).map { _ -> Double in
      let value = random.normal()
      return value > 0 ? value * value * value * 900 : 0
    }
    let found = try scaled(values, .normal, train: 4_000)
    let ranks = Statistics.ranks(values)
    for row in values.indices where values[row] > 0 {
      let exact = normalQuantile((ranks[row] - 0.5) / 4_000)
      guard abs(exact) < 2 else { continue }
      #expect(abs(found[row] - exact) < 0.05, "row \(row)")
    }
    // Equal values get the middle of their ranks.
    let zeros = Set(values.indices.filter { values[$0] == 0 }.map { found[$0] })
    #expect(zeros.count == 1 && zeros.allSatisfy { $0 < 0 })
    let order = values.indices.sorted { values[$0] < values[$1] }
    #expect(zip(order, order.dropFirst()).allSatisfy { found[$0] <= found[$1] })
    let beyond = try scaled(values + [1e9, -1e9], .normal, train: 4_000)
    #expect(beyond[4_000] == beyond.max() && beyond[4_000] < 4 && beyond[4_001] == beyond.min())
  }
}
