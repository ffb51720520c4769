import Numerics
import Testing

@testable import Models

/// Quantiles of a forest that keeps a label of each leaf.
@Suite struct QuantileTests {
  private func forest(
    _ training: LabelledRows, trees: Int = 60, keeps: Bool = true, workers: Int = 1
  ) throws -> TreeEnsemble {
    try ForestParameters(trees: trees, keepsLabels: keeps, seed: 3)
      .fit(training, workers: workers).ensemble
  }

  /// y = x · noise, and five columns that tell nothing: how far outcomes lie apart is all that can be foretold.
  private func fan(_ rows: Int, seed: UInt64) throws -> LabelledRows {
    var generator = Xoshiro256(seed: seed)
    var matrix = FloatMatrix(rows: rows, columns: 6)
    for place in matrix.values.indices {
      matrix.values[place] = Float(generator.uniform(in: 1...5))
    }
    return try LabelledRows(
      matrix, (0..<rows).map { Double(matrix[$0, 0]) * generator.normal() })
  }

  @Test func theMiddleEightTenthsHoldEightTenths() throws {
    let trees = try forest(try fan(4_000, seed: 1), trees: 200)
    let test = try fan(3_000, seed: 2)
    var held = 0
    var (calm, wild) = ([Double](), [Double]())
    for row in 0..<3_000 {
      let values = (0..<6).map { test.rows[row, $0] }
      let found = try #require(trees.quantiles(values, [0.1, 0.9]))
      if found[0] <= test.labels[row], test.labels[row] <= found[1] { held += 1 }
      if values[0] < 2 { calm.append(found[1] - found[0]) }
      if values[0] > 4 { wild.append(found[1] - found[0]) }
    }
    #expect((0.75...0.85).contains(Double(held) / 3_000), "\(held) of 3000")
    // 2 · 1.28 · x is 3.8 and 11.5; columns that tell nothing blur both.
    let widths = (Statistics.mean(calm), Statistics.mean(wild))
    #expect(widths.1 > 1.6 * widths.0 && (3.5...7).contains(widths.0), "\(widths)")
  }

  @Test func threeTreesByHand() throws {
    let trees = [(2.0, [Float(1), 5]), (4, [2, 7]), (6, [9, 8])].map { cut, labels -> Tree in
      var tree = Tree()
      let left = tree.split(0, feature: 0, cut: Float(cut), isMissingLeft: false, set: nil, gain: 1)
      tree.samples = [0] + labels
      tree.nodes[left].cut = -1
      return tree
    }
    let forest = TreeEnsemble(columns: 1, forest: trees)
    // At 3: right of 2, left of 4 and 6.
    #expect(forest.quantiles([3], [0, 0.5, 1]) == [2, 5, 9])
    #expect(forest.quantiles([1], [0, 0.25, 0.5, 1]) == [1, 1.5, 2, 9])
    // Absent goes right.
    #expect(forest.quantiles([.nan], [0, 0.5, 1]) == [5, 7, 8])
    #expect(forest.prefix(2).quantiles([3], [0, 1]) == [2, 5])
    let twice = try #require(TreeEnsemble(meanOf: [forest, forest.prefix(3)]))
    #expect(twice.quantiles([3], [0, 0.5, 1]) == [2, 5, 9])
    let bare = TreeEnsemble(
      columns: 1,
      forest: trees.map {
        var tree = $0
        tree.samples = []
        return tree
      })
    #expect(bare.quantiles([3], [0.5]) == nil)
    #expect(try #require(TreeEnsemble(meanOf: [forest, bare])).quantiles([3], [0.5]) == nil)
  }

  @Test func nothingElseChangesWhateverTheWorkers() throws {
    let training = try lesson(600, 6, seed: 5, weighted: true)
    let (one, two) = (try forest(training), try forest(training, workers: 2))
    let without = try forest(training, keeps: false)
    #expect(one == two && one.isSampled && !without.isSampled)
    #expect(
      one.nodes == without.nodes && one.predict(training.rows) == without.predict(training.rows))
    let row = (0..<6).map { training.rows[9, $0] }
    let found = try #require(one.quantiles(row, [0, 0.1, 0.5, 0.9, 1]))
    #expect(found == found.sorted() && found[0] < found[4])
    #expect(found.allSatisfy { $0 >= (training.labels.min() ?? 0) - 1e-6 })
  }

  @Test func theyAreStoredAndOldFilesRead() throws {
    let training = try lesson(200, 4, seed: 6)
    for keeps in [true, false] {
      let model = Model.forest(try forest(training, trees: 7, keeps: keeps))
      let bytes = model.encoded()
      #expect(bytes[0] == (keeps ? 7 : 4))
      let copy = try Model(decoding: bytes, columns: 4)
      #expect(copy == model)
      let row = (0..<4).map { training.rows[3, $0] }
      #expect(copy.quantiles(row, [0.2]) == model.quantiles(row, [0.2]))
      #expect((copy.quantiles(row, [0.2]) != nil) == keeps)
    }
    // A label too few.
    var short = Model.forest(try forest(training, trees: 2)).encoded()
    short.removeLast(4)
    #expect(throws: ModelsError.self) { try Model(decoding: short, columns: 4) }
  }

  /// Rows without weight are never drawn; a row that weighs more is drawn more often.
  @Test func weightsTellWhoIsDrawn() throws {
    let weights = (0..<400).map { [0.0, 1, 3, 0][$0 % 4] }
    let training = try LabelledRows(
      column([Float](repeating: 1, count: 400)), (0..<400).map { Double($0 % 4) }, weights: weights)
    let trees = try forest(training, trees: 1_000)
    #expect(trees.quantiles([1], [0, 1]) == [1, 2])
    let second = trees.samples.count { $0 == 2 }
    #expect((700...800).contains(second), "\(second) of 1000 where 750 are meant")
  }
}
