/// Penalties and scales of one tree, in the units of its histograms' cells.
struct Regularisation {
  let l1: Double
  let l2: Double
  let leastRows: Int
  let leastGain: Double
  /// A weight of one in the cells' units; 1 where rows have no weights.
  let weightUnit: Double

  /// Σ drawn towards nothing by l1.
  @inline(__always)
  func drawn(_ sum: Double) -> Double {
    let rest = abs(sum) - l1
    return rest > 0 ? (sum < 0 ? -rest : rest) : 0
  }

  /// The value that serves the sum best: T(G) / (H + λ).
  @inline(__always)
  func value(_ sum: Double, _ weight: Double) -> Double {
    let divisor = weight + l2
    return divisor > 0 ? drawn(sum) / divisor : 0
  }

  /// What a value earns: 2·T(G)·v − (H + λ)·v², most at the best value, T(G)² / (H + λ).
  @inline(__always)
  func score(_ sum: Double, _ weight: Double, at value: Double) -> Double {
    2 * drawn(sum) * value - (weight + l2) * value * value
  }
}
