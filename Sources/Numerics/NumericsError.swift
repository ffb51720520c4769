/// Why a matrix could not be factored or a fit not be found.
public enum NumericsError: Error, Equatable, Sendable {
  /// The leading minor of this order is not positive: columns depend on each other.
  case notPositiveDefinite(order: Int)
  /// A number among the inputs is infinite or not a number.
  case notFinite
  /// The iteration gave up; `failed` values did not converge.
  case notConverged(failed: Int)
}

extension NumericsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notPositiveDefinite(let order):
      "the matrix is not positive definite (leading minor \(order)); are columns duplicated?"
    case .notFinite: "the input holds a number that is infinite or not a number"
    case .notConverged(let failed): "the decomposition did not converge (\(failed) values)"
    }
  }
}
