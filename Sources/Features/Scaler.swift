internal import Numerics

/// Brings every column to mean 0 and deviation 1 as measured on the training rows, and only on
/// those.
///
/// Plain data, so that a model's bundle can carry it; the live row and the matrix go through the
/// same code.
public struct Scaler: Hashable, Sendable {
  /// What one column is held against; all in the column's own units.
  public struct Column: Hashable, Sendable {
    public let mean: Double
    /// 0 for a column that did not move on the training rows: it becomes 0 everywhere.
    public let deviation: Double
    /// Values outside are drawn to the nearer limit first; infinite where there is none.
    public let low: Double
    public let high: Double

    public init(
      mean: Double, deviation: Double, low: Double = -.infinity, high: Double = .infinity
    ) {
      precondition(deviation >= 0 && low <= high, "a spread and limits in order")
      self.mean = mean
      self.deviation = deviation
      self.low = low
      self.high = high
    }

    @inline(__always)
    func scaled(_ value: Float) -> Float {
      guard deviation > 0 else { return value.isFinite ? 0 : value }
      let wide = Double(value)
      let drawn = wide < low ? low : wide > high ? high : wide
      return Float((drawn - mean) / deviation)
    }
  }

  public let columns: [Column]

  public init(columns: [Column]) {
    self.columns = columns
  }

  /// Measures the columns on the whole rows among `rows`. With `tail` 0.001, values beyond the
  /// training rows' 0.1 % and 99.9 % quantiles are drawn in before mean and deviation are taken.
  public init(fitting matrix: FeatureMatrix, rows: some Sequence<Int>, tail: Double? = nil) {
    let chosen = rows.filter { matrix.isWhole[$0] }
    precondition(!chosen.isEmpty, "a scaler is fitted on at least one whole row")
    columns = (0..<matrix.columns).map { column in
      let start = column * matrix.rows
      return Column(fitting: chosen.map { Double(matrix.values.values[start + $0]) }, tail: tail)
    }
  }

  /// Leaves every number as it is.
  public static func identity(columns: Int) -> Scaler {
    Scaler(columns: Array(repeating: Column(mean: 0, deviation: 1), count: columns))
  }

  /// The columns without any spread on the training rows.
  public var constantColumns: [Int] {
    columns.indices.filter { columns[$0].deviation == 0 }
  }

  public func apply(to row: inout [Float]) {
    row.withUnsafeMutableBufferPointer { apply(to: $0) }
  }

  public func apply(to row: UnsafeMutableBufferPointer<Float>) {
    precondition(row.count == columns.count, "a row has the columns of the training")
    for column in row.indices { row[column] = columns[column].scaled(row[column]) }
  }

  public func apply(to matrix: inout FeatureMatrix) {
    precondition(matrix.columns == columns.count, "a matrix has the columns of the training")
    let rows = matrix.rows
    matrix.values.values.withUnsafeMutableBufferPointer { values in
      for (index, column) in columns.enumerated() {
        for place in index * rows..<(index + 1) * rows {
          values[place] = column.scaled(values[place])
        }
      }
    }
  }
}

extension Scaler.Column {
  fileprivate init(fitting values: [Double], tail: Double?) {
    var (low, high) = (-Double.infinity, Double.infinity)
    var drawn = values
    if let tail {
      precondition(0 <= tail && tail < 0.5, "a tail is less than half")
      let sorted = values.sorted()
      low = Statistics.quantile(sorted: sorted, tail)
      high = Statistics.quantile(sorted: sorted, 1 - tail)
      drawn = values.map { $0 < low ? low : $0 > high ? high : $0 }
    }
    // Rounding must not make a spread of a column that never moved.
    let moves = drawn.contains { $0 != drawn[0] }
    self.init(
      mean: moves ? Statistics.mean(drawn) : drawn[0],
      deviation: moves ? Statistics.deviation(drawn, ddof: 0) : 0, low: low, high: high)
  }
}
