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
    case .network(let networks): networks.predict(row)
    }
  }

  /// Every row at once, with the bits each alone would give.
  public func predict(_ rows: FloatMatrix) -> [Double] {
    switch self {
    case .zero: [Double](repeating: 0, count: rows.rows)
    case .lastValue(let column): rows.column(column).map { Double($0) }
    case .ridge(let ridge): ridge.predict(rows)
    case .boosted(let trees), .forest(let trees): trees.predict(rows)
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
    case .network(let networks): networks.shape.features == columns
    }
  }
}

/// Which model is fitted and how; the parameters of each were checked when they were made.
public enum ModelParameters: Hashable, Sendable {
  case zero
  case lastValue(column: Int)
  case ridge(RidgeParameters)
  case boosted(BoostParameters)
  case forest(ForestParameters)
  case network(NetworkParameters)

  /// The word for what comes of them.
  public var name: String {
    switch self {
    case .zero: "zero"
    case .lastValue: "last-value"
    case .ridge: "ridge"
    case .boosted: "trees"
    case .forest: "forest"
    case .network: "lstm"
    }
  }

  /// Whether rows are brought to mean 0 and deviation 1 first; a value that is repeated must stay what it is.
  public var wantsScaledRows: Bool {
    if case .lastValue = self { false } else { true }
  }

  /// Whether it reads features at all, so that there is something to choose among.
  public var readsFeatures: Bool {
    switch self {
    case .zero, .lastValue: false
    case .ridge, .boosted, .forest, .network: true
    }
  }

  /// The share of the latest rows that tells when to stop; `nil` where nothing has to be told.
  public var heldOutShare: Double? {
    switch self {
    case .boosted(let parameters): parameters.patience == nil ? nil : 0.2
    case .network(let parameters): parameters.patience == nil ? nil : 0.2
    case .zero, .lastValue, .ridge, .forest: nil
    }
  }

  /// Fits on scaled rows and their labels; `validation` rows are those that were held out.
  public func fit(
    _ training: LabelledRows, validation: LabelledRows? = nil, workers: Int = 1
  ) throws(ModelsError) -> Model {
    switch self {
    case .zero: .zero
    case .lastValue(let column): .lastValue(column: column)
    case .ridge(let parameters):
      .ridge(try parameters.fit(training.rows, training.labels, weights: training.weights))
    case .boosted(let parameters):
      .boosted(try parameters.fit(training, validation: validation, workers: workers).ensemble)
    case .forest(let parameters):
      .forest(try parameters.fit(training, workers: workers).ensemble)
    case .network(let parameters):
      throw .badParameter(
        name: "lesson", found: "single rows", expected: "windows of \(parameters.window) rows")
    }
  }
}

extension FloatMatrix {
  /// One row, its columns side by side.
  fileprivate func row(_ row: Int) -> [Float] { (0..<columns).map { self[row, $0] } }
}
