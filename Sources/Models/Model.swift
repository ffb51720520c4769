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
  /// Recurrent networks, which read a window of rows.
  case network(NetworkEnsemble)

  /// The word for it in settings and reports.
  public var name: String {
    switch self {
    case .zero: "zero"
    case .lastValue: "last-value"
    case .ridge: "ridge"
    case .boosted: "trees"
    case .forest: "forest"
    case .committee: "ensemble"
    case .network: "lstm"
    }
  }

  /// Rows a forecast is made from, the latest among them; one but for networks.
  public var windowBars: Int {
    if case .network(let networks) = self { networks.shape.window } else { 1 }
  }

  /// Of a model that reads windows, a row is its rows one after the other, the oldest first.
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
    case .network(let networks): networks.predict(row)
    }
  }

  /// Every row at once, with the bits each alone would give, whatever the number of workers.
  public func predict(_ rows: FloatMatrix, workers: Int = 1) -> [Double] {
    switch self {
    case .zero: [Double](repeating: 0, count: rows.rows)
    case .lastValue(let column): rows.column(column).map { Double($0) }
    case .ridge(let ridge): ridge.predict(rows)
    case .boosted(let trees), .forest(let trees): trees.predict(rows, workers: workers)
    case .committee(let committee): committee.predict(rows, workers: workers)
    case .network(let networks): (0..<rows.rows).map { networks.predict(rows.row($0)) }
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
    case .network(let networks): networks.shape.features == columns
    }
  }

  var isCommittee: Bool {
    if case .committee = self { true } else { false }
  }
}

extension FloatMatrix {
  /// One row, its columns side by side.
  fileprivate func row(_ row: Int) -> [Float] { (0..<columns).map { self[row, $0] } }
}
