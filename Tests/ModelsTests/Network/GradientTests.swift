import Numerics
import Testing

@testable import Models

/// The way back, held against finite differences and against the formulas written out.
@Suite struct GradientTests {
  static func shapes() throws -> [NetworkShape] {
    [
      try smallShape(),
      try smallShape(features: 1, window: 3, recurrent: [1]),
      try smallShape(
        features: 9, window: 4, recurrent: [6, 5, 4],
        dense: [.init(units: 7, activation: .tanh), .init(units: 5, activation: .relu)]),
      try smallShape(recurrent: [8], dense: [.init(units: 3)]),
    ]
  }

  @Test func theNaiveGradientIsThatOfFiniteDifferences() throws {
    for (index, shape) in try Self.shapes().enumerated() {
      for masked in [false, true] {
        var generator = Xoshiro256(seed: UInt64(index + 1))
        let window = (0..<shape.window).map { _ in
          (0..<shape.features).map { _ in generator.normal() }
        }
        let masks = masked ? Self.masks(shape, &generator) : nil
        var naive = NaiveNetwork(
          shape: shape, weights: shape.roughWeights(seed: 7).map { Double($0) })
        let gradient = naive.backward(
          naive.forward(window, masks: masks), output: 1, masks: masks)
        for (number, plate) in shape.plates.enumerated() {
          var (difference, size) = (0.0, 0.0)
          for place in plate.places {
            let weight = naive.weights[place]
            func output(_ shift: Double) -> Double {
              naive.weights[place] = weight + shift
              defer { naive.weights[place] = weight }
              return naive.forward(window, masks: masks).output
            }
            let step = 1e-3
            let numeric =
              (8 * (output(step) - output(-step)) - (output(2 * step) - output(-2 * step)))
              / (12 * step)
            difference += (numeric - gradient[place]) * (numeric - gradient[place])
            size += gradient[place] * gradient[place]
          }
          let relative = (difference / max(size, 1e-300)).squareRoot()
          #expect(relative < 1e-6, "shape \(index), plate \(number), masked \(masked): \(relative)")
        }
      }
    }
  }

  @Test func theFusedGradientIsTheNaiveOne() throws {
    for (index, shape) in try Self.shapes().enumerated() {
      for share in [0.0, 0.3] {
        let rows = windows(21, features: shape.features, window: shape.window, seed: 5)
        let weights = shape.roughWeights(seed: 11)
        let dropout = share > 0 ? Dropout(share: share, key: 99) : nil
        let found = Self.fused(shape, weights, rows, dropout)
        let naive = NaiveNetwork(shape: shape, weights: weights.map { Double($0) })
        var expected = [Double](repeating: 0, count: weights.count)
        for window in 0..<rows.count {
          let masks = dropout.map { Self.masks(shape, $0, lane: window % lanes) }
          let memory = naive.forward(rows.rows(window), masks: masks)
          let error = abs(memory.output - Double(found.outputs[window]))
          #expect(error < 2e-6, "shape \(index), window \(window): \(error)")
          let part = naive.backward(memory, output: Self.pull(window), masks: masks)
          for place in expected.indices { expected[place] += part[place] }
        }
        for (number, plate) in shape.plates.enumerated() {
          let relative = Self.distance(plate.places, found.gradient, expected)
          #expect(relative < 2e-5, "shape \(index), plate \(number), share \(share): \(relative)")
        }
      }
    }
  }

  @Test func theFusedGradientIsThatOfItsOwnDifferences() throws {
    let shape = try smallShape(
      features: 4, window: 10, recurrent: [6, 6], dense: [.init(units: 4)])
    let rows = windows(16, features: 4, window: 10, seed: 8)
    let weights = shape.roughWeights(seed: 3)
    for dropout in [nil, Dropout(share: 0.2, key: 5)] {
      let gradient = Self.fused(shape, weights, rows, dropout).gradient
      for (number, plate) in shape.plates.enumerated() {
        // Along the block's own gradient: there a difference is largest against rounding.
        let norm = plate.places.reduce(0) { $0 + gradient[$1] * gradient[$1] }.squareRoot()
        func cost(_ step: Double) -> Double {
          var moved = weights
          for place in plate.places {
            moved[place] += Float(step * gradient[place] / norm)
          }
          let outputs = Self.fused(shape, moved, rows, dropout).outputs
          return outputs.indices.reduce(0) { $0 + Self.pull($1) * Double(outputs[$1]) }
        }
        let step = 0.02
        let numeric =
          (8 * (cost(step) - cost(-step)) - (cost(2 * step) - cost(-2 * step))) / (12 * step)
        #expect(abs(numeric - norm) < 1e-3 * norm, "plate \(number): \(numeric) and \(norm)")
      }
    }
  }

  /// ∂ of a window's output in these tests.
  private static func pull(_ window: Int) -> Double { Double(window % 5) - 1.5 }

  private static func fused(
    _ shape: NetworkShape, _ weights: [Float], _ rows: WindowedRows, _ dropout: Dropout?
  ) -> (outputs: [Float], gradient: [Double]) {
    let pass = TilePass(shape, learns: true)
    let packed = PackedWeights(shape)
    packed.fill(from: weights, goesBack: true)
    let all = Array(0..<Int32(rows.count))
    var outputs: [Float] = []
    for start in stride(from: 0, to: rows.count, by: lanes) {
      let tile = all[start..<min(start + lanes, rows.count)]
      pass.load(rows, tile)
      let found = pass.forward(packed, dropout: dropout)
      outputs += (0..<tile.count).map { found[$0] }
      for lane in 0..<lanes {
        pass.outputGradient[lane] = lane < tile.count ? Float(pull(start + lane)) : 0
      }
      pass.backward(packed, dropout: dropout)
    }
    return (outputs, (0..<weights.count).map { Double(pass.gradient.base[$0]) })
  }

  /// The masks that the kernel makes, by layer, step and unit, as seen by one lane.
  private static func masks(_ shape: NetworkShape, _ dropout: Dropout, lane: Int) -> [[[Double]]] {
    shape.recurrent.enumerated().map { layer, units in
      (0..<shape.window).map { step in
        let ones = [Float](repeating: 1, count: units * lanes)
        var mask = ones
        Dropout.pass(dropout, ones, to: &mask, units: units, layer: layer, step: step)
        return (0..<units).map { Double(mask[$0 * lanes + lane]) }
      }
    }
  }

  private static func masks(
    _ shape: NetworkShape, _ generator: inout Xoshiro256
  ) -> [[[Double]]] {
    shape.recurrent.map { units in
      (0..<shape.window).map { _ in
        (0..<units).map { _ in generator.bool(probability: 0.3) ? 0 : 1.4 }
      }
    }
  }

  private static func distance(_ places: [Int], _ one: [Double], _ other: [Double]) -> Double {
    let difference = places.reduce(0) { $0 + (one[$1] - other[$1]) * (one[$1] - other[$1]) }
    let size = places.reduce(0) { $0 + other[$1] * other[$1] }
    return (difference / max(size, 1e-300)).squareRoot()
  }
}
