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

  /// The networks it is made of, if it is.
  public var networks: NetworkEnsemble? {
    if case .network(let networks) = self { networks } else { nil }
  }

  /// The quantiles of a row's outcome, where a forest kept labels for them; `nil` of all others.
  public func quantiles(_ row: [Float], _ shares: [Double]) -> [Double]? {
    if case .forest(let trees) = self { trees.quantiles(row, shares) } else { nil }
  }

  /// The forecast before anything is known of a row: with `contributions`, or a network's integrated
  /// gradients, it sums to the forecast. `nil` for a committee that joins by ranks, which does not add up.
  public var start: Double? {
    switch self {
    case .zero, .lastValue: return 0
    case .ridge(let ridge): return ridge.intercept
    case .boosted(let trees), .forest(let trees): return trees.expectedForecast
    case .committee(let committee):
      guard committee.joining == .mean else { return nil }
      var sum = 0.0
      for member in committee.members {
        guard let one = member.model.start else { return nil }
        sum += member.share * one
      }
      return sum
    case .network(let networks):
      let shape = networks.shape
      return networks.predict([Float](repeating: 0, count: shape.window * shape.features))
    }
  }

  /// What each column adds to the forecast of each row: Shapley's values of trees, weight times value of a
  /// line, and of a committee the shares of its members' where it joins by the mean. `nil` for others.
  public func contributions(_ rows: FloatMatrix) -> Matrix? {
    var matrix = Matrix(rows: rows.rows, columns: rows.columns)
    switch self {
    case .zero: return matrix
    case .lastValue(let column):
      for row in 0..<rows.rows { matrix[row, column] = Double(rows[row, column]) }
      return matrix
    case .ridge(let ridge):
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
