internal import Numerics

/// The way of one tile of 16 windows through a network and back.
struct TilePass {
  private let shape: NetworkShape
  private let lstm: [(layer: LstmLayer, memory: LstmMemory)]
  private let dense: [(layer: DenseLayer, memory: DenseMemory)]
  private let learns: Bool
  /// ∂ of all weights, added up over the tiles that came through.
  let gradient: FloatMemory

  init(_ shape: NetworkShape, learns: Bool) {
    self.shape = shape
    self.learns = learns
    let last = shape.recurrent.count - 1
    lstm = shape.lstmLayers.enumerated().map { index, layer in
      (layer, LstmMemory(layer, window: shape.window, isLast: index == last, keepsAll: learns))
    }
    dense = shape.denseLayers.map { ($0, DenseMemory($0)) }
    gradient = FloatMemory(learns ? shape.weightCount : 0)
  }

  /// Lays the windows of a tile side by side; lanes without one hold zeros.
  func load(_ rows: WindowedRows, _ windows: ArraySlice<Int32>) {
    let (features, memory) = (shape.features, lstm[0].memory)
    rows.values.withUnsafeBufferPointer { values in
      for lane in 0..<lanes {
        guard lane < windows.count else {
          for step in 0..<shape.window {
            for feature in 0..<features { memory.input(step)[feature * lanes + lane] = 0 }
          }
          continue
        }
        let window = Int(windows[windows.startIndex + lane])
        var source = (Int(rows.ends[window]) - shape.window) * features
        for step in 0..<shape.window {
          let target = memory.input(step) + lane
          for feature in 0..<features { target[feature * lanes] = values[source + feature] }
          source += features
        }
      }
    }
  }

  /// The forecasts of the windows loaded. `dropout` is absent where nothing is to be dropped.
  func forward(_ packed: PackedWeights, dropout: Dropout?) -> UnsafeMutablePointer<Float> {
    for (index, (layer, memory)) in lstm.enumerated() {
      memory.begin()
      layer.forward(memory, packed.lstm[index], steps: shape.window)
      if index + 1 < lstm.count {
        for step in 0..<shape.window {
          Dropout.pass(
            dropout, memory.hidden(step + 1), to: lstm[index + 1].memory.input(step),
            units: layer.units, layer: index, step: step)
        }
      } else {
        Dropout.pass(
          dropout, memory.hidden(shape.window), to: dense[0].memory.input, units: layer.units,
          layer: index, step: shape.window - 1)
      }
    }
    for (index, (layer, memory)) in dense.enumerated() {
      layer.forward(memory, packed.dense[index])
      guard index + 1 < dense.count else { break }
      dense[index + 1].memory.input.update(
        from: memory.output.base, count: layer.units * lanes)
    }
    return dense[dense.count - 1].memory.output.base
  }

  /// Where ∂ of each forecast is to be put before the way back.
  var outputGradient: UnsafeMutablePointer<Float> { dense[dense.count - 1].memory.above.base }

  /// From ∂ of the forecasts to ∂ of all weights, which is added to `gradient`.
  ///
  /// `features` hears of ∂ of each bar's features, the last bar first; then the weights must be packed for it.
  func backward(
    _ packed: PackedWeights, dropout: Dropout?,
    features: ((_ step: Int, _ gradient: UnsafePointer<Float>) -> Void)? = nil
  ) {
    for (index, (layer, memory)) in dense.enumerated().reversed() {
      layer.backward(memory, packed.dense[index], gradient: gradient)
      guard index > 0 else { break }
      dense[index - 1].memory.above.base.update(
        from: memory.source.base, count: layer.inputs * lanes)
    }
    let last = lstm.count - 1
    if let above = lstm[last].memory.above(shape.window - 1) {
      Dropout.pass(
        dropout, dense[0].memory.source.base, to: above, units: lstm[last].layer.units,
        layer: last, step: shape.window - 1)
    }
    for (index, (layer, memory)) in lstm.enumerated().reversed() {
      guard index > 0 else {
        layer.backward(
          memory, packed.lstm[0], steps: shape.window, gradient: gradient,
          below: features)
        break
      }
      let (below, target) = lstm[index - 1]
      layer.backward(memory, packed.lstm[index], steps: shape.window, gradient: gradient) {
        step, source in
        guard let above = target.above(step) else { return }
        Dropout.pass(
          dropout, source, to: above, units: below.units, layer: index - 1, step: step)
      }
    }
  }
}

/// Inverted dropout behind a recurrent layer: y = m·x / (1 − p) with m zero for a share p of the numbers.
///
/// The mask is a function of key, layer and step, so that the way back drops what the way forward dropped,
/// ∂x = m·∂y / (1 − p), and nothing is stored.
struct Dropout {
  let share: Double
  /// Of this tile in this step of learning.
  let key: UInt64

  static func pass(
    _ dropout: Dropout?, _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>,
    units: Int, layer: Int, step: Int
  ) {
    guard let dropout else { return target.update(from: source, count: units * lanes) }
    var words = SplitMix64(seed: dropout.key ^ UInt64(layer) << 32 ^ UInt64(step))
    kernels.drop(
      source, into: target, count: units * lanes, share: dropout.share, key: words.next())
  }
}
