import Numerics
import Testing

@testable import Models

@Suite struct SplitSearchTests {
  /// G²/H of a set of rows.
  private func score(_ rows: [Int], _ pulls: [Double], _ weights: [Double], _ l2: Double) -> Double
  {
    let sum = rows.reduce(0) { $0 + pulls[$1] }
    let weight = rows.reduce(0) { $0 + weights[$1] }
    return sum * sum / (weight + l2)
  }

  /// The most that parting at any value, absent ones on either side, can gain.
  private func bruteForce(_ training: LabelledRows, _ growth: GrowthParameters) -> Double {
    let rows = Array(training.labels.indices)
    let weights = training.weights ?? rows.map { _ in 1 }
    let mean = Loss.squared.start(training.labels, training.weights)
    let pulls = rows.map { weights[$0] * (training.labels[$0] - mean) }
    let whole = score(rows, pulls, weights, growth.l2)
    var best = 0.0
    for column in 0..<training.rows.columns {
      let values = training.rows.column(column)
      for cut in Set(values.filter { !$0.isNaN }) {
        for isMissingLeft in [true, false] {
          let left = rows.filter { values[$0].isNaN ? isMissingLeft : values[$0] <= cut }
          let right = rows.filter { !left.contains($0) }
          guard min(left.count, right.count) >= growth.leastLeafRows else { continue }
          let gain =
            score(left, pulls, weights, growth.l2) + score(right, pulls, weights, growth.l2) - whole
          best = max(best, gain)
        }
      }
    }
    return best
  }

  @Test func theBestCutIsTheOneASlowSearchFinds() throws {
    for seed in 1...500 as ClosedRange<UInt64> {
      var generator = Xoshiro256(seed: seed)
      let count = 4 + generator.int(below: 40)
      let columns = 1 + generator.int(below: 4)
      var matrix = normals(count, columns, seed: seed)
      for place in matrix.values.indices {
        if seed % 3 == 0 { matrix.values[place] = matrix.values[place].rounded() }
        if generator.uniform() < 0.15 { matrix.values[place] = .nan }
      }
      let labels = (0..<count).map { _ in generator.normal() }
      let weights = seed % 4 == 0 ? (0..<count).map { _ in generator.uniform() + 0.05 } : nil
      let training = try LabelledRows(matrix, labels, weights: weights)
      var growth = bareGrowth(leaves: 2, leastLeafRows: 1 + Int(seed % 4))
      growth.l2 = Double(seed % 3)
      let best = bruteForce(training, growth)
      let found = try oneTree(training, growth).gains.first ?? 0
      #expect(abs(Double(found) - best) <= 1e-5 * best + 1e-9, "seed \(seed)")
    }
  }

  @Test func fewRowsAndAllCellsFindTheSame() throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      let training = try lesson(900, 20, seed: seed, absent: 0.2)
      let growth = bareGrowth(leaves: 200, leastLeafRows: 2)
      #expect(
        grown(training, growth, slots: nil, fewRows: 0)
          == grown(training, growth, slots: nil, fewRows: 250), "seed \(seed)")
    }
    // So many that a block's codes are not copied together any more.
    let training = try lesson(2_600, 20, seed: 7, absent: 0.2)
    let growth = bareGrowth(leaves: 40, leastLeafRows: 2)
    #expect(
      grown(training, growth, slots: nil, fewRows: 0)
        == grown(training, growth, slots: nil, fewRows: .max))
  }

  /// With one slot hardly any histogram is kept: nearly all are counted rather than subtracted.
  @Test func whatIsSubtractedEqualsWhatIsCounted() throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      let training = try lesson(1_500, 20, seed: seed, absent: 0.2, weighted: seed % 2 == 0)
      let growth = bareGrowth(leaves: 60, leastLeafRows: 3)
      #expect(
        grown(training, growth, slots: nil, fewRows: 0)
          == grown(training, growth, slots: 1, fewRows: 0), "seed \(seed)")
    }
  }

  private func grown(
    _ training: LabelledRows, _ growth: GrowthParameters, slots: Int?, fewRows: Int
  ) -> Tree {
    let workers = Workers(1)
    let data = BinnedRows(training, most: 255, categories: [], workers: workers)
    var grower = TreeGrower(data, growth, isWeighted: training.weights != nil, slots: slots)
    grower.fewRows = fewRows
    var generator = Xoshiro256(seed: 1)
    let rows = RowSet((0..<Int32(training.labels.count)).map { $0 })
    return training.labels.withUnsafeBufferPointer { pulls in
      (training.weights ?? []).withUnsafeBufferPointer {
        grower.grow(
          on: rows, gradients: pulls, weights: training.weights == nil ? nil : $0,
          workers: workers, using: &generator
        ).tree
      }
    }
  }

  @Test func aLeafMayHoldMoreThanAMillionRows() throws {
    // More than the 2^20 − 1 rows that a narrower count would hold in one leaf, and in one cell.
    let count = 1_100_000
    let values = (0..<count).map { Float($0 < 30_000 ? 0 : 1) }
    let labels = (0..<count).map { $0 < 30_000 ? 5.0 : ($0 % 2 == 0 ? 1.25 : 0.75) }
    let trees = try oneTree(try LabelledRows(column(values), labels), bareGrowth(leaves: 2))
    #expect(trees.covers == [1_100_000, 30_000, 1_070_000])
    let forecasts = trees.predict(column([0, 1]))
    #expect(abs(forecasts[0] - 5) < 1e-6 && abs(forecasts[1] - 1) < 1e-6)
  }

  @Test func monotoneTransformsChangeNothing() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let training = try lesson(2_000, 6, seed: seed)
      var bent = training.rows
      for place in bent.values.indices { bent.values[place] = cubed(bent.values[place]) }
      let other = try LabelledRows(bent, training.labels)
      let parameters = try BoostParameters(growth: bareGrowth(leastLeafRows: 5), rounds: 10)
      let plain = try parameters.fit(training)
      let changed = try parameters.fit(other)
      #expect(plain.curve == changed.curve, "seed \(seed)")
      #expect(plain.ensemble.predict(training.rows) == changed.ensemble.predict(bent))
    }
  }

  private func cubed(_ value: Float) -> Float { value * value * value + 3 * value }
}
