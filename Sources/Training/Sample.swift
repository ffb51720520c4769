public import Features
internal import Market
internal import Models
public import Numerics

/// One series to learn from: features and labels row by row, in the order of time.
public struct Sample: Sendable {
  public let features: FeatureMatrix
  public let labels: Labels
  /// The rows that are whole, settled and labelled, in order: nothing else is scored.
  public let usableRows: [Int]
  /// Those of them whose entry price could be had: nothing else is learned from.
  public let learnableRows: [Int]

  /// `settlingBars` first rows are left out: their features still remember where the history began.
  public init(_ features: FeatureMatrix, _ labels: Labels, settlingBars: Int = 0) {
    precondition(features.rows == labels.count, "a label place per row")
    self.features = features
    self.labels = labels
    let usable = (0..<features.rows).filter { row in
      row >= settlingBars && features.isWhole[row] && labels.isLabelled(row)
    }
    usableRows = usable
    learnableRows = usable.filter { !labels.isMissed[$0] }
  }

  /// The rows of a range to forecast and score.
  func usable(_ range: Range<Int>) -> [Int] { Sample.part(usableRows, range) }

  /// The rows of a range to learn from.
  func learnable(_ range: Range<Int>) -> [Int] { Sample.part(learnableRows, range) }

  private static func part(_ rows: [Int], _ range: Range<Int>) -> [Int] {
    func place(_ row: Int) -> Int {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if rows[middle] < row { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return Array(rows[place(range.lowerBound)..<place(range.upperBound)])
  }

  /// The rows named, scaled, in that order.
  func scaled(_ rows: [Int], by lens: Lens) -> FloatMatrix {
    gathered(rows, lens.columns) { lens.scaler.apply(to: $0) }
  }

  /// The rows named as the recipe gives them: all features, or those of the names.
  public func rows(_ rows: [Int], features names: [String]? = nil) -> FloatMatrix {
    let columns = names?.map { name in
      guard let column = features.names.firstIndex(of: name) else {
        preconditionFailure("no feature \(name) in this sample")
      }
      return column
    }
    return gathered(rows, columns ?? Array(0..<features.columns)) { _ in }
  }

  private func gathered(
    _ rows: [Int], _ columns: [Int], _ change: (UnsafeMutableBufferPointer<Float>) -> Void
  ) -> FloatMatrix {
    var values = [Float](repeating: 0, count: rows.count * columns.count)
    var buffer = [Float](repeating: 0, count: columns.count)
    for (place, row) in rows.enumerated() {
      features.copyRow(row, columns, into: &buffer)
      buffer.withUnsafeMutableBufferPointer { change($0) }
      for column in columns.indices { values[column * rows.count + place] = buffer[column] }
    }
    return FloatMatrix(rows: rows.count, columns: columns.count, values: values)
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

  /// The rows named, scaled, with their labels and what each counts.
  func lesson(
    _ rows: [Int], _ lens: Lens, _ weighting: Weighting
  ) throws(ModelsError) -> LabelledRows {
    try LabelledRows(
      scaled(rows, by: lens), labelValues(rows),
      weights: weighting.weights(of: rows, labels, days: features.tradingDays),
      names: lens.columns.map { features.names[$0] })
  }

  /// The returns there were; nothing where the entry price could not be had.
  func outcomes(_ rows: [Int]) -> [Double] {
    rows.map { labels.isMissed[$0] ? 0 : labels.returns[$0] }
  }

  func labelValues(_ rows: [Int]) -> [Double] { rows.map { labels.values[$0] } }
}
