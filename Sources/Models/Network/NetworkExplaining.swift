internal import Numerics

/// What a network's forecast owes to each number of its window: a row for each bar, the oldest first, a
/// column for each feature.
public struct WindowShares: Hashable, Sendable {
  public let window: Int
  public let features: Int
  /// Bar after bar.
  public let values: [Double]

  public subscript(bar: Int, feature: Int) -> Double { values[bar * features + feature] }

  public var sum: Double { values.reduce(0, +) }
}

extension NetworkEnsemble {
  /// How much the forecast changes where a number is put to nothing, which after scaling is what is usual.
  public func occlusion(_ window: [Float]) -> WindowShares {
    let whole = predict(window)
    var hidden = window
    let values = window.indices.map { place in
      hidden[place] = 0
      defer { hidden[place] = window[place] }
      return whole - predict(hidden)
    }
    return WindowShares(window: shape.window, features: shape.features, values: values)
  }

  /// Integrated gradients from the window of zeros: x · ∫ ∂f(s·x)/∂x ds, by the midpoints of `steps` parts.
  /// Their sum is the forecast less that of the zeros, up to the error of the integral.
  public func integratedGradients(_ window: [Float], steps: Int = 32) -> WindowShares {
    precondition(steps > 0, "an integral has parts")
    var sums = [Double](repeating: 0, count: window.count)
    for member in members {
      for (place, slope) in member.meanSlopes(window, steps: steps).enumerated() {
        sums[place] += Double(window[place]) * slope / Double(members.count)
      }
    }
    return WindowShares(window: shape.window, features: shape.features, values: sums)
  }
}

extension Network {
  /// ∂f/∂x, as a mean over the midpoints of the way from nothing to the window.
  fileprivate func meanSlopes(_ window: [Float], steps: Int) -> [Double] {
    let values = (0..<steps).flatMap { step in
      window.map { $0 * (Float(step) + 0.5) / Float(steps) }
    }
    let rows = WindowedRows(
      values, features: shape.features, window: shape.window,
      ends: (1...steps).map { $0 * shape.window }, labels: [Double](repeating: 0, count: steps))
    let pass = TilePass(shape, learns: true)
    let packed = PackedWeights(shape, explains: true)
    packed.fill(from: weights, goesBack: true)
    var slopes = [Double](repeating: 0, count: window.count)
    let all = Array(0..<Int32(rows.count))
    for start in stride(from: 0, to: all.count, by: lanes) {
      let tile = all[start..<min(start + lanes, all.count)]
      pass.load(rows, tile)
      _ = pass.forward(packed, dropout: nil)
      for lane in 0..<lanes { pass.outputGradient[lane] = lane < tile.count ? 1 : 0 }
      pass.backward(packed, dropout: nil) { step, gradient in
        for feature in 0..<shape.features {
          var sum = 0.0
          for lane in 0..<tile.count { sum += Double(gradient[feature * lanes + lane]) }
          slopes[step * shape.features + feature] += sum
        }
      }
    }
    return slopes.map { unit * $0 / Double(steps) }
  }
}
