internal import Numerics

/// The weights of a network for one window alone, with the gates as lanes; every sum has the terms and the
/// order it has in a tile, and so its bits.
///
///     bias [W]   x [F][W]   h, piece after piece, [H][columns of the piece]
///
/// A recurrent layer's units go in pieces that fit the registers; a piece has its gates one after the other.
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
    lstm = shape.lstmLayers.map { Self.recurrent($0, weights) }
    dense = shape.denseLayers.map { Self.dense($0, weights) }
    let widest = (lstm + dense).map(\.width).max() ?? 0
    let states = (lstm.map(\.units).max() ?? 0) + Self.spare
    let head = dense.reduce(0) { $0 + $1.width }
    room = window * (widest + states) + 2 * states + head + Self.spare
  }

  private static func recurrent(_ layer: LstmLayer, _ weights: [Float]) -> Layer {
    let pieces = Self.pieces(layer.units)
    // By column, the row of the plate it holds; −1 for what only fills up.
    let rows = pieces.map { units in
      let rows = (0..<4).flatMap { gate in units.map { 4 * $0 + gate } }
      return rows + [Int](repeating: -1, count: (8 - rows.count % 8) % 8)
    }
    func turned(_ columns: Range<Int>, _ rows: [Int]) -> [Float] {
      columns.flatMap { column in
        rows.map { $0 < 0 ? 0 : weights[layer.plate.place($0, column)] }
      }
    }
    let (all, inputs) = (rows.flatMap { $0 }, 1 + layer.inputs)
    return Layer(
      inputs: layer.inputs, units: layer.units, width: all.count, bias: turned(0..<1, all),
      input: turned(1..<inputs, all),
      hidden: rows.flatMap { turned(inputs..<layer.plate.inner, $0) }, activation: .linear)
  }

  /// The units of each piece, as the kernel has them.
  private static func pieces(_ units: Int) -> [Range<Int>] {
    var (pieces, first) = ([Range<Int>](), 0)
    while units - first > RecurrentKernels.lastUnits {
      pieces.append(first..<first + RecurrentKernels.pieceUnits)
      first += RecurrentKernels.pieceUnits
    }
    return pieces + [first..<units]
  }

  private static func dense(_ layer: DenseLayer, _ weights: [Float]) -> Layer {
    let width = (layer.units + 7) / 8 * 8
    func turned(_ columns: Range<Int>) -> [Float] {
      columns.flatMap { column in
        (0..<width).map { $0 < layer.units ? weights[layer.plate.place($0, column)] : 0 }
      }
    }
    return Layer(
      inputs: layer.inputs, units: layer.units, width: width, bias: turned(0..<1),
      input: turned(1..<layer.plate.inner), hidden: [], activation: layer.activation)
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
      (sums + step * layer.width).update(from: layer.bias, count: layer.width)
    }
    kernels.rowsProduct(
      layer.input, values, pitch: pitch, steps: steps, inner: layer.inputs, columns: layer.width,
      addingTo: sums)
    let cell = states + steps * statePitch
    cell.update(repeating: 0, count: 2 * statePitch)
    kernels.rowLayer(
      layer.hidden, sums: sums, steps: steps, units: layer.units, columns: layer.width, cell: cell,
      none: cell + statePitch, states: states, pitch: statePitch)
  }
}
