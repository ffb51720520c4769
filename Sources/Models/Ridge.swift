internal import Numerics

/// A straight line through scaled features: ŷ = intercept + Σ weight · feature.
public struct Ridge: Hashable, Sendable {
  public let intercept: Double
  public let weights: [Double]
  /// What was added to the diagonal of XᵀX; infinite where the zero forecast won.
  public let penalty: Double
  /// The effective number of coefficients that the penalty left.
  public let degreesOfFreedom: Double

  /// `nil` unless all numbers can be counted with.
  init?(intercept: Double, weights: [Double], penalty: Double, degreesOfFreedom: Double) {
    guard intercept.isFinite, weights.allSatisfy(\.isFinite), penalty >= 0,
      degreesOfFreedom.isFinite, degreesOfFreedom >= 0
    else { return nil }
    self.intercept = intercept
    self.weights = weights
    self.penalty = penalty
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// Whether every feature was found worthless.
  public var isZero: Bool { penalty == .infinity }

  /// One term after the other, so that a row and a matrix give the same bits.
  @inline(__always)
  func predict(_ row: UnsafeBufferPointer<Float>) -> Double {
    precondition(row.count == weights.count, "a row has the columns of the training")
    var sum = intercept
    for column in weights.indices { sum += weights[column] * Double(row[column]) }
    return sum
  }

  func predict(_ rows: FloatMatrix) -> [Double] {
    precondition(rows.columns == weights.count, "a matrix has the columns of the training")
    let values = rows.values
    var sums = [Double](repeating: intercept, count: rows.rows)
    for column in weights.indices {
      let (weight, start) = (weights[column], column * rows.rows)
      for row in sums.indices { sums[row] += weight * Double(values[start + row]) }
    }
    return sums
  }
}
