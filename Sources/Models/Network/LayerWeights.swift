internal import Numerics

/// One layer's weights as other programs order them: row after row, the gates i, f, g, o of a recurrent layer
/// in four blocks. It is how networks come in and go out.
public struct LayerWeights: Hashable, Sendable {
  public let bias: [Float]
  /// A row for each gate or unit, as long as the layer's inputs.
  public let input: [Float]
  /// A row for each gate, as long as the layer's units; empty in a dense layer.
  public let hidden: [Float]

  public init(bias: [Float], input: [Float], hidden: [Float] = []) {
    self.bias = bias
    self.input = input
    self.hidden = hidden
  }
}

extension Network {
  /// The layers in order: recurrent, dense, output.
  public var layers: [LayerWeights] {
    shape.plates.enumerated().map { index, plate in
      let gates = index < shape.recurrent.count ? 4 : 1
      let units = plate.learnedRows / gates
      let inputs = plate.inner - 1 - (gates == 4 ? units : 0)
      func rows(_ columns: Range<Int>) -> [Float] {
        (0..<plate.learnedRows).flatMap { row in
          columns.map { weights[plate.place(row % units * gates + row / units, $0)] }
        }
      }
      return LayerWeights(
        bias: rows(0..<1), input: rows(1..<1 + inputs), hidden: rows(1 + inputs..<plate.inner))
    }
  }

  /// `nil` unless the layers are those of the shape and all numbers finite.
  public init?(shape: NetworkShape, layers: [LayerWeights], unit: Double = 1) {
    guard layers.count == shape.plates.count else { return nil }
    var weights = [Float](repeating: 0, count: shape.weightCount)
    for (index, plate) in shape.plates.enumerated() {
      let (layer, gates) = (layers[index], index < shape.recurrent.count ? 4 : 1)
      let (rows, units) = (plate.learnedRows, plate.learnedRows / gates)
      let hidden = gates == 4 ? units : 0
      let inputs = plate.inner - 1 - hidden
      guard layer.bias.count == rows, layer.input.count == rows * inputs,
        layer.hidden.count == rows * hidden
      else { return nil }
      for row in 0..<rows {
        let target = row % units * gates + row / units
        weights[plate.place(target, 0)] = layer.bias[row]
        for column in 0..<inputs {
          weights[plate.place(target, 1 + column)] = layer.input[row * inputs + column]
        }
        for column in 0..<hidden {
          weights[plate.place(target, 1 + inputs + column)] = layer.hidden[row * hidden + column]
        }
      }
    }
    self.init(shape: shape, weights: weights, unit: unit)
  }
}
