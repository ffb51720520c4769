import Features
import Market
import Models
import Numerics
import Testing

@testable import Training

@Suite struct PreparationTests {
  private func walked(
    _ sample: Sample, _ preparation: Preparation, _ parameters: ModelParameters? = nil
  ) throws -> Walk {
    try walk(
      sample, plan: FoldPlan(window: .expanding, firstDays: 6, testDays: 3, embargoBars: 2),
      parameters: parameters ?? .ridge(RidgeParameters(overlapBars: 1)),
      preparation: preparation, horizonBars: 1)
  }

  @Test(arguments: SelectionRule.Criterion.allCases)
  func eachFoldChoosesByItsOwnPast(_ criterion: SelectionRule.Criterion) throws {
    let sample = planted(1_500, 12, r2: 0.3, seed: 21)
    let preparation = Preparation(selection: SelectionRule(count: 4, criterion: criterion))
    let whole = try walked(sample, preparation)
    for fit in whole.fits {
      let selection = try #require(fit.selection)
      #expect(selection.columns.count == 4 && fit.scaler.columns.count == 4)
    }
    // What comes after a fold's training rows changes nothing it has chosen or learned.
    for (place, fit) in whole.fits.enumerated() {
      let other = try walked(altered(sample, from: fit.fold.test[0].lowerBound), preparation)
      #expect(other.fits[place].selection == fit.selection, "fold \(fit.fold.number)")
      #expect(other.fits[place].model == fit.model, "fold \(fit.fold.number)")
    }
  }

  @Test func aSealedModelKnowsNothingButItsChoice() throws {
    let bars = nullMarket(3_000, seed: 8)
    let recipe = try stationary()
    let label = LabelDefinition(
      horizonBars: 5, form: .scaled(LabelDefinition.Volatility(bars: 30)))
    let features = FeatureMatrix(recipe, bars: bars, grid: grid)
    let deviations = FeatureMatrix(
      LabelDefinition.Volatility(bars: 30).recipe, bars: bars, grid: grid)
    let sample = Sample(
      features,
      Labels(label, bars: bars, deviations: bars.indices.map { deviations[$0, 0] }),
      settlingBars: recipe.warmUp.settlingBars)
    let evidence = try walked(sample, Preparation()).evidence
    for scaling in Scaling.allCases {
      let (trained, selection) = try fit(
        sample, recipe: recipe, label: label, interval: .minute5,
        symbols: [Symbol(code: "rb2105", exchange: .shfe)],
        parameters: .ridge(RidgeParameters(penaltiesPerRow: [0.01], overlapBars: 1)),
        preparation: Preparation(
          scaling: scaling, tail: 0.01, selection: SelectionRule(count: 3),
          weighting: Weighting(isByUniqueness: true, halfLifeDays: 20)), evidence: evidence)
      #expect(trained.recipe.count == 3 && selection?.columns.count == 3)
      let copy = try TrainedModel(decoding: trained.encoded())
      #expect(copy.scaler == trained.scaler && copy.label == label)
      try agrees(copy, sample, bars)
    }
  }

  /// The live forecast is the row's, times what a volatility is worth at that row.
  private func agrees(_ trained: TrainedModel, _ sample: Sample, _ bars: [Bar]) throws {
    var live = Forecaster(trained, as: ModelID(1), grids: [grid])
    let rows = sample.rows(sample.usableRows, features: trained.recipe.names)
    var expected: [Instant: Double] = [:]
    var row = [Float](repeating: 0, count: 3)
    for (place, index) in sample.usableRows.enumerated() {
      for column in 0..<3 { row[column] = rows[place, column] }
      expected[sample.features.instants[index]] =
        sample.labels.units[index]
        * row.withUnsafeMutableBufferPointer { trained.predict(scaling: $0) }
    }
    var compared = 0
    for bar in bars {
      guard let forecast = live.forecast(after: bar), let wanted = expected[bar.closedAt]
      else { continue }
      compared += 1
      #expect(forecast.expectedReturn == wanted, "bar at \(bar.closedAt)")
    }
    #expect(compared == expected.count && compared > 2_000)
  }

  @Test func missedRowsAreScoredAndNotLearnedFrom() throws {
    let bars = nullMarket(1_200, seed: 4)
    let tradable = bars.indices.map { $0 % 10 != 3 }
    let recipe = try stationary()
    let labels = Labels(LabelDefinition(horizonBars: 5), bars: bars, isTradable: tradable)
    let sample = Sample(
      FeatureMatrix(recipe, bars: bars, grid: grid), labels,
      settlingBars: recipe.warmUp.settlingBars)
    #expect(sample.learnableRows.allSatisfy { $0 % 10 != 2 })
    let evidence = try walk(
      sample, plan: try FoldPlan(window: .expanding, firstDays: 10, testDays: 8),
      parameters: .ridge(RidgeParameters(overlapBars: 5)), horizonBars: 5
    ).evidence
    let missed = evidence.isMissed.indices.filter { evidence.isMissed[$0] }
    #expect(missed.count > 50 && missed.allSatisfy { evidence.outcomes[$0] == 0 })
    #expect(Scores(evidence).missed == missed.count)
    #expect(try Evidence(decoding: evidence.encoded()) == evidence)
  }

  @Test func aRowOfWeightTwoIsTwoRows() throws {
    var random = Xoshiro256(seed: 6)
    let plain = (0..<60).map { _ in (Float(random.normal()), Float(random.normal())) }
    let labels = plain.map { Double($0.0) * 0.3 - Double($0.1) + random.normal() }
    let double = Array(0..<60) + Array(0..<30)
    let parameters = try RidgeParameters(penaltiesPerRow: [0.02], overlapBars: 1)
    func rows(_ order: [Int]) -> FloatMatrix {
      FloatMatrix(
        rows: order.count, columns: 2,
        values: order.map { plain[$0].0 } + order.map { plain[$0].1 })
    }
    let twice = try parameters.fit(rows(double), double.map { labels[$0] })
    let weighted = try parameters.fit(
      rows(Array(0..<60)), labels, weights: (0..<60).map { $0 < 30 ? 2 : 1 })
    // The penalty is per row: 90 rows of it against 60 whose weights have mean one.
    for (left, right) in zip(twice.weights, weighted.weights) { #expect(abs(left - right) < 1e-9) }
    #expect(abs(twice.intercept - weighted.intercept) < 1e-9)
  }
}
