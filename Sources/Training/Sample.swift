public import Features
internal import Market
public import Numerics

/// One series to learn from: features and labels row by row, in the order of time.
public struct Sample: Sendable {
  public let features: FeatureMatrix
  public let labels: Labels
  /// The rows that are whole, settled and labelled, in order: nothing else is learned from or scored.
  public let usableRows: [Int]

  /// `settlingBars` first rows are left out: their features still remember where the history began.
  public init(_ features: FeatureMatrix, _ labels: Labels, settlingBars: Int = 0) {
    precondition(features.rows == labels.count, "a label place per row")
    self.features = features
    self.labels = labels
    usableRows = (0..<features.rows).filter { row in
      row >= settlingBars && features.isWhole[row] && labels.isLabelled(row)
    }
  }

  /// The usable rows of a range.
  func usable(_ range: Range<Int>) -> [Int] {
    Array(usableRows[place(range.lowerBound)..<place(range.upperBound)])
  }

  /// How many usable rows lie before a row.
  private func place(_ row: Int) -> Int {
    var (low, high) = (0, usableRows.count)
    while low < high {
      let middle = (low + high) / 2
      if usableRows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The rows named, scaled, in that order.
  func scaled(_ rows: [Int], by scaler: Scaler) -> FloatMatrix {
    var matrix = FloatMatrix(rows: rows.count, columns: features.columns)
    var buffer = [Float](repeating: 0, count: features.columns)
    for (place, row) in rows.enumerated() {
      features.copyRow(row, into: &buffer)
      scaler.apply(to: &buffer)
      for column in buffer.indices { matrix.values[column * rows.count + place] = buffer[column] }
    }
    return matrix
  }

  /// The rows named as the recipe gives them.
  public func rows(_ rows: [Int]) -> FloatMatrix {
    var matrix = FloatMatrix(rows: rows.count, columns: features.columns)
    for column in 0..<features.columns {
      for (place, row) in rows.enumerated() {
        matrix.values[column * rows.count + place] = features[row, column]
      }
    }
    return matrix
  }

  func labelValues(_ rows: [Int]) -> [Double] { rows.map { labels.values[$0] } }
}
