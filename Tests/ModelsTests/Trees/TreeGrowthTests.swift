import Numerics
import Testing

@testable import Models

@Suite struct TreeGrowthTests {
  @Test func aStepIsFoundWhereItIs() throws {
    let training = try LabelledRows(column([1, 2, 3, 10, 11, 12]), [0, 0, 0, 6, 6, 6])
    let trees = try oneTree(training, bareGrowth(leaves: 2))
    #expect(trees.nodes.map(\.feature) == [0, -1, -1])
    #expect(trees.nodes.map(\.cut) == [6.5, -3, 3])
    #expect(trees.base == 3)
    // 0·6 + 6·6 rows' squares: 3·9 + 3·9 above a mean of nothing.
    #expect(abs(trees.gains[0] - 54) < 1e-4)
    #expect(trees.covers == [6, 3, 3])
    #expect(trees.predict(training.rows) == [0, 0, 0, 6, 6, 6])
  }

  @Test func absentValuesGoWhereTheyServe() throws {
    let values: [Float] = [1, 2, .nan, .nan, 3, 4]
    for (labels, missingLeft) in [([0, 0, 0, 0, 8, 8.0], true), ([0, 0, 8, 8, 8, 8], false)] {
      let trees = try oneTree(try LabelledRows(column(values), labels), bareGrowth(leaves: 2))
      #expect(trees.nodes[0].isMissingLeft == missingLeft)
      #expect(trees.nodes[0].cut == 2.5)
      #expect(trees.predict(column(values)).map { ($0 * 1e5).rounded() / 1e5 } == labels)
    }
    // Where only absence tells, the values all go left.
    let trees = try oneTree(
      try LabelledRows(column([1, 2, .nan, .nan, 1, 2]), [0, 0, 5, 5, 0, 0]), bareGrowth(leaves: 2))
    #expect(trees.nodes[0].cut == .infinity && !trees.nodes[0].isMissingLeft)
  }

  @Test func thePenaltiesDrawLeavesIn() throws {
    var growth = bareGrowth(leaves: 2)
    growth.l1 = 1
    growth.l2 = 2
    let trees = try oneTree(
      try LabelledRows(column([1, 2, 3, 4]), [-3, -3, 3, 3]), growth)
    // (−6 + 1) / (2 + 2) and the same on the other side.
    #expect(trees.nodes.map(\.cut) == [2.5, -1.25, 1.25])
  }

  @Test func categoriesArePartedByWhatTheyMean() throws {
    var growth = bareGrowth(leaves: 2)
    growth.categories = [0]
    let names: [Float] = (0..<400).map { Float([7, -1, 3, 12][$0 % 4]) }
    let labels = names.map { $0 == 7 || $0 == 3 ? 4.0 : -4.0 }
    let trees = try oneTree(try LabelledRows(column(names), labels), growth)
    let low = trees.predict([7, 3, -1, 12, 99, .nan].map { [$0] }.map { [Float]($0) }.joinedRows())
    #expect(abs(low[0] - 4) < 1e-5 && abs(low[1] - 4) < 1e-5)
    #expect(abs(low[2] + 4) < 1e-5 && abs(low[3] + 4) < 1e-5)
    // A name the training did not know is treated like none.
    #expect(low[4] == low[5])
  }

  @Test func unknownCategoriesGoWhereAbsentOnesGo() throws {
    var growth = bareGrowth(leaves: 2)
    growth.categories = [0]
    growth.bins = 3
    // Absent values, and the name too rare for a code of its own, belong to 0 and 1: against 2.
    let names: [Float] = (0..<400).map { $0 % 50 == 0 ? 9 : [.nan, 0, 1, 2][$0 % 4] }
    let labels = names.map { $0 == 2 ? 4.0 : -4.0 }
    let trees = try oneTree(try LabelledRows(column(names), labels), growth)
    #expect(trees.sets == [[2]] && !trees.nodes[0].isMissingLeft)
    let found = trees.predict(column([.nan, 0, 1, 9, 77, 2]))
    #expect(found.prefix(5).allSatisfy { abs($0 + 4) < 1e-4 } && abs(found[5] - 4) < 1e-4)
    let told = trees.predict(column(names))
    #expect(zip(told, labels).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test func nothingToPartIsALeaf() throws {
    let same = try oneTree(try LabelledRows(column([1, 2, 3]), [5, 5, 5]), bareGrowth())
    #expect(same.trees == 0 && same.predict(column([9])) == [5])
    let alone = try oneTree(try LabelledRows(column([1]), [5]), bareGrowth())
    #expect(alone.predict(column([9])) == [5])
    let absent = try oneTree(
      try LabelledRows(column([.nan, .nan, .nan]), [1, 2, 6]), bareGrowth())
    #expect(absent.trees == 0 && absent.predict(column([.nan])) == [3])
  }

