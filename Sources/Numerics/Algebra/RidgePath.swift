/// Ridge regression for every penalty from one eigendecomposition of XᵀX = V·Λ·Vᵀ.
///
/// X and y come centred (or with a column of ones that is then penalised too). With z = Vᵀ·Xᵀy:
/// β(α) = V·z/(Λ + α), RSS(α) = yᵀy − Σ z²·(λ + 2α)/(λ + α)², df(α) = Σ λ/(λ + α).
public struct RidgePath: Sendable {
  private let eigen: SymmetricEigen
  private let rotated: [Double]
  private let totalSquares: Double
  private let count: Int

  public init(_ x: Matrix, _ y: [Double]) throws(NumericsError) {
    precondition(y.count == x.rows, "a target for each row")
    try self.init(
      gram: x.gram(), moments: x.times(y, transposingSelf: true),
      totalSquares: Statistics.sum(y.map { $0 * $0 }), count: x.rows)
  }

  /// From sums gathered elsewhere: XᵀX, Xᵀy, yᵀy and the number of rows.
  public init(
    gram: Matrix, moments: [Double], totalSquares: Double, count: Int
  ) throws(NumericsError) {
    precondition(moments.count == gram.rows, "a moment for each column")
    guard moments.allSatisfy(\.isFinite), totalSquares.isFinite else { throw .notFinite }
    eigen = try SymmetricEigen(gram)
    rotated = eigen.vectors.times(moments, transposingSelf: true)
    self.totalSquares = totalSquares
    self.count = count
  }

  /// β(α); directions without any variance get no weight.
  public func coefficients(penalty: Double) -> [Double] {
    precondition(penalty >= 0, "a penalty is not negative")
    let shrunk = rotated.indices.map { index in
      isEmpty(index) ? 0 : rotated[index] / (eigen.values[index] + penalty)
    }
    return eigen.vectors.times(shrunk)
  }

  /// df(α), the effective number of coefficients.
  public func degreesOfFreedom(penalty: Double) -> Double {
    Statistics.sum(
      rotated.indices.map { index in
        isEmpty(index) ? 0 : eigen.values[index] / (eigen.values[index] + penalty)
      })
  }

  public func residualSquares(penalty: Double) -> Double {
    let explained = rotated.indices.map { index in
      if isEmpty(index) { return 0.0 }
      let sum = eigen.values[index] + penalty
      return rotated[index] * rotated[index] * (sum + penalty) / (sum * sum)
    }
    return max(0, totalSquares - Statistics.sum(explained))
  }

  /// Generalised cross-validation, n·RSS / (n − df − centred)²: the least is best; infinite when nothing
  /// is left to judge by. `centred` is one when a mean was taken out of y beforehand.
  public func crossValidation(penalty: Double, centred: Double = 1) -> Double {
    let left = Double(count) - degreesOfFreedom(penalty: penalty) - centred
    guard left > 0 else { return .infinity }
    return Double(count) * residualSquares(penalty: penalty) / (left * left)
  }

  /// The penalty with the least cross-validation; of equal ones the largest.
  public func bestPenalty(among penalties: [Double], centred: Double = 1) -> Double? {
    var best: (penalty: Double, score: Double)?
    for penalty in penalties.sorted(by: >) {
      let score = crossValidation(penalty: penalty, centred: centred)
      if score < best?.score ?? .infinity { best = (penalty, score) }
    }
    return best?.penalty
  }

  /// Rounding leaves such eigenvalues where a column depends on others.
  private func isEmpty(_ index: Int) -> Bool {
    eigen.values[index] <= (eigen.values.last ?? 0) * 1e-14
  }
}
