internal import Numerics

/// The weights of a network for one window alone, with the gates as lanes; every sum has the terms and the
/// order it has in a tile, and so its bits.
///
///     bias [4H]   x [F][4H]   h [H][4H]      gate q of unit j in column q·H + j
struct RowWeights: Sendable {
  private struct Layer: Sendable {
    let inputs: Int
    let units: Int
    /// Columns rounded up to eight.
    let width: Int
    let bias: [Float]
    let input: [Float]
    /// None in a dense layer.
    let hidden: [Float]
    let activation: NetworkShape.Activation
  }

  private let window: Int
  private let lstm: [Layer]
  private let dense: [Layer]
  /// Numbers of scratch for one forecast.
  private let room: Int

  private static let spare = 16

  init(_ shape: NetworkShape, _ weights: [Float]) {
    window = shape.window
    lstm = shape.lstmLayers.map { layer in
      Self.turned(
        layer.plate, weights, inputs: layer.inputs, units: layer.units, gates: 4,
        activation: .linear)
    }
    dense = shape.denseLayers.map { layer in
      Self.turned(
        layer.plate, weights, inputs: layer.inputs, units: layer.units, gates: 1,
        activation: layer.activation)
    }
    let widest = (lstm + dense).map(\.width).max() ?? 0
    let states = (lstm.map(\.units).max() ?? 0) + Self.spare
    let head = dense.reduce(0) { $0 + $1.width }
    room = window * (widest + states) + 2 * states + head + Self.spare
  }

  private static func turned(
    _ plate: WeightPlate, _ weights: [Float], inputs: Int, units: Int, gates: Int,
    activation: NetworkShape.Activation
  ) -> Layer {
    let width = (gates * units + 7) / 8 * 8
    func columns(_ range: Range<Int>) -> [Float] {
      var turned = [Float](repeating: 0, count: range.count * width)
      for (place, column) in range.enumerated() {
        for unit in 0..<units {
          for gate in 0..<gates {
            turned[place * width + gate * units + unit] =
              weights[plate.place(gates * unit + gate, column)]
          }
        }
      }
      return turned
    }
    return Layer(
      inputs: inputs, units: units, width: width, bias: columns(0..<1),
      input: columns(1..<1 + inputs), hidden: columns(1 + inputs..<plate.inner),
      activation: activation)
  }

  func forecast(_ window: UnsafeBufferPointer<Float>) -> Float {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: room) { scratch in
      guard let base = scratch.baseAddress, let rows = window.baseAddress else { return .nan }
      return forecast(rows, base)
    }
  }

  private func forecast(_ rows: UnsafePointer<Float>, _ scratch: UnsafeMutablePointer<Float>)
    -> Float
  {
    var (values, pitch) = (rows, lstm[0].inputs)
    // States of all steps, then sums of all steps, then what dense layers need.
    let states = scratch
    let statePitch = (lstm.map(\.units).max() ?? 0) + Self.spare
    let sums = states + (window + 2) * statePitch
    for layer in lstm {
      Self.run(
        layer, values, pitch: pitch, steps: window, sums: sums, states: states,
        statePitch: statePitch)
      (values, pitch) = (UnsafePointer(states), statePitch)
    }
    values += (window - 1) * statePitch
    var target = sums
    for layer in dense {
      target.update(from: layer.bias, count: layer.width)
      kernels.rowProduct(
        layer.input, values, inner: layer.inputs, columns: layer.width, addingTo: target)
      layer.activation.apply(to: target, count: layer.width)
      values = UnsafePointer(target)
      target += layer.width
    }
    return values[0]
  }

  /// One layer over all steps. Its states may be written where its inputs stand: an input is read before.
  private static func run(
    _ layer: Layer, _ values: UnsafePointer<Float>, pitch: Int, steps: Int,
    sums: UnsafeMutablePointer<Float>, states: UnsafeMutablePointer<Float>, statePitch: Int
  ) {
    for step in 0..<steps {
      let target = sums + step * layer.width
      target.update(from: layer.bias, count: layer.width)
      kernels.rowProduct(
        layer.input, values + step * pitch, inner: layer.inputs, columns: layer.width,
        addingTo: target)
    }
    let cell = states + steps * statePitch
    cell.update(repeating: 0, count: 2 * statePitch)
    var hidden = cell + statePitch
    for step in 0..<steps {
      let target = sums + step * layer.width
      kernels.rowProduct(
        layer.hidden, hidden, inner: layer.units, columns: layer.width, addingTo: target)
      hidden = states + step * statePitch
      kernels.rowCell(target, units: layer.units, cell: cell, hidden: hidden)
    }
  }
}
