internal import CKernels

/// The kernels of recurrent networks in one machine code, chosen once for this CPU.
///
/// A row of a tile holds one number for each of 16 windows; what each kernel does is written in the header.
@safe public struct RecurrentKernels: @unchecked Sendable {
  /// Windows side by side in a tile.
  public static let lanes = 16
  /// Units of a piece of `rowLayer`, and how many the last one may have.
  public static let pieceUnits = 24
  public static let lastUnits = 26

  /// A constant of the program: nothing ever writes to it.
  private let table: UnsafePointer<kernels_recurrent>

  /// For this CPU.
  public static let chosen = unsafe RecurrentKernels(table: kernels_recurrent_chosen())
  /// For any CPU, many times slower where it could do better: the tests' witness.
  public static let portable = unsafe RecurrentKernels(table: kernels_recurrent_portable())

  /// "fused" or "portable": results are the same on all CPUs that run the same code.
  public var name: String { unsafe String(cString: table.pointee.name) }
}

extension RecurrentKernels {
  public typealias Numbers = UnsafePointer<Float>
  public typealias Target = UnsafeMutablePointer<Float>

  /// out = W·values, W in blocks of four rows.
  @inline(__always)
  public func tileProduct(
    _ weights: Numbers, _ values: Numbers, inner: Int, blocks: Int, into out: Target,
    pitch: Int = 64
  ) {
    unsafe table.pointee.tile_product(weights, values, inner, blocks, out, pitch)
  }

  /// sum += rows·turnedᵀ over the windows.
  @inline(__always)
  public func tileOuter(
    _ rows: Numbers, _ turned: Numbers, rowCount: Int, columns: Int, addingTo sum: Target
  ) {
    unsafe table.pointee.tile_outer(rows, turned, rowCount, columns, sum)
  }

  /// Windows side by side become windows one after the other.
  @inline(__always)
  public func tileTurn(_ rows: Numbers, rowCount: Int, into turned: Target) {
    unsafe table.pointee.tile_turn(rows, rowCount, turned)
  }

  @inline(__always)
  public func cellForward(before: Numbers, _ kept: Target, units: Int, hidden: Target) {
    unsafe table.pointee.cell_forward(before, kept, units, hidden)
  }

  @inline(__always)
  public func cellBackward(
    before: Numbers, _ kept: Numbers, units: Int, above: Numbers?, later: Numbers, cell: Target,
    sums: Target
  ) {
    unsafe table.pointee.cell_backward(before, kept, units, above, later, cell, sums)
  }

  /// Drops a share of the numbers and scales the rest by 1 / (1 − share).
  @inline(__always)
  public func drop(
    _ source: Numbers, into out: Target, count: Int, share: Double, key: UInt64
  ) {
    unsafe table.pointee.drop(
      source, out, count, key, UInt32(share * 0x1p32), Float(1 / (1 - share)))
  }

  /// One window: sums += values·W.
  @inline(__always)
  public func rowProduct(
    _ weights: Numbers, _ values: Numbers, inner: Int, columns: Int, addingTo sums: Target
  ) {
    unsafe table.pointee.row_product(weights, values, inner, columns, sums)
  }

  /// One window, all its steps: sums += values·W.
  @inline(__always)
  public func rowsProduct(
    _ weights: Numbers, _ values: Numbers, pitch: Int, steps: Int, inner: Int, columns: Int,
    addingTo sums: Target
  ) {
    unsafe table.pointee.rows_product(weights, values, pitch, steps, inner, columns, sums)
  }

  /// One window through all steps of a recurrent layer, whose weights lie in pieces.
  @inline(__always)
  public func rowLayer(
    _ weights: Numbers, sums: Numbers, steps: Int, units: Int, columns: Int, cell: Target,
    none: Numbers, states: Target, pitch: Int
  ) {
    unsafe table.pointee.row_layer(
      weights, sums, steps, units, columns, cell, none, states, pitch)
  }

  /// tanh, as the cells have it.
  @inline(__always)
  public func bend(_ source: Numbers, into out: Target, count: Int) {
    unsafe table.pointee.bend(source, out, count)
  }
}

/// One step of Adam with decoupled weight decay.
public struct AdamStep: Hashable, Sendable {
  public var rate: Double
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public var decay: Double
  /// Counts from one.
  public var number: Int
  /// What the gradient is multiplied by, less than one where it was too long.
  public var gain: Double

  public init(rate: Double, decay: Double, number: Int, gain: Double) {
    self.rate = rate
    self.decay = decay
    self.number = number
    self.gain = gain
  }
}

extension RecurrentKernels {
  /// `decays` holds 1 for each weight that decays and 0 for the others; a multiple of 8 numbers.
  public func adam(
    _ step: AdamStep, gradient: Numbers, decays: [Float], weights: inout [Float],
    mean: inout [Float], square: inout [Float]
  ) {
    let count = weights.count
    precondition(count % 8 == 0 && decays.count == count, "weights in vectors of eight")
    precondition(mean.count == count && square.count == count, "moments for each weight")
    let values = kernels_adam(
      rate: Float(step.rate), beta1: Float(step.beta1), rest1: Float(1 - step.beta1),
      beta2: Float(step.beta2), rest2: Float(1 - step.beta2), epsilon: Float(step.epsilon),
      correction1: Float(1 / (1 - pow(step.beta1, Double(step.number)))),
      correction2: Float(1 / (1 - pow(step.beta2, Double(step.number)))),
      gain: Float(step.gain), decay: Float(step.decay))
    unsafe table.pointee.adam_step(
      values, gradient, decays, count, &weights, &mean, &square)
  }
}
