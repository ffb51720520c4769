import Numerics
import Testing

@testable import Models

/// Windows over random rows, each asked for the mean of its last three values of feature 0, bent and noisy.
func windows(
  _ count: Int, features: Int, window: Int, seed: UInt64, noise: Double = 0.1
) -> WindowedRows {
  var generator = Xoshiro256(seed: seed)
  let rows = count + window - 1
  let values = (0..<rows * features).map { _ in Float(generator.normal()) }
  let ends = (0..<count).map { $0 + window }
  let labels = ends.map { end in
    let last = (max(0, end - 3)..<end).map { Double(values[$0 * features]) }
    return tanh(last.reduce(0, +) / 3) + noise * generator.normal()
  }
  return WindowedRows(values, features: features, window: window, ends: ends, labels: labels)
}

extension WindowedRows {
  /// One window's rows, for the naive network.
  func rows(_ index: Int) -> [[Double]] {
    (Int(ends[index]) - window..<Int(ends[index])).map { row in
      (0..<features).map { Double(values[row * features + $0]) }
    }
  }

  func flat(_ index: Int) -> [Float] {
    Array(values[(Int(ends[index]) - window) * features..<Int(ends[index]) * features])
  }
}

extension NetworkShape {
  /// Weights all over the place, none of them zero but the fillers.
  func roughWeights(seed: UInt64, reach: Double = 0.5) -> [Float] {
    var generator = Xoshiro256(seed: seed)
    var weights = [Float](repeating: 0, count: weightCount)
    for place in plates.flatMap(\.places) {
      weights[place] = Float(generator.uniform(in: -reach...reach))
    }
    return weights
  }
}

/// Small settings that still meet every odd end: rows not in fours, columns not in eights.
func smallShape(
  features: Int = 3, window: Int = 7, recurrent: [Int] = [5, 3], dense: [NetworkShape.Dense] = []
) throws -> NetworkShape {
  try NetworkShape(window: window, features: features, recurrent: recurrent, dense: dense)
}
