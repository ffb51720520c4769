import Features
import Market
import Numerics
import Testing

@testable import Models

/// What decided a live forecast, parted among its features.
@Suite struct ForecastPartsTests {
  private func models() throws -> [Model] {
    let rows = normals(400, 4, seed: 3)
    let labels = (0..<400).map { 1e-3 * Double(rows[$0, 0] * rows[$0, 1] - rows[$0, 3]) }
    let training = try LabelledRows(rows, labels)
    var growth = GrowthParameters()
    growth.leaves = 8
    growth.leastLeafRows = 5
    let boosted = ModelParameters.boosted(try BoostParameters(growth: growth, rounds: 20))
    let forest = ModelParameters.forest(try ForestParameters(growth: growth, trees: 5))
    let ridge = ModelParameters.ridge(try RidgeParameters(overlapBars: 1))
    let committee = ModelParameters.committee(
      try CommitteeParameters([ridge, boosted, forest], weights: [1, 2, 5]))
    var models: [Model] = [.zero, .lastValue(column: 2)]
    for kind in [ridge, boosted, forest, committee] { models.append(try kind.fit(training).model) }
    let shape = try smallShape(features: 4, window: 6, recurrent: [5])
    let network = try #require(
      Network(shape: shape, weights: shape.roughWeights(seed: 4), unit: 2e-3))
    models.append(.network(try #require(NetworkEnsemble([network]))))
    return models
  }

  @Test func theyAddUpToTheForecastThatWasMade() throws {
    for model in try models() {
      let trained = try trained(model)
      var forecaster = Forecaster(trained, as: ModelID(7), grids: [nil, grid])
      var (told, moving) = (0, 0)
      for bar in bars(300, seed: 8, index: 1) {
        guard let forecast = forecaster.forecast(after: bar) else { continue }
        told += 1
        let input = try #require(forecaster.input(of: InstrumentIndex(1)))
        #expect(input.values.count == trained.inputCount)
        let parts = try #require(trained.parts(of: input))
        #expect(parts.forecast.bitPattern == forecast.expectedReturn.bitPattern, "\(model.name)")
        let sum = parts.parts.reduce(parts.start, +)
        let slack = model.windowBars > 1 ? 2e-6 : 1e-12
        #expect(abs(sum - forecast.expectedReturn) < slack, "\(model.name): \(sum), \(forecast)")
        moving += parts.parts.count { $0 != 0 }
      }
      #expect(told > 50 && (moving > 50) == (model != .zero), "\(model.name)")
      #expect(forecaster.input(of: InstrumentIndex(0)) == nil)
    }
  }

  /// Hand-computable: what a line is forecast from is its intercept and weight times value.
  @Test func ofALineTheyAreWeightTimesValue() throws {
    let trained = try trained()
    let parts = try #require(
      trained.parts(of: ForecastInput(values: [2, -1, 0, 0.5], worth: 3)))
    #expect(abs(parts.start - 3e-5) < 1e-18)
    for (part, wanted) in zip(parts.parts, [6e-4, 6e-4, 0, 6e-5]) {
      #expect(abs(part - wanted) < 1e-15)
    }
    #expect(abs(parts.rest) < 1e-15)
  }

  @Test func ranksDoNotAddUpAndSoAreNotParted() throws {
    let rows = normals(60, 4, seed: 9)
    let training = try LabelledRows(rows, (0..<60).map { Double(rows[$0, 0]) })
    let ridge = ModelParameters.ridge(try RidgeParameters(overlapBars: 1))
    let ranks = try CommitteeParameters([ridge, ridge], joining: .ranks)
    let model = try ModelParameters.committee(ranks).fit(training).model
    let input = ForecastInput(values: [1, 2, 3, 4], worth: 1)
    #expect(try trained(model).parts(of: input) == nil)
  }
}
