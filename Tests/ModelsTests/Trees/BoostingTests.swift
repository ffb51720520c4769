import Numerics
import Testing

@testable import Models

@Suite struct BoostingTests {
  @Test func eachLossForecastsWhatItAsksFor() throws {
    var generator = Xoshiro256(seed: 4)
    let rows = normals(4_000, 3, seed: 5)
    // An outcome leaning to one side: mean 1, median ln 2, 90 % quantile ln 10.
    let labels = (0..<4_000).map { _ in generator.exponential() }
    let training = try LabelledRows(rows, labels)
    let growth = bareGrowth(leaves: 4, leastLeafRows: 500)
    for (loss, expected) in [
      (Loss.squared, 1), (.absolute, log(2)), (.quantile(share: 0.9), log(10)),
      (.huber(threshold: 20), 1),
    ] {
      let boosted = try BoostParameters(growth: growth, loss: loss, rounds: 30).fit(training)
      let mean = Statistics.mean(boosted.ensemble.predict(rows))
      #expect(abs(mean - expected) < 0.1, "\(loss): \(mean)")
      let (first, last) = (boosted.curve[0].training, boosted.curve[boosted.curve.count - 1])
      #expect(last.training <= first, "\(loss)")
    }
  }

  /// With enough rows the root's histogram is carried from tree to tree: what follows must be what counting
  /// it anew gives, which weights of one make sure of.
  @Test func theCarriedRootIsTheCountedOne() throws {
    let plain = try lesson(6_000, 20, seed: 4)
    let weighted = try LabelledRows(
      plain.rows, plain.labels, weights: [Double](repeating: 1, count: 6_000))
    for (leaves, depth) in [(31, nil), (8, 3), (8, 1)] {
      var growth = bareGrowth(leaves: leaves, leastLeafRows: 20)
      growth.depth = depth
      let parameters = try BoostParameters(growth: growth, rounds: 40, rate: 0.1)
      let carried = try parameters.fit(plain, workers: 2)
      let counted = try parameters.fit(weighted)
      #expect(carried == (try parameters.fit(plain)), "\(leaves) leaves")
      for (left, right) in zip(carried.curve, counted.curve) {
        #expect(abs(left.training - right.training) < 1e-3, "\(leaves) leaves")
      }
      #expect(carried.ensemble.nodes.prefix(leaves) == counted.ensemble.nodes.prefix(leaves))
    }
  }

  @Test func itStopsWhereValidationIsBest() throws {
    let training = try lesson(600, 8, seed: 1)
    let validation = try lesson(600, 8, seed: 2)
    let parameters = try BoostParameters(
      growth: bareGrowth(leaves: 31, leastLeafRows: 5), rounds: 400, rate: 0.3, patience: 10)
    let boosted = try parameters.fit(training, validation: validation)
    #expect(boosted.curve.count < 400)
    #expect(boosted.ensemble.trees == boosted.best.trees)
    let losses = boosted.curve.compactMap(\.validation)
    #expect(boosted.best.validation == losses.min())
    let again = Loss.squared.mean(
      validation.labels, boosted.ensemble.predict(validation.rows), nil)
    #expect(abs(again - (boosted.best.validation ?? 0)) < 1e-12)
  }

  @Test func noiseIsForecastAsNothing() throws {
    var generator = Xoshiro256(seed: 9)
    func noise(_ seed: UInt64) throws -> LabelledRows {
      try LabelledRows(normals(800, 6, seed: seed), (0..<800).map { _ in generator.normal() })
    }
    let parameters = try BoostParameters(
      growth: bareGrowth(leastLeafRows: 5), rounds: 50, rate: 0.5, patience: 10, startsAtZero: true)
    let boosted = try parameters.fit(noise(1), validation: noise(2))
    #expect(boosted.ensemble.trees == 0 && boosted.ensemble.base == 0)
  }

  @Test func anOldEnsembleIsBuiltUpon() throws {
    let training = try lesson(1_000, 6, seed: 7)
    let parameters = try BoostParameters(growth: bareGrowth(leastLeafRows: 10), rounds: 15)
    let first = try parameters.fit(training)
    let second = try parameters.fit(training, continuing: first.ensemble)
    #expect(second.ensemble.trees == 30)
    #expect(second.ensemble.nodes.starts(with: first.ensemble.nodes))
    let whole = try BoostParameters(growth: parameters.growth, rounds: 30).fit(training)
    let (left, right) = (second.curve[15].training, whole.curve[30].training)
    #expect(abs(left - right) < 1e-9)
  }

