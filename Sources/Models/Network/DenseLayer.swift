internal import Numerics

/// A dense layer over a tile: y = φ(W·[1; a]), with φ the identity, tanh or max(0, ·).
///
/// And back: ∂z = ∂y·φ′, ∂W += ∂z·[1; a]ᵀ, ∂a = Wᵀ·∂z.
struct DenseLayer: Hashable, Sendable {
  let inputs: Int
  let units: Int
  let activation: NetworkShape.Activation
  let plate: WeightPlate

  init(inputs: Int, units: Int, activation: NetworkShape.Activation, start: Int) {
    self.inputs = inputs
    self.units = units
    self.activation = activation
    plate = WeightPlate(start: start, learnedRows: units, inner: 1 + inputs)
  }

  var end: Int { plate.end }

  func forward(_ memory: DenseMemory, _ packed: PackedPlate) {
    kernels.tileProduct(
      packed.forward.base, memory.joint.base, inner: plate.inner, blocks: plate.rows / 4,
      into: memory.output.base)
    activation.apply(to: memory.output.base, count: plate.rows * lanes)
  }

  /// Takes ∂y from the memory's `above`, leaves ∂W in `gradient` and ∂a in `source`.
  func backward(_ memory: DenseMemory, _ packed: PackedPlate, gradient: FloatMemory) {
    activation.bendBack(
      memory.above.base, output: memory.output.base, count: plate.rows * lanes)
    kernels.tileTurn(memory.joint.base, rowCount: plate.columns, into: memory.turned.base)
    kernels.tileOuter(
      memory.above.base, memory.turned.base, rowCount: plate.rows, columns: plate.columns,
      addingTo: gradient.base + plate.start)
    kernels.tileProduct(
      packed.backward.base, memory.above.base, inner: plate.rows, blocks: packed.backwardBlocks,
      into: memory.source.base)
  }

  var backwardColumns: Range<Int> { 1..<plate.inner }
}

extension NetworkShape.Activation {
  func apply(to values: UnsafeMutablePointer<Float>, count: Int) {
    switch self {
    case .linear: break
    case .tanh: kernels.bend(values, into: values, count: count)
    case .relu: for place in 0..<count where values[place] < 0 { values[place] = 0 }
    }
  }

  /// Multiplies ∂y by φ′, told by y itself: 1 − y² of tanh, 1 or 0 of max(0, ·).
  func bendBack(
    _ gradient: UnsafeMutablePointer<Float>, output: UnsafePointer<Float>, count: Int
  ) {
    switch self {
    case .linear: break
    case .tanh: for place in 0..<count { gradient[place] *= 1 - output[place] * output[place] }
    case .relu: for place in 0..<count where output[place] <= 0 { gradient[place] = 0 }
    }
  }
}

/// What a dense layer holds of a tile.
struct DenseMemory {
  /// [1; a].
  let joint: FloatMemory
  let output: FloatMemory
  /// ∂y, [1; a] turned, and ∂a.
  let above: FloatMemory
  let turned: FloatMemory
  let source: FloatMemory

  init(_ layer: DenseLayer) {
    let plate = layer.plate
    joint = FloatMemory(plate.columns * lanes)
    output = FloatMemory(plate.rows * lanes)
    above = FloatMemory(plate.rows * lanes)
    turned = FloatMemory(plate.columns * lanes)
    source = FloatMemory((plate.columns + 4) * lanes)
    joint.base.update(repeating: 1, count: lanes)
  }

  /// a in [1; a].
  var input: UnsafeMutablePointer<Float> { joint.base + lanes }
}