  @Test func limitsAreKept() throws {
    let training = try lesson(600, 6, seed: 3)
    for (leaves, depth, rows) in [(4, nil, 1), (31, 2, 1), (31, nil, 50), (1_000_000, nil, 7)] {
      var growth = bareGrowth(leaves: leaves, leastLeafRows: rows)
      growth.depth = depth
      for order in GrowthParameters.Order.allCases {
        growth.order = order
        let trees = try oneTree(training, growth)
        let ends = trees.nodes.indices.filter { trees.nodes[$0].isLeaf }
        #expect(ends.count <= leaves)
        #expect(ends.allSatisfy { trees.covers[$0] >= Float(rows) })
        if depth != nil { #expect(ends.count <= 4) }
      }
    }
  }

  @Test func everyTrainingRowFindsItsLeafByRawValues() throws {
    for seed in 1...8 as ClosedRange<UInt64> {
      let training = try lesson(3_000, 9, seed: seed, absent: 0.3)
      let boosted = try BoostParameters(growth: bareGrowth(), rounds: 10, rate: 0.3).fit(training)
      let loss = Loss.squared.mean(
        training.labels, boosted.ensemble.predict(training.rows), nil)
      // The curve is kept through codes, the forecast made from raw values.
      #expect(abs(loss - boosted.curve[boosted.curve.count - 1].training) < 1e-12, "seed \(seed)")
    }
  }

  @Test func theNumberOfWorkersChangesNoBit() throws {
    for weighted in [false, true] {
      let training = try lesson(4_000, 37, seed: 5, weighted: weighted)
      var growth = bareGrowth(leastLeafRows: 5)
      growth.nodeFeatures = 0.6
      let parameters = try BoostParameters(growth: growth, rounds: 12, rowShare: 0.8)
      let alone = try parameters.fit(training, workers: 1)
      #expect(try parameters.fit(training, workers: 2) == alone)
      #expect(try parameters.fit(training, workers: 5) == alone)
      let forest = try ForestParameters(growth: growth, trees: 20)
      #expect(try forest.fit(training, workers: 1) == forest.fit(training, workers: 3))
    }
  }

  /// Weights of one are none, also where a row that is drawn twice counts twice.
  @Test func aForestOfEqualWeightsIsThatOfNone() throws {
    let plain = try lesson(900, 6, seed: 4)
    let ones = [Double](repeating: 1, count: 900)
    let weighted = try LabelledRows(plain.rows, plain.labels, weights: ones)
    let parameters = try ForestParameters(growth: bareGrowth(leastLeafRows: 5), trees: 8)
    let (one, other) = (try parameters.fit(plain), try parameters.fit(weighted))
    #expect(one.ensemble.nodes.map(\.feature) == other.ensemble.nodes.map(\.feature))
    for (left, right) in zip(one.ensemble.predict(plain.rows), other.ensemble.predict(plain.rows)) {
      #expect(abs(left - right) < 1e-6)
    }
  }

  /// Asked eight trees at a time, eight rows at a time and node by node: the same bits.
  @Test func everyWayOfAskingGivesTheSameBits() throws {
    var training = try lesson(1_201, 9, seed: 8, absent: 0.3)
    for leaves in [2, 31, 300] {
      let growth = bareGrowth(leaves: leaves, leastLeafRows: 2)
      let trees = try BoostParameters(growth: growth, rounds: 21).fit(training).ensemble
      #expect(trees.walk != nil)
      var rows = training.rows
      (rows[3, 0], rows[4, 1], rows[5, 2]) = (.infinity, -.infinity, .nan)
      let together = trees.predict(rows)
      #expect(trees.predict(rows, workers: 2) == together)
      for row in 0..<1_201 {
        let walked =
          trees.base
          + (0..<trees.trees).reduce(0) { $0 + trees.value(ofTree: $1, rows, row: row) }
        let alone = Model.boosted(trees).predict((0..<9).map { rows[row, $0] })
        #expect(walked == together[row] && alone == together[row], "\(leaves), row \(row)")
      }
    }
    // Trees that ask for categories are walked node by node.
    training = try lesson(5_000, 5, seed: 8)
    var growth = bareGrowth(leaves: 8)
    growth.categories = [2]
    let named = try BoostParameters(growth: growth, rounds: 3).fit(training).ensemble
    #expect(named.walk == nil)
    let together = named.predict(training.rows, workers: 2)
    for row in 0..<5_000 {
      let alone = Model.boosted(named).predict((0..<5).map { training.rows[row, $0] })
      #expect(alone == together[row])
    }
  }

  @Test func directionsHoldEverywhere() throws {
    let training = try lesson(2_000, 5, seed: 11)
    var growth = bareGrowth(leastLeafRows: 5)
    growth.directions = [.falling, .free, .rising]
    let boosted = try BoostParameters(growth: growth, rounds: 40, rate: 0.2).fit(training)
    var generator = Xoshiro256(seed: 1)
    for probe in 0..<10_000 {
      var row = (0..<5).map { _ in Float(generator.normal() * 2) }
      let before = Model.boosted(boosted.ensemble).predict(row)
      let column = probe % 2 * 2
      row[column] += Float(generator.exponential())
      let change = Model.boosted(boosted.ensemble).predict(row) - before
      #expect(column == 0 ? change <= 0 : change >= 0, "probe \(probe)")
    }
  }
}

extension [[Float]] {
  fileprivate func joinedRows() -> FloatMatrix {
    FloatMatrix(rows: count, columns: 1, values: map { $0[0] })
  }
}
