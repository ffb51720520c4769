public import Numerics

/// How a ridge regression is fitted; that it exists means that its numbers were checked.
public struct RidgeParameters: Hashable, Sendable {
  /// Penalties to choose from, per training row, so that they mean the same in a short and a long window.
  public let penaltiesPerRow: [Double]
  /// How many bars neighbouring labels share. Labels of h bars repeat each outcome h times, so a coefficient
  /// costs as much as h of them would on rows that know nothing of each other.
  public let overlapBars: Int
  /// Whether forecasting nothing stands among what is chosen from; without it a single penalty is simply taken.
  public let mayBeZero: Bool

  /// From a ten-thousandth of the rows to ten thousand times them, two steps a decade.
  public static let usualPenalties: [Double] = (-8...8).map { pow(10, Double($0) / 2) }

  public init(
    penaltiesPerRow: [Double] = RidgeParameters.usualPenalties, overlapBars: Int,
    mayBeZero: Bool = true
  ) throws(ModelsError) {
    guard !penaltiesPerRow.isEmpty, penaltiesPerRow.count <= 1_000,
      penaltiesPerRow.allSatisfy({ $0 > 0 && $0.isFinite })
    else {
      throw .badParameter(
        name: "penalties", found: "\(penaltiesPerRow)", expected: "1 to 1000 positive numbers")
    }
    guard 1...100_000 ~= overlapBars else {
      throw .badParameter(name: "overlap", found: "\(overlapBars)", expected: "1 to 100000 bars")
    }
    self.penaltiesPerRow = penaltiesPerRow.sorted(by: >)
    self.overlapBars = overlapBars
    self.mayBeZero = mayBeZero
  }

  /// Fits on scaled rows. The penalty is the one with the least generalised cross-validation,
  /// n·RSS / (n − overlap·(df + 1))², among those given and the zero forecast, whose RSS is Σy² and df none.
  ///
  /// A row of weight w stands in every sum as w rows would; weights are brought to mean one.
  public func fit(
    _ rows: FloatMatrix, _ labels: [Double], weights rowWeights: [Double]? = nil
  ) throws(ModelsError) -> Ridge {
    precondition(labels.count == rows.rows, "a label per row")
    guard rows.rows >= 2 else { throw .tooFewRows(found: rows.rows, needed: 2) }
    let shares = rowWeights.map { given in
      let mean = Statistics.mean(given)
      return given.map { $0 / mean }
    }
    let roots = shares?.map { $0.squareRoot() }
    let (features, means) = centred(rows, shares, roots)
    let labelMean = Self.mean(labels, shares)
    do throws(NumericsError) {
      let path = try RidgePath(features, Self.scaled(labels.map { $0 - labelMean }, roots))
      let penalty = choose(path, Self.scaled(labels, roots))
      let weights =
        penalty == .infinity
        ? [Double](repeating: 0, count: rows.columns) : path.coefficients(penalty: penalty)
      let shift = Statistics.sum(weights.indices.map { weights[$0] * means[$0] })
      let fitted = Ridge(
        intercept: penalty == .infinity ? 0 : labelMean - shift, weights: weights,
        penalty: penalty,
        degreesOfFreedom: penalty == .infinity ? 0 : path.degreesOfFreedom(penalty: penalty))
      guard let fitted else { throw .notFinite }
      return fitted
    } catch {
      throw .algebra(error)
    }
  }

  /// Columns less their means: the scaler left them near zero, rounded to single precision.
  private func centred(
    _ rows: FloatMatrix, _ shares: [Double]?, _ roots: [Double]?
  ) -> (features: Matrix, means: [Double]) {
    var values: [Double] = []
    values.reserveCapacity(rows.values.count)
    var means: [Double] = []
    for column in 0..<rows.columns {
      let wide = rows.column(column).map { Double($0) }
      let mean = Self.mean(wide, shares)
      values += Self.scaled(wide.map { $0 - mean }, roots)
      means.append(mean)
    }
    return (Matrix(rows: rows.rows, columns: rows.columns, values: values), means)
  }

  /// Shares have mean one.
  private static func mean(_ values: [Double], _ shares: [Double]?) -> Double {
    Statistics.mean(scaled(values, shares))
  }

  private static func scaled(_ values: [Double], _ factors: [Double]?) -> [Double] {
    factors.map { zip(values, $0).map { $0 * $1 } } ?? values
  }

  /// The best penalty, infinite where forecasting nothing scores best; of equal ones the largest.
  private func choose(_ path: RidgePath, _ labels: [Double]) -> Double {
    let count = Double(labels.count)
    let nothing = Statistics.sum(labels.map { $0 * $0 }) / count
    var best = (penalty: Double.infinity, score: mayBeZero ? nothing : .infinity)
    for penalty in penaltiesPerRow.map({ $0 * count }) {
      let spent = Double(overlapBars) * (path.degreesOfFreedom(penalty: penalty) + 1)
      guard spent < count else { continue }
      let left = count - spent
      let score = count * path.residualSquares(penalty: penalty) / (left * left)
      if score < best.score { best = (penalty, score) }
    }
    return best.penalty
  }
}
