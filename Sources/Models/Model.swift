public import Numerics

/// What turns a row of scaled features into an expected return; a closed family.
public enum Model: Hashable, Sendable {
  /// Forecasts nothing: the baseline every other must beat.
  case zero
  /// Repeats a column, which holds the last realised return; its scaler leaves it as it is.
  case lastValue(column: Int)
  case ridge(Ridge)

  /// The word for it in settings and reports.
  public var name: String {
    switch self {
    case .zero: "zero"
    case .lastValue: "last-value"
    case .ridge: "ridge"
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
    }
  }

  /// Every row at once, with the bits each alone would give.
  public func predict(_ rows: FloatMatrix) -> [Double] {
    switch self {
    case .zero: [Double](repeating: 0, count: rows.rows)
    case .lastValue(let column): rows.column(column).map { Double($0) }
    case .ridge(let ridge): ridge.predict(rows)
    }
  }

  /// Whether rows of so many columns can be forecast from.
  func fits(columns: Int) -> Bool {
    switch self {
    case .zero: true
    case .lastValue(let column): 0..<columns ~= column
    case .ridge(let ridge): ridge.weights.count == columns
    }
  }
}

/// Which model is fitted and how; the parameters of each were checked when they were made.
public enum ModelParameters: Hashable, Sendable {
  case zero
  case lastValue(column: Int)
  case ridge(RidgeParameters)

  /// Whether rows are brought to mean 0 and deviation 1 first; a value that is repeated must stay what it is.
  public var wantsScaledRows: Bool {
    if case .lastValue = self { false } else { true }
  }

  /// Fits on scaled rows and their labels.
  public func fit(_ rows: FloatMatrix, _ labels: [Double]) throws(ModelsError) -> Model {
    switch self {
    case .zero: .zero
    case .lastValue(let column): .lastValue(column: column)
    case .ridge(let parameters): .ridge(try parameters.fit(rows, labels))
    }
  }
}
