import Features
import Market
import Models
import Numerics
import Testing

@testable import Training

/// Every kind of model, tuned as the Python reference is, on signals that were planted and on none.
enum TunedModel: String, CaseIterable, Sendable {
  case ridge
  case trees
  case forest

  func parameters(rows: Int, seed: UInt64) throws -> ModelParameters {
    var growth = GrowthParameters()
    switch self {
    case .ridge: return .ridge(try RidgeParameters(overlapBars: 1))
    case .trees:
      growth.leaves = 15
      growth.leastLeafRows = max(20, rows / 100)
      growth.treeFeatures = 0.5
      growth.l2 = 10
      return .boosted(
        try BoostParameters(
          growth: growth, rounds: 150, rate: 0.03, rowShare: 0.7, startsAtZero: true, seed: seed))
    case .forest:
      growth.leaves = GrowthParameters.mostLeaves
      growth.nodeFeatures = 1.0 / 3
      growth.leastLeafRows = max(20, rows / 200)
      return .forest(try ForestParameters(growth: growth, trees: 60, rowShare: 0.5, seed: seed))
    }
  }
}

@Suite struct PlantedTests {
  /// 40 AR(0.8) features, the sum of the first two explaining the share `r2`; 5,000 rows to learn from and as many
  /// to forecast. Labels exchanged in blocks of `exchanged` rows know nothing of their features.
  private func evidence(
    _ model: TunedModel, r2: Double, seed: UInt64, exchanged block: Int? = nil
  ) throws -> Evidence {
    var generator = Xoshiro256(seed: seed)
    let (rows, columns) = (10_000, 40)
    var values = FloatMatrix(rows: rows, columns: columns)
    var signal = [Double](repeating: 0, count: rows)
    for column in 0..<columns {
      var value = generator.normal()
      for row in 0..<rows {
        value = 0.8 * value + 0.6 * generator.normal()
        values[row, column] = Float(value)
        if column < 2 { signal[row] += value * 0.5.squareRoot() }
      }
    }
    var outcomes = signal.map { $0 * r2.squareRoot() + (1 - r2).squareRoot() * generator.normal() }
    if let block {
      let order = generator.permutation(rows / block)
      outcomes = order.flatMap { outcomes[$0 * block..<($0 + 1) * block] }
    }
    let instants = (0..<rows).map { Instant(seconds: 1_500_000_000 + Int64($0) * 300) }
    let features = FeatureMatrix(
      names: (0..<columns).map { "x\($0)" }, values: values, instants: instants,
      tradingDays: (0..<rows).map { TradingDay(days: Int32(17_000 + $0 / 100)) })
    return try walk(
      Sample(features, labels(outcomes, horizon: 1, instants)),
      plan: FoldPlan(window: .expanding, firstDays: 50, testDays: 50),
      parameters: model.parameters(rows: 5_000, seed: seed), horizonBars: 1
    ).evidence
  }

  /// The share that is there, less what is lost to fitting it.
  @Test(arguments: TunedModel.allCases) func fivePercentAreFound(_ model: TunedModel) throws {
    let found = try (1...10).map { seed in
      try #require(Scores(evidence(model, r2: 0.05, seed: seed)).r2Zero)
    }
    #expect((0.03...0.05).contains(Statistics.mean(found)), "seeds 1…10: \(found)")
  }

  @Test(arguments: TunedModel.allCases) func nothingIsFoundWhereNothingIs(
    _ model: TunedModel
  ) throws {
    let found = try (1...6).map { seed in
      try #require(Scores(evidence(model, r2: 0, seed: seed)).r2Zero)
    }
    #expect((-0.015...0.003).contains(Statistics.mean(found)), "seeds 1…6: \(found)")
  }

  @Test(arguments: TunedModel.allCases) func exchangedLabelsTellNothing(_ model: TunedModel) throws
  {
    let all = try (1...6).map {
      Scores(try evidence(model, r2: 0.3, seed: $0, exchanged: 20))
    }
    let mean = Statistics.mean(all.compactMap(\.r2Zero))
    // Labels dealt in blocks give neighbours the same answer, which trees learn by heart: worse than
    // nothing, and never better.
    #expect((-0.03...0.003).contains(mean), "seeds 1…6: \(all.map(\.r2Zero))")
    #expect(all.count { ($0.clarkWest ?? 0) > 1.645 } <= 2, "seeds 1…6: \(all.map(\.clarkWest))")
  }
}
