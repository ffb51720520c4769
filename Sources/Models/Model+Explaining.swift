public import Numerics

/// What any model makes of its features, found by asking it.
extension Model {
  /// By column: how much the mean squared error rises where the column's values are dealt out anew, as a
  /// mean over `repeats`. Nothing or less: the column is worth nothing to this model on these rows.
  public func permutationImportance(
    _ rows: LabelledRows, repeats: Int = 3, using generator: inout Xoshiro256
  ) -> [Double] {
    let whole = Loss.squared.mean(rows.labels, predict(rows.rows), rows.weights)
    return (0..<rows.rows.columns).map { column in
      let losses = (0..<repeats).map { _ in
        let order = generator.permutation(rows.rows.rows)
        var dealt = rows.rows
        for (row, other) in order.enumerated() { dealt[row, column] = rows.rows[other, column] }
        return Loss.squared.mean(rows.labels, predict(dealt), rows.weights)
      }
      return 2 * (Statistics.mean(losses) - whole)
    }
  }

  /// The mean forecast over the rows as if a column held each of the values.
  public func partialDependence(
    _ rows: FloatMatrix, column: Int, at values: [Float]
  ) -> [Double] {
    var changed = rows
    return values.map { value in
      for row in 0..<rows.rows { changed[row, column] = value }
      return Statistics.mean(predict(changed))
    }
  }
}

extension Model {
  /// The trees it is made of; `nil` for anything else.
  public var trees: TreeEnsemble? {
    switch self {
    case .boosted(let trees), .forest(let trees): trees
    default: nil
    }
  }

  /// What each column adds to the forecast of each row: Shapley's values of trees, weight times value of a
  /// line, and of a committee the shares of its members' where it joins by the mean. `nil` for others.
  public func contributions(_ rows: FloatMatrix) -> Matrix? {
    switch self {
    case .ridge(let ridge):
      var matrix = Matrix(rows: rows.rows, columns: rows.columns)
      for column in 0..<rows.columns {
        for row in 0..<rows.rows {
          matrix[row, column] = ridge.weights[column] * Double(rows[row, column])
        }
      }
      return matrix
    case .boosted(let trees), .forest(let trees): return trees.contributions(rows)
    case .committee(let committee) where committee.joining == .mean:
      var whole = Matrix(rows: rows.rows, columns: rows.columns)
      for member in committee.members {
        guard let part = member.model.contributions(rows) else { return nil }
        for place in whole.values.indices {
          whole.values[place] += member.share * part.values[place]
        }
      }
      return whole
    default: return nil
    }
  }
}