  @Test func itCanBeStopped() throws {
    let training = try lesson(500, 4, seed: 3)
    let parameters = try BoostParameters(growth: bareGrowth(leastLeafRows: 10), rounds: 100)
    let boosted = try parameters.fit(training) { $0.trees < 7 }
    #expect(boosted.ensemble.trees == 7 && boosted.curve.count == 8)
    var news: [Int] = []
    let forest = try ForestParameters(trees: 60).fit(training) {
      news.append($0)
      return $0 < 30
    }
    #expect(news == [16, 32] && forest.ensemble.trees == 32)
  }

  @Test func numbersOutOfRangeAreRefused() {
    #expect(throws: ModelsError.self) { try BoostParameters(rounds: 0) }
    #expect(throws: ModelsError.self) { try BoostParameters(rate: 0) }
    #expect(throws: ModelsError.self) { try BoostParameters(rate: .nan) }
    #expect(throws: ModelsError.self) { try BoostParameters(loss: .quantile(share: 1)) }
    #expect(throws: ModelsError.self) { try BoostParameters(rowShare: 1.5) }
    #expect(throws: ModelsError.self) { try BoostParameters(growth: bareGrowth(leaves: 1)) }
    #expect(throws: ModelsError.self) { try ForestParameters(trees: 0) }
    var growth = GrowthParameters()
    growth.directions = [.rising]
    growth.categories = [0]
    #expect(throws: ModelsError.self) { try BoostParameters(growth: growth) }
  }

  @Test func whatCannotBeLearnedFromIsNamed() throws {
    #expect(throws: ModelsError.tooFewRows(found: 0, needed: 1)) {
      try LabelledRows(FloatMatrix(rows: 0, columns: 2), [])
    }
    var rows = normals(3, 2, seed: 1)
    rows[1, 1] = -.infinity
    #expect(throws: ModelsError.notFinite(column: "atr", row: 2, found: "-inf")) {
      try LabelledRows(rows, [1, 2, 3], names: ["rsi", "atr"])
    }
    #expect(throws: ModelsError.notFinite(column: "labels", row: 3, found: "nan")) {
      try LabelledRows(normals(3, 2, seed: 1), [1, 2, .nan])
    }
    #expect(throws: ModelsError.self) {
      try LabelledRows(normals(2, 1, seed: 1), [1, 2], weights: [0, 0])
    }
    let parameters = try BoostParameters()
    let training = try lesson(50, 3, seed: 1)
    #expect(throws: ModelsError.self) {
      try parameters.fit(training, validation: try lesson(50, 4, seed: 1))
    }
  }

  @Test func wideRowsAndWeightsOfNothingAreNoTrouble() throws {
    let wide = try LabelledRows(normals(60, 5_000, seed: 1), (0..<60).map { Double($0 % 7) })
    let boosted = try BoostParameters(growth: bareGrowth(leastLeafRows: 5), rounds: 2).fit(wide)
    #expect(boosted.ensemble.trees == 2)
    // Rows of no weight change nothing, wherever they lie.
    let plain = try lesson(400, 5, seed: 2)
    let weights = (0..<400).map { $0 < 300 ? 1.0 : 0 }
    let some = try LabelledRows(plain.rows, plain.labels, weights: weights)
    let parameters = try BoostParameters(growth: bareGrowth(leastLeafRows: 20), rounds: 10)
    #expect(try parameters.fit(some).ensemble.predict(plain.rows).allSatisfy(\.isFinite))
  }

  @Test func aForestJudgesItselfOutOfBag() throws {
    let training = try lesson(3_000, 8, seed: 21)
    let fresh = try lesson(3_000, 8, seed: 22)
    let forest = try ForestParameters(trees: 60).fit(training)
    let score = try #require(forest.outOfBagR2)
    let errors = zip(fresh.labels, forest.ensemble.predict(fresh.rows)).map {
      ($0 - $1) * ($0 - $1)
    }
    let honest = 1 - Statistics.mean(errors) / Statistics.variance(fresh.labels, ddof: 0)
    #expect(abs(score - honest) < 0.05, "\(score) out of bag, \(honest) on fresh rows")
    #expect(forest.outOfBag.count { $0 == nil } < 3)
  }
}
