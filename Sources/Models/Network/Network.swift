internal import Numerics

/// A trained recurrent network: its shape and its weights.
public struct Network: Hashable, Sendable {
  public let shape: NetworkShape
  /// Layer after layer, each a matrix in rows; where they lie is the shape's affair.
  public let weights: [Float]
  /// What an output of one is worth, in the labels' own measure.
  public let unit: Double
  /// What a stored weight may hold.
  public let precision: WeightPrecision
  /// The weights once more, in the order that one window alone is reckoned in.
  private let columns: RowWeights

  /// `nil` unless there is a finite weight for each place and none where nothing is learned.
  public init?(
    shape: NetworkShape, weights: [Float], unit: Double, precision: WeightPrecision = .bits32
  ) {
    guard weights.count == shape.weightCount, unit.isFinite, unit > 0,
      weights.allSatisfy(\.isFinite)
    else { return nil }
    var rest = weights
    for place in shape.plates.flatMap(\.places) { rest[place] = 0 }
    guard rest.allSatisfy({ $0 == 0 }) else { return nil }
    self.shape = shape
    self.weights = weights
    self.unit = unit
    self.precision = precision
    columns = RowWeights(shape, weights)
  }

  public static func == (one: Network, other: Network) -> Bool {
    one.shape == other.shape && one.weights == other.weights && one.unit == other.unit
      && one.precision == other.precision
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(shape)
    hasher.combine(weights)
    hasher.combine(unit)
  }
}

extension Network {
  /// The forecast of one window: its rows one after the other, the oldest first.
  public func predict(_ window: UnsafeBufferPointer<Float>) -> Double {
    precondition(window.count == shape.window * shape.features, "a window of the network's size")
    return unit * Double(columns.forecast(window))
  }

  /// Many windows at once, with the bits each alone would give; the number of workers changes none.
  public func predict(_ rows: WindowedRows, workers: Int = 1) -> [Double] {
    precondition(rows.features == shape.features && rows.window == shape.window, "its windows")
    let packed = PackedWeights(shape)
    packed.fill(from: weights, goesBack: false)
    let windows = Array(0..<Int32(rows.count))
    let chunks = Chunks(total: rows.count, size: 64 * lanes)
    let parts = parallelMap(chunks: chunks.count, workers: workers) { chunk in
      TilePass(shape, learns: false).outputs(rows, windows[chunks.range(chunk)], packed)
    }
    return parts.flatMap { $0.map { unit * Double($0) } }
  }
}

extension TilePass {
  /// The network's outputs for windows, 16 at a time, nothing dropped.
  func outputs(
    _ rows: WindowedRows, _ windows: ArraySlice<Int32>, _ packed: PackedWeights
  ) -> [Float] {
    var outputs: [Float] = []
    outputs.reserveCapacity(windows.count)
    for start in stride(from: windows.startIndex, to: windows.endIndex, by: lanes) {
      let tile = windows[start..<min(start + lanes, windows.endIndex)]
      load(rows, tile)
      let found = forward(packed, dropout: nil)
      for lane in 0..<tile.count { outputs.append(found[lane]) }
    }
    return outputs
  }
}
