public import Numerics

/// Rows of features with the outcomes to learn from them.
public struct LabelledRows: Sendable {
  public let rows: FloatMatrix
  public let labels: [Double]
  /// What each row counts; `nil` where all count alike.
  public let weights: [Double]?
  /// The columns' names, for messages.
  public let names: [String]

  /// NaN among the features means absent; everything else must be finite.
  public init(
    _ rows: FloatMatrix, _ labels: [Double], weights: [Double]? = nil, names: [String] = []
  ) throws(ModelsError) {
    precondition(labels.count == rows.rows, "a label per row")
    precondition(weights == nil || weights?.count == rows.rows, "a weight per row")
    self.rows = rows
    self.labels = labels
    self.weights = weights
    self.names = names
    guard rows.rows > 0 else { throw .tooFewRows(found: 0, needed: 1) }
    try checkFeatures()
    if let row = labels.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(column: "labels", row: row + 1, found: "\(labels[row])")
    }
    try checkWeights()
  }

  private func checkFeatures() throws(ModelsError) {
    guard let place = rows.values.firstIndex(where: { $0.isInfinite }) else { return }
    let column = place / rows.rows
    throw .notFinite(
      column: names.indices.contains(column) ? names[column] : "column \(column + 1)",
      row: place % rows.rows + 1, found: "\(rows.values[place])")
  }

  private func checkWeights() throws(ModelsError) {
    guard let weights else { return }
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .notFinite(column: "weights", row: row + 1, found: "\(weights[row])")
    }
    guard weights.contains(where: { $0 > 0 }) else {
      throw .badParameter(name: "weights", found: "nothing but zeros", expected: "a positive one")
    }
  }
}
