import Numerics
import Testing

@testable import Models

@Suite struct RidgeTests {
  /// y with a true line in it, and noise.
  private func planted(
    _ rows: FloatMatrix, weights: [Double], noise: Double, seed: UInt64
  ) -> [Double] {
    var generator = Xoshiro256(seed: seed)
    return (0..<rows.rows).map { row in
      weights.indices.reduce(0.3 + noise * generator.normal()) {
        $0 + weights[$1] * Double(rows[row, $1])
      }
    }
  }

  /// Solves A·x = b by elimination with pivots, in plain loops.
  private func eliminate(_ matrix: [[Double]], _ target: [Double]) -> [Double] {
    var (a, b) = (matrix, target)
    for column in b.indices {
      let pivot = (column..<b.count).max { abs(a[$0][column]) < abs(a[$1][column]) } ?? column
      a.swapAt(column, pivot)
      b.swapAt(column, pivot)
      for row in b.indices where row != column {
        let share = a[row][column] / a[column][column]
        for other in b.indices { a[row][other] -= share * a[column][other] }
        b[row] -= share * b[column]
      }
    }
    return b.indices.map { b[$0] / a[$0][$0] }
  }

  /// Centred columns, their Gram matrix and moments, in plain loops.
  private func slowSums(
    _ rows: FloatMatrix, _ y: [Double]
  ) -> (x: [[Double]], gram: [[Double]], moments: [Double]) {
    let mean = y.reduce(0, +) / Double(y.count)
    let x = (0..<rows.columns).map { column in
      let values = rows.column(column).map(Double.init)
      let center = values.reduce(0, +) / Double(values.count)
      return values.map { $0 - center }
    }
    let gram = x.map { left in x.map { right in zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } } }
    let moments = x.map { zip($0, y).reduce(0) { $0 + $1.0 * ($1.1 - mean) } }
    return (x, gram, moments)
  }

  @Test func theFitEqualsASlowClosedForm() throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let rows = normals(120, 6, seed: seed)
      let y = planted(rows, weights: [1, -0.5, 0, 0, 0.2, 0], noise: 1, seed: seed + 100)
      let ridge = try RidgeParameters(overlapBars: 1).fit(rows, y)
      var (x, gram, moments) = slowSums(rows, y)
      for index in gram.indices { gram[index][index] += ridge.penalty }
      let slow = eliminate(gram, moments)
      for index in slow.indices {
        #expect(abs(slow[index] - ridge.weights[index]) < 1e-11, "seed \(seed)")
      }
      let mean = y.reduce(0, +) / Double(y.count)
      let fitted = (0..<120).map { row in
        mean + slow.indices.reduce(0) { $0 + slow[$1] * x[$1][row] }
      }
      let quick = Model.ridge(ridge).predict(rows)
      for row in 0..<120 { #expect(abs(fitted[row] - quick[row]) < 1e-11, "seed \(seed)") }
    }
  }

  /// The criterion written out: solve for each penalty, trace by solving for each unit vector.
  private func bestBySearch(
    _ parameters: RidgeParameters, _ rows: FloatMatrix, _ y: [Double]
  ) -> Double {
    let (x, gram, moments) = slowSums(rows, y)
    let (count, mean) = (Double(y.count), y.reduce(0, +) / Double(y.count))
    var best = (Double.infinity, y.reduce(0) { $0 + $1 * $1 } / count)
    for penalty in parameters.penaltiesPerRow.map({ $0 * count }) {
      var shifted = gram
      for index in gram.indices { shifted[index][index] += penalty }
      let weights = eliminate(shifted, moments)
      let freedom = gram.indices.reduce(0) { $0 + eliminate(shifted, gram[$1])[$1] }
      let squares = y.indices.reduce(0) { sum, row in
        let error = y[row] - mean - weights.indices.reduce(0) { $0 + weights[$1] * x[$1][row] }
        return sum + error * error
      }
      let left = count - Double(parameters.overlapBars) * (freedom + 1)
      if left > 0, count * squares / (left * left) < best.1 {
        best = (penalty, count * squares / (left * left))
      }
    }
    return best.0
  }

  @Test func thePenaltyIsTheOneASlowSearchFinds() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let rows = normals(90, 5, seed: seed)
      let y = planted(
        rows, weights: [0.3, -0.2, 0, 0, 0.1], noise: Double(seed % 4), seed: seed + 50)
      let parameters = try RidgeParameters(overlapBars: 1 + Int(seed % 3))
      let ridge = try parameters.fit(rows, y)
      #expect(ridge.penalty == bestBySearch(parameters, rows, y), "seed \(seed)")
    }
  }

  @Test func noiseIsForecastAsZero() throws {
    var zeros = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      let rows = normals(400, 10, seed: seed)
      var generator = Xoshiro256(seed: seed + 1_000)
      let y = (0..<400).map { _ in generator.normal() }
      let ridge = try RidgeParameters(overlapBars: 5).fit(rows, y)
      if ridge.isZero {
        zeros += 1
        #expect(Model.ridge(ridge).predict(rows).allSatisfy { $0 == 0 })
      }
    }
    #expect(zeros >= 20, "only \(zeros) of 40")
  }

  @Test func aRowAndAMatrixGiveTheSameBits() throws {
    let rows = normals(500, 23, seed: 4)
    let y = planted(rows, weights: Array(repeating: 0.1, count: 23), noise: 1, seed: 5)
    let model = Model.ridge(try RidgeParameters(overlapBars: 1).fit(rows, y))
    let together = model.predict(rows)
    for row in 0..<500 {
      let alone = model.predict((0..<23).map { rows[row, $0] })
      #expect(alone.bitPattern == together[row].bitPattern, "row \(row)")
    }
  }

  @Test func repeatedAndConstantColumnsAreNoTrouble() throws {
    var rows = normals(60, 4, seed: 9)
    for row in 0..<60 {
      rows[row, 1] = rows[row, 0]
      rows[row, 2] = 0
    }
    let y = planted(rows, weights: [1, 0, 0, 0], noise: 0.1, seed: 3)
    let ridge = try RidgeParameters(overlapBars: 1).fit(rows, y)
    #expect(abs(ridge.weights[0] - ridge.weights[1]) < 1e-9)
    #expect(ridge.weights[2] == 0)
  }

  @Test func whatCannotBeFittedIsATypedError() throws {
    #expect(throws: ModelsError.self) { try RidgeParameters(penaltiesPerRow: [], overlapBars: 1) }
    #expect(throws: ModelsError.self) { try RidgeParameters(penaltiesPerRow: [0], overlapBars: 1) }
    #expect(throws: ModelsError.self) { try RidgeParameters(overlapBars: 0) }
    let parameters = try RidgeParameters(overlapBars: 1)
    #expect(throws: ModelsError.tooFewRows(found: 1, needed: 2)) {
      try parameters.fit(normals(1, 2, seed: 1), [1])
    }
    #expect(throws: ModelsError.algebra(.notFinite)) {
      try parameters.fit(normals(3, 1, seed: 1), [1, .nan, 2])
    }
  }
}
