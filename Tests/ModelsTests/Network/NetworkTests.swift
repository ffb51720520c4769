import Numerics
import Testing

@testable import Models

@Suite struct NetworkTests {
  private func network(_ shape: NetworkShape, seed: UInt64 = 4) throws -> Network {
    try #require(Network(shape: shape, weights: shape.roughWeights(seed: seed), unit: 0.01))
  }

  @Test func oneWindowAloneHasTheBitsOfManyTogether() throws {
    for shape in try GradientTests.shapes() + [
      smallShape(features: 30, window: 60, recurrent: [50, 50], dense: [.init(units: 25)]),
      // One piece of units that is as wide as can be, two whose last is narrow, three.
      smallShape(features: 5, window: 13, recurrent: [26, 27, 51], dense: [.init(units: 9)]),
      smallShape(features: 5, window: 4, recurrent: [48, 24, 2]),
    ] {
      let network = try network(shape)
      let rows = windows(37, features: shape.features, window: shape.window, seed: 6)
      let together = network.predict(rows, workers: 1)
      #expect(together.map(\.bitPattern) == network.predict(rows, workers: 2).map(\.bitPattern))
      for window in 0..<rows.count {
        let alone = rows.flat(window).withUnsafeBufferPointer { network.predict($0) }
        #expect(alone.bitPattern == together[window].bitPattern, "window \(window) of \(shape)")
      }
    }
  }

  @Test func aNaiveReckoningAgrees() throws {
    let shape = try smallShape(
      features: 30, window: 60, recurrent: [50, 50], dense: [.init(units: 25)])
    let network = try #require(
      Network(shape: shape, weights: shape.startingWeights(seed: 3), unit: 2))
    let naive = NaiveNetwork(shape: shape, weights: network.weights.map { Double($0) })
    let rows = windows(5, features: 30, window: 60, seed: 2)
    for (window, found) in network.predict(rows).enumerated() {
      #expect(abs(found - 2 * naive.forward(rows.rows(window)).output) < 2e-6)
    }
  }

  @Test func theOwnersNetworkHasTheWeightsOfItsDrawing() throws {
    let shape = try NetworkParameters().shape(features: 30)
    #expect(shape.parameterCount == 4 * 50 * (1 + 30 + 50) + 4 * 50 * (1 + 50 + 50) + 25 * 51 + 26)
  }

  @Test func startingWeightsAreWhatTheyShouldBe() throws {
    let shape = try smallShape(features: 6, window: 5, recurrent: [12, 7])
    let weights = shape.startingWeights(seed: 9)
    #expect(weights != shape.startingWeights(seed: 10))
    for layer in shape.lstmLayers {
      let plate = layer.plate
      func column(_ index: Int) -> [Double] {
        (0..<plate.learnedRows).map { Double(weights[plate.place($0, index)]) }
      }
      for row in 0..<plate.learnedRows {
        #expect(weights[plate.place(row, 0)] == (row % 4 == 1 ? 1 : 0))
      }
      for one in 0..<layer.units {
        for other in 0...one {
          let shared = zip(column(1 + layer.inputs + one), column(1 + layer.inputs + other))
            .reduce(0) { $0 + $1.0 * $1.1 }
          #expect(abs(shared - (one == other ? 1 : 0)) < 1e-6)
        }
      }
    }
  }

  @Test func weightsThatAreNoneMakeNoNetwork() throws {
    let shape = try smallShape()
    var weights = shape.roughWeights(seed: 1)
    #expect(Network(shape: shape, weights: Array(weights.dropLast()), unit: 1) == nil)
    #expect(Network(shape: shape, weights: weights, unit: 0) == nil)
    weights[0] = .nan
    #expect(Network(shape: shape, weights: weights, unit: 1) == nil)
    var filled = shape.roughWeights(seed: 1)
    let filler = try #require(
      Set(filled.indices).subtracting(shape.plates.flatMap(\.places)).min())
    filled[filler] = 1
    #expect(Network(shape: shape, weights: filled, unit: 1) == nil)
  }

  @Test func windowsWithHolesAreMaskedAndCounted() {
    var values = [Float](repeating: 1, count: 40)
    values[2 * 11 + 1] = .nan
    values[2 * 15] = .infinity
    let ends = Array(1...20)
    var labels = [Double](repeating: 0.5, count: 20)
    labels[6] = .nan
    let rows = WindowedRows(values, features: 2, window: 4, ends: ends, labels: labels)
    // Windows end behind rows 3 to 19; those over row 11 or 15 and the one without a label are masked.
    #expect(rows.ends == [4, 5, 6, 8, 9, 10, 11, 20])
    #expect(rows.masked == 9)
  }
}
