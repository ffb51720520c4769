internal import Numerics

/// A layer of LSTM cells over a tile, 16 windows side by side.
///
/// With F inputs, H units and K = 1 + F + H:
///
///     W     [4H][K]       row 4·j + q is gate q of unit j, in the order i, f, g, o
///     v_t   [K][16]       1; x_t; h_{t−1}
///     z_t   [4H][16]      W·v_t
///
///     i, f, o = σ(z)      g = tanh(z)
///     c_t = f·c_{t−1} + i·g
///     h_t = o·tanh(c_t)
///
/// and back, from ∂h_t, the sum of what comes from above and from the step after:
///
///     ∂c_t += ∂h_t·o·(1 − tanh²c_t)
///     ∂z_o = ∂h_t·tanh(c_t)·o·(1 − o)     ∂z_i = ∂c_t·g·i·(1 − i)
///     ∂z_f = ∂c_t·c_{t−1}·f·(1 − f)       ∂z_g = ∂c_t·i·(1 − g²)
///     ∂c_{t−1} = ∂c_t·f
///     ∂W += ∂z·v_tᵀ                       [∂x_t; ∂h_{t−1}] = Wᵀ·∂z
struct LstmLayer: Hashable, Sendable {
  let inputs: Int
  let units: Int
  let plate: WeightPlate

  init(inputs: Int, units: Int, start: Int) {
    self.inputs = inputs
    self.units = units
    plate = WeightPlate(start: start, learnedRows: 4 * units, inner: 1 + inputs + units)
  }

  var end: Int { plate.end }

  /// Where h stands in v.
  private var hiddenRow: Int { 1 + inputs }

  /// All steps forward; v holds every x_t before and every h_t after.
  func forward(_ memory: LstmMemory, _ packed: PackedPlate, steps: Int) {
    for step in 0..<steps {
      let (before, kept) = (memory.kept(step), memory.kept(step + 1))
      kernels.tileProduct(
        packed.forward.base, memory.joint(step), inner: plate.inner, blocks: units, into: kept,
        pitch: LstmMemory.keptRows * lanes)
      kernels.cellForward(before: before, kept, units: units, hidden: memory.hidden(step + 1))
    }
  }

  /// All steps back; leaves ∂W in `gradient` and hands each ∂x_t to `below`, last step first.
  func backward(
    _ memory: LstmMemory, _ packed: PackedPlate, steps: Int, gradient: FloatMemory,
    below: ((_ step: Int, _ gradient: UnsafePointer<Float>) -> Void)?
  ) {
    memory.cell.clear()
    memory.source.clear()
    let later = memory.source.base + (below == nil ? 0 : inputs * lanes)
    for step in (0..<steps).reversed() {
      kernels.cellBackward(
        before: memory.kept(step), memory.kept(step + 1), units: units, above: memory.above(step),
        later: later, cell: memory.cell.base, sums: memory.sums.base)
      kernels.tileTurn(memory.joint(step), rowCount: plate.columns, into: memory.turned.base)
      kernels.tileOuter(
        memory.sums.base, memory.turned.base, rowCount: plate.rows, columns: plate.columns,
        addingTo: gradient.base + plate.start)
      kernels.tileProduct(
        packed.backward.base, memory.sums.base, inner: plate.rows, blocks: packed.backwardBlocks,
        into: memory.source.base)
      below?(step, memory.source.base)
    }
  }

  /// The columns whose gradient goes on: nothing lies below the first layer but the features.
  func backwardColumns(isFirst: Bool) -> Range<Int> {
    (isFirst ? hiddenRow : 1)..<plate.inner
  }
}

/// What a layer remembers of a tile's way forward, and what it needs on the way back.
///
/// Without learning nothing of the past is needed but the last step: then two steps take turns.
struct LstmMemory {
  /// Rows a unit keeps of a step: i, f, g, o, c, tanh c.
  static let keptRows = 6

  private let layer: LstmLayer
  private let keepsAll: Bool
  /// v of each step and of the one after the last, whose h is the layer's last word.
  private let joints: FloatMemory
  private let steps: FloatMemory
  /// ∂h from above: of every step, or of the last one alone.
  private let aboves: FloatMemory
  private let isLast: Bool
  private let window: Int
  /// ∂c, ∂z, v turned, and Wᵀ·∂z.
  let cell: FloatMemory
  let sums: FloatMemory
  let turned: FloatMemory
  let source: FloatMemory

  init(_ layer: LstmLayer, window: Int, isLast: Bool, keepsAll: Bool) {
    self.layer = layer
    self.isLast = isLast
    self.keepsAll = keepsAll
    self.window = window
    let (columns, units) = (layer.plate.columns, layer.units)
    joints = FloatMemory((window + 1) * columns * lanes)
    steps = FloatMemory((keepsAll ? window + 1 : 2) * Self.keptRows * units * lanes)
    aboves = FloatMemory(keepsAll ? (isLast ? 1 : window) * units * lanes : 0)
    cell = FloatMemory(keepsAll ? units * lanes : 0)
    sums = FloatMemory(keepsAll ? layer.plate.rows * lanes : 0)
    turned = FloatMemory(keepsAll ? columns * lanes : 0)
    source = FloatMemory(keepsAll ? (columns + 4) * lanes : 0)
    for step in 0..<window { joint(step).update(repeating: 1, count: lanes) }
  }

  /// v_t: the ones, x_t, h_{t−1}.
  func joint(_ step: Int) -> UnsafeMutablePointer<Float> {
    joints.base + step * layer.plate.columns * lanes
  }

  /// x_t in v_t.
  func input(_ step: Int) -> UnsafeMutablePointer<Float> { joint(step) + lanes }

  /// h_{t−1} in v_t.
  func hidden(_ step: Int) -> UnsafeMutablePointer<Float> {
    joint(step) + (1 + layer.inputs) * lanes
  }

  /// What step t − 1 left; nothing before the first.
  func kept(_ step: Int) -> UnsafeMutablePointer<Float> {
    let place = keepsAll ? step : step % 2
    return steps.base + place * Self.keptRows * layer.units * lanes
  }

  /// ∂h_t from above, absent where nothing above has seen that step.
  func above(_ step: Int) -> UnsafeMutablePointer<Float>? {
    guard isLast else { return aboves.base + step * layer.units * lanes }
    return step == window - 1 ? aboves.base : nil
  }

  /// Without all steps kept, the first step must find no cell of the tile before.
  func begin() {
    guard !keepsAll else { return }
    kept(0).update(repeating: 0, count: Self.keptRows * layer.units * lanes)
  }
}
