public import Numerics

/// How much of what the trees learned came through each feature.
extension TreeEnsemble {
  /// What all splits on a feature gained, by column.
  public var gainImportance: [Double] {
    importance { Double(gains[$0]) }
  }

  /// How many splits ask for a feature, by column.
  public var splitImportance: [Double] {
    importance { _ in 1 }
  }

  private func importance(_ amount: (Int) -> Double) -> [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for place in nodes.indices where !nodes[place].isLeaf {
      sums[Int(nodes[place].feature)] += amount(place)
    }
    return sums
  }

  /// The forecast before anything is known of a row: every leaf by the share of training rows in it.
  public var expectedForecast: Double {
    var means = nodes.map { Double($0.cut) }
    // Children stand behind their parents.
    for place in nodes.indices.reversed() where !nodes[place].isLeaf {
      let left = Int(nodes[place].left)
      let share = leftShare(place)
      means[place] = share * means[left] + (1 - share) * means[left + 1]
    }
    return base + scale * roots.reduce(0) { $0 + means[Int($1)] }
  }

  /// The share of a node's training rows that went left.
  func leftShare(_ place: Int) -> Double {
    let left = Int(nodes[place].left)
    let (ours, theirs) = (Double(covers[left]), Double(covers[left + 1]))
    return ours + theirs > 0 ? ours / (ours + theirs) : 0.5
  }

  /// What each feature's value adds to the expected forecast of a row: Shapley's values, exact for trees.
  /// They and `expectedForecast` sum to the forecast.
  public func contributions(_ row: [Float]) -> [Double] {
    precondition(row.count == columns, "a row has the columns of the training")
    let rows = FloatMatrix(rows: 1, columns: columns, values: row)
    return Shapley(self, rows).contributions.map { $0 * scale }
  }

  /// The same for every row: what many rows have in common is worked out once.
  public func contributions(_ rows: FloatMatrix) -> Matrix {
    precondition(rows.columns == columns, "a matrix has the columns of the training")
    return Matrix(
      rows: rows.rows, columns: columns,
      values: Shapley(self, rows).contributions.map { $0 * scale })
  }
}
