import Foundation
import Numerics
import Testing

@testable import Models

/// PyTorch's training of the same network from the same weights, made by Tests/Goldens/network.py.
@Suite struct NetworkGoldenTests {
  private struct Golden: Decodable {
    struct Layer: Decodable {
      let bias: [Float]
      let input: [Float]
      let hidden: [Float]?

      var weights: LayerWeights { LayerWeights(bias: bias, input: input, hidden: hidden ?? []) }
    }

    let window: Int
    let features: Int
    let recurrent: [Int]
    let dense: [Int]
    let rows: [Float]
    let labels: [Double]
    let start: [Layer]
    let end: [Layer]
    let costs: [Double]
    let forecasts: [Double]
  }

  private func golden() throws -> Golden {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Goldens/network.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: path))
  }

  private func length(_ values: [Float]) -> Double {
    values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  @Test func weightsAndCostsAreThoseOfPyTorch() throws {
    let golden = try golden()
    let shape = try NetworkShape(
      window: golden.window, features: golden.features, recurrent: golden.recurrent,
      dense: golden.dense.map { .init(units: $0) })
    let start = try #require(Network(shape: shape, layers: golden.start.map(\.weights)))
    let rows = WindowedRows(
      golden.rows, features: golden.features, window: golden.window,
      ends: golden.labels.indices.map { $0 + golden.window }, labels: golden.labels)
    var parameters = NetworkParameters()
    parameters.window = golden.window
    parameters.recurrent = golden.recurrent
    parameters.dense = shape.dense
    parameters.dropout = 0
    parameters.clip = nil
    parameters.batch = rows.count
    parameters.epochs = golden.costs.count
    let fitted = try parameters.fit(rows, from: NetworkEnsemble([start]))

    for (point, cost) in zip(fitted.curve, golden.costs) {
      #expect(abs(point.training - cost) < 1e-4 * cost, "epoch \(point.epoch)")
    }
    let network = fitted.ensemble.members[0]
    for (layer, (found, expected)) in zip(network.layers, golden.end.map(\.weights)).enumerated() {
      for (one, other) in [
        (found.bias, expected.bias), (found.input, expected.input),
        (found.hidden, expected.hidden),
      ] where !other.isEmpty {
        let (off, size) = (length(zip(one, other).map { $0 - $1 }), length(other))
        #expect(off < 1e-4 * size, "layer \(layer): \(off / size)")
      }
    }
    for (found, expected) in zip(network.predict(rows), golden.forecasts) {
      #expect(abs(found - expected) < 1e-4)
    }
    #expect(Network(shape: shape, layers: network.layers, unit: network.unit) == network)
  }
}
