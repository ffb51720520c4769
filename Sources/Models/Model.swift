public import Numerics

/// What turns a row of scaled features into an expected return; a closed family.
public enum Model: Hashable, Sendable {
  /// Forecasts nothing: the baseline every other must beat.
  case zero
  /// Repeats a column, which holds the last realised return; its scaler leaves it as it is.
  case lastValue(column: Int)
  case ridge(Ridge)
  /// Boosted trees.
  case boosted(TreeEnsemble)
  /// A random forest.
  case forest(TreeEnsemble)
  /// Several of the others that answer together.
  case committee(Committee)

  /// The word for it in settings and reports.
  public var name: String {
    switch self {
    case .zero: "zero"
    case .lastValue: "last-value"
    case .ridge: "ridge"
    case .boosted: "trees"
    case .forest: "forest"
    case .committee: "ensemble"
    }
  }

  public func predict(_ row: [Float]) -> Double {
    row.withUnsafeBufferPointer { predict($0) }
  }

  public func predict(_ row: UnsafeBufferPointer<Float>) -> Double {
    switch self {
    case .zero: 0
    case .lastValue(let column): Double(row[column])
    case .ridge(let ridge): ridge.predict(row)
    case .boosted(let trees), .forest(let trees): trees.predict(row)
    case .committee(let committee): committee.predict(row)
    }
  }

  /// Every row at once, with the bits each alone would give.
  public func predict(_ rows: FloatMatrix) -> [Double] {
    switch self {
    case .zero: [Double](repeating: 0, count: rows.rows)
    case .lastValue(let column): rows.column(column).map { Double($0) }
    case .ridge(let ridge): ridge.predict(rows)
    case .boosted(let trees), .forest(let trees): trees.predict(rows)
    case .committee(let committee): committee.predict(rows)
    }
  }

  /// Whether rows of so many columns can be forecast from.
  func fits(columns: Int) -> Bool {
    switch self {
    case .zero: true
    case .lastValue(let column): 0..<columns ~= column
    case .ridge(let ridge): ridge.weights.count == columns
    case .boosted(let trees), .forest(let trees): trees.columns == columns
    case .committee(let committee):
      committee.members.allSatisfy { $0.model.fits(columns: columns) }
    }
  }

  var isCommittee: Bool {
    if case .committee = self { true } else { false }
  }
}
