internal import Numerics

/// How columns are brought to one measure.
public enum Scaling: String, CaseIterable, Hashable, Sendable {
  /// Mean 0 and deviation 1.
  case standard
  /// Median 0 and, by the median distance from it, deviation 1: outliers do not move it.
  case robust
  /// By its rank among the training rows to where a normal distribution has that rank.
  case normal
  /// The least value to 0 and the largest to 1.
  case minmax
  /// Only drawn in at the limits.
  case none
}

/// Brings every column to one measure, as taken on the training rows, and only on those.
///
/// Plain data, so that a model's bundle can carry it; the live row and the matrix go through the
/// same code.
public struct Scaler: Hashable, Sendable {
  public let columns: [Column]

  public init(columns: [Column]) {
    self.columns = columns
  }

  /// Measures the columns on the whole rows among `rows`. With `tail` 0.001, values beyond the
  /// training rows' 0.1 % and 99.9 % quantiles are drawn in before anything is measured.
  public init(
    fitting matrix: FeatureMatrix, rows: some Sequence<Int>, columns: [Int]? = nil,
    scaling: Scaling = .standard, tail: Double? = nil
  ) {
    let chosen = rows.filter { matrix.isWhole[$0] }
    precondition(!chosen.isEmpty, "a scaler is fitted on at least one whole row")
    self.columns = (columns ?? Array(0..<matrix.columns)).map { column in
      let start = column * matrix.rows
      return Column(
        fitting: chosen.map { Double(matrix.values.values[start + $0]) }, scaling, tail: tail)
    }
  }

  /// As people read it: a line per column.
  public func text(names: [String]) -> String {
    precondition(names.count == columns.count, "a name per column")
    return zip(names, columns).reduce(into: "name\tcentre\tspread\tlow\thigh\tknots\n") {
      text, entry in
      let column = entry.1
      text += "\(entry.0)\t\(column.centre)\t\(column.spread)\t\(column.low)\t\(column.high)"
      text += "\t\(column.knots.count)\n"
    }
  }

  /// Leaves every number as it is.
  public static func identity(columns: Int) -> Scaler {
    Scaler(columns: Array(repeating: Column(centre: 0, spread: 1), count: columns))
  }

  /// The columns that did not move on the training rows.
  public var constantColumns: [Int] {
    columns.indices.filter { columns[$0].spread == 0 }
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
