import Features
import Market
import Numerics
import Testing

@testable import Models

@Suite struct ForecasterTests {
  private let id = ModelID(77)

  @Test func liveForecastsEqualThoseOfTheMatrix() throws {
    let trained = try trained()
    let history = bars(400, seed: 2)
    var forecaster = Forecaster(trained, as: id, grids: [grid])
    let matrix = FeatureMatrix(trained.recipe, bars: history, grid: grid)
    let settling = trained.recipe.warmUp.settlingBars
    var row = [Float](repeating: 0, count: matrix.columns)
    var made = 0
    for (index, bar) in history.enumerated() {
      let forecast = forecaster.forecast(after: bar)
      matrix.copyRow(index, into: &row)
      let expected = row.withUnsafeMutableBufferPointer { trained.predict(scaling: $0) }
      guard index >= settling, matrix.isWhole[index] else {
        #expect(forecast == nil, "bar \(index)")
        continue
      }
      made += 1
      #expect(forecast?.expectedReturn.bitPattern == expected.bitPattern, "bar \(index)")
      #expect(forecast?.model == id && forecast?.horizonBars == 5)
      #expect(forecast?.deviation == 0.0021)
    }
    #expect(made > 100)
  }

  @Test func instrumentsDoNotDisturbEachOther() throws {
    let trained = try trained()
    let first = bars(300, seed: 3, index: 0)
    let third = bars(300, seed: 4, index: 2)
    var both = Forecaster(trained, as: id, grids: [grid, nil, grid])
    var alone = Forecaster(trained, as: id, grids: [grid])
    var other = Forecaster(trained, as: id, grids: [nil, nil, grid])
    for (left, right) in zip(first, third) {
      #expect(both.forecast(after: left) == alone.forecast(after: left))
      #expect(both.forecast(after: right) == other.forecast(after: right))
    }
  }

  @Test func instrumentsThatAreNotTheModelsGetNothing() throws {
    var forecaster = Forecaster(try trained(), as: id, grids: [nil, grid])
    for index in [0, 2, 900] {
      for bar in bars(200, seed: 5, index: index) {
        #expect(forecaster.forecast(after: bar) == nil)
      }
    }
  }

  @Test func aCopyContinuesAsTheOriginalWould() throws {
    var forecaster = Forecaster(try trained(), as: id, grids: [grid])
    let history = bars(300, seed: 6)
    for bar in history.prefix(200) { _ = forecaster.forecast(after: bar) }
    var copy = forecaster
    for bar in history.dropFirst(200) {
      #expect(forecaster.forecast(after: bar) == copy.forecast(after: bar))
    }
  }
}
