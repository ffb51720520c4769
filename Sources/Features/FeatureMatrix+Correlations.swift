public import Numerics

extension FeatureMatrix {
  /// Spearman's correlation of every feature with every other over the rows given, thinned evenly
  /// where they are many. A feature that does not move correlates with nothing, itself included.
  public func rankCorrelations(rows: [Int]) -> Matrix {
    let places = Selection.thinned(rows.count)
    let ranked = (0..<columns).map { column in
      RankedColumn(places.map { Double(self[rows[$0], column]) })
    }
    var matrix = Matrix(rows: columns, columns: columns)
    for left in 0..<columns {
      for right in left..<columns {
        let correlation = ranked[left].correlation(with: ranked[right])
        matrix[left, right] = correlation
        matrix[right, left] = correlation
      }
    }
    return matrix
  }
}
