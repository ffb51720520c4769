internal import Numerics

/// How the learning rate moves; a closed family.
public enum LearningRate: Hashable, Sendable {
  case constant
  /// Rises evenly over the first epochs, then falls to nothing along half a cosine.
  case cosine(warmUpEpochs: Int)
  /// Is multiplied by `factor` after so many epochs without a better forecast of the held-out windows.
  case plateau(epochs: Int, factor: Double)

  func check() throws(ModelsError) {
    switch self {
    case .constant: break
    case .cosine(let epochs): try inRange("warm-up", epochs, 0...100_000)
    case .plateau(let epochs, let factor):
      try inRange("plateau", epochs, 1...100_000)
      guard factor > 0, factor < 1 else {
        throw .badParameter(name: "factor", found: "\(factor)", expected: "between 0 and 1")
      }
    }
  }

  /// What the rate is multiplied by in a step, the first being 0.
  func factor(step: Int, stepsPerEpoch: Int, epochs: Int, reductions: Int) -> Double {
    switch self {
    case .constant: return 1
    case .cosine(let warmUp):
      let (first, total) = (warmUp * stepsPerEpoch, epochs * stepsPerEpoch)
      if step < first { return Double(step + 1) / Double(first) }
      let share = Double(step - first) / Double(max(1, total - first))
      return (1 + Self.cosine(.pi * min(1, share))) / 2
    case .plateau(_, let factor): return pow(factor, Double(reductions))
    }
  }

  /// Σ (−1)ⁿ·x²ⁿ / (2n)!, exact to the last places from 0 to π.
  private static func cosine(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for n in 1...16 {
      term *= -x * x / Double((2 * n - 1) * (2 * n))
      sum += term
    }
    return sum
  }
}
