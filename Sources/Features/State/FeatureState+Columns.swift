public import Numerics

extension FeatureState {
  /// The features of series given as plain numbers, in double precision: a column per feature, a row
  /// per row of the inputs. For series that are no bars; the steps are the same.
  public mutating func columns(of inputs: [Input: [Double]]) -> Matrix {
    let rows = inputs.values.first?.count ?? 0
    precondition(inputs.values.allSatisfy { $0.count == rows }, "inputs are equally long")
    return Matrix(rows: rows, columns: recipe.count) { columns in
      var row = 0
      while row < rows {
        let taken = min(tapes.freeRows(), rows - row)
        take(rows: taken) { input, tape in
          guard let series = inputs[input] else { preconditionFailure("\(input) was not given") }
          series.withUnsafeBufferPointer { tape.update(from: $0.baseAddress! + row, count: taken) }
        }
        showLast(taken) { column, values in
          PastCaches.copy(values, to: columns.baseAddress! + column * rows + row)
        }
        row += taken
      }
    }
  }
}
