import Numerics
import Testing

@testable import Models

@Suite struct ExplainingTests {
  /// The forecast of a tree where only some features are known: unknown ones go both ways by their shares.
  private func known(_ trees: TreeEnsemble, _ row: [Float], _ features: Set<Int>) -> Double {
    func mean(_ place: Int) -> Double {
      let node = trees.nodes[place]
      guard !node.isLeaf else { return Double(node.cut) }
      let left = Int(node.left)
      if features.contains(Int(node.feature)) {
        return mean(left + (trees.goesLeft(row[Int(node.feature)], node) ? 0 : 1))
      }
      let share = trees.leftShare(place)
      return share * mean(left) + (1 - share) * mean(left + 1)
    }
    return trees.base + trees.scale * trees.roots.reduce(0) { $0 + mean(Int($1)) }
  }

  /// Shapley's definition: the mean over all orders in which features may become known.
  private func slow(_ trees: TreeEnsemble, _ row: [Float]) -> [Double] {
    var sums = [Double](repeating: 0, count: row.count)
    var orders = 0
    func visit(_ left: [Int], _ known: Set<Int>, _ value: Double, _ earned: [Double]) {
      guard !left.isEmpty else {
        for column in row.indices { sums[column] += earned[column] }
        orders += 1
        return
      }
      for next in left {
        let more = known.union([next])
        let then = self.known(trees, row, more)
        var earned = earned
        earned[next] = then - value
        visit(left.filter { $0 != next }, more, then, earned)
      }
    }
    visit(
      Array(row.indices), [], known(trees, row, []), [Double](repeating: 0, count: row.count))
    return sums.map { $0 / Double(orders) }
  }

  @Test func contributionsAreShapleysValues() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let training = try lesson(500, 5, seed: seed, absent: 0.2)
      let trees = try BoostParameters(
        growth: bareGrowth(leaves: 12, leastLeafRows: 5), rounds: 6, rate: 0.4
      ).fit(training).ensemble
      for row in 0..<20 {
        let features = (0..<5).map { training.rows[row, $0] }
        let quick = trees.contributions(features)
        for (left, right) in zip(quick, slow(trees, features)) {
          #expect(abs(left - right) < 1e-9, "seed \(seed), row \(row)")
        }
      }
    }
  }

  @Test func contributionsSumToTheForecast() throws {
    let training = try lesson(2_000, 12, seed: 3)
    let boosted = try BoostParameters(rounds: 40).fit(training).ensemble
    let forest = try ForestParameters(trees: 10).fit(training).ensemble
    for trees in [boosted, forest] {
      for row in 0..<50 {
        let features = (0..<12).map { training.rows[row, $0] }
        let sum = trees.contributions(features).reduce(trees.expectedForecast, +)
        #expect(abs(sum - Model.boosted(trees).predict(features)) < 1e-6, "row \(row)")
      }
    }
  }

  /// Rows that share their answers are explained together, deep paths and few rows one by one: all alike.
  @Test func manyRowsAreExplainedAsEachAlone() throws {
    let training = try lesson(3_000, 9, seed: 5, absent: 0.2)
    for leaves in [8, 500] {
      let growth = bareGrowth(leaves: leaves, leastLeafRows: 2)
      let trees = try BoostParameters(growth: growth, rounds: 5).fit(training).ensemble
      let together = trees.contributions(training.rows)
      for row in stride(from: 0, to: 3_000, by: 97) {
        let alone = trees.contributions((0..<9).map { training.rows[row, $0] })
        for (column, value) in alone.enumerated() {
          #expect(abs(value - together[row, column]) < 1e-12, "\(leaves), row \(row)")
        }
      }
    }
  }

  @Test func importancesFindWhatWasPlanted() throws {
    let training = try lesson(3_000, 10, seed: 6)
    let trees = try BoostParameters(rounds: 30).fit(training).ensemble
    let model = Model.boosted(trees)
    var generator = Xoshiro256(seed: 1)
    let permuted = model.permutationImportance(training, using: &generator)
    // The label is made of columns 0 and 5.
    for found in [trees.gainImportance, trees.splitImportance, permuted] {
      let order = found.indices.sorted { found[$0] > found[$1] }
      #expect(Set(order.prefix(2)) == [0, 5])
    }
    // What the columns add, and the expected forecasts, are the forecast of a committee as well.
    let few = try BoostParameters(rounds: 5).fit(training).ensemble
    let pair = Model.committee(try #require(Committee([model, .boosted(few)], weights: [3, 1])))
    let adds = try #require(pair.contributions(training.rows))
    let forecasts = pair.predict(training.rows)
    for row in stride(from: 0, to: 3_000, by: 331) {
      let start = 0.75 * trees.expectedForecast + 0.25 * few.expectedForecast
      #expect(abs((0..<10).reduce(start) { $0 + adds[row, $1] } - forecasts[row]) < 1e-9)
    }
    #expect(Model.zero.contributions(training.rows) == Matrix(rows: 3_000, columns: 10))
    let ends = model.partialDependence(training.rows, column: 0, at: [-1, 1])
    #expect(ends[1] - ends[0] > 1)
  }
}
