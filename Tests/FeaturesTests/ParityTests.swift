import Features
import Testing

/// Whole recipes against what their originals compute.
@Suite struct ParityTests {
  @Test func taColumnsAreThoseOfTheOriginal() throws {
    let golden = try Golden.load("ta")
    let features = try Golden.features("ta")
    #expect(features.map(\.name) == golden.names)
    for feature in features {
      let column = try Series.column(feature.expression, Series.ruled)
      let worst = golden.worst(feature.name, column, from: 1_000)
      #expect(worst < 1e-9, "\(feature.name): \(worst) σ")
    }
  }

  @Test(arguments: ["alpha158", "chinese"])
  func columnsAreThoseOfTheFormulas(recipe: String) throws {
    let golden = try Golden.load(recipe)
    let features = try Golden.features(recipe)
    #expect(features.map(\.name) == golden.names)
    for feature in features {
      let column = try Series.column(feature.expression, Series.ruled)
      let worst = golden.worst(feature.name, column, from: 0)
      #expect(worst < 1e-9, "\(feature.name): \(worst) σ")
    }
  }
}
