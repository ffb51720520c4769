public import Features
internal import Market
internal import Models
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
    gathered(rows) { scaler.apply(to: $0) }
  }

  /// The rows named as the recipe gives them.
  public func rows(_ rows: [Int]) -> FloatMatrix {
    gathered(rows) { _ in }
  }

  private func gathered(
    _ rows: [Int], _ change: (UnsafeMutableBufferPointer<Float>) -> Void
  ) -> FloatMatrix {
    let columns = features.columns
    var values = [Float](repeating: 0, count: rows.count * columns)
    var buffer = [Float](repeating: 0, count: columns)
    for (place, row) in rows.enumerated() {
      features.copyRow(row, into: &buffer)
      buffer.withUnsafeMutableBufferPointer { change($0) }
      for column in 0..<columns { values[column * rows.count + place] = buffer[column] }
    }
    return FloatMatrix(rows: rows.count, columns: columns, values: values)
  }

  /// The rows to learn from and, behind them, the share held out that tells when to stop. Rows whose labels
  /// reach into those held out are in neither: they would tell what is to be foretold.
  func parted(_ rows: [Int], heldOut share: Double?) -> (early: [Int], late: [Int]) {
    guard let share else { return (rows, []) }
    let late = Array(rows.suffix(Int(Double(rows.count) * share)))
    guard let first = late.first else { return (rows, []) }
    let early = rows.dropLast(late.count).filter { row in
      labels.spans[row].map { Int($0.exitRow) < first } ?? false
    }
    return early.isEmpty ? (rows, []) : (early, late)
  }

  /// The rows named, scaled, with their labels.
  func lesson(_ rows: [Int], _ scaler: Scaler) throws(ModelsError) -> LabelledRows {
    try LabelledRows(scaled(rows, by: scaler), labelValues(rows), names: features.names)
  }

  func labelValues(_ rows: [Int]) -> [Double] { rows.map { labels.values[$0] } }
}
