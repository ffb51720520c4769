internal import Numerics

extension NetworkShape {
  /// Weights to begin with: what reads features is drawn evenly from ±√(6 / (in + out)), what reads a layer's
  /// own state is orthogonal, so that a gradient neither dies nor swells over 60 steps, and gates forget
  /// nothing at first (bias 1).
  func startingWeights(seed: UInt64) -> [Float] {
    var weights = [Float](repeating: 0, count: weightCount)
    var generator = Xoshiro256(seed: seed)
    for layer in lstmLayers {
      let plate = layer.plate
      plate.scatter(1..<1 + layer.inputs, into: &weights, using: &generator)
      let rows = generator.orthogonalRows(count: layer.units, length: plate.learnedRows)
      for column in 0..<layer.units {
        for row in 0..<plate.learnedRows {
          weights[plate.place(row, 1 + layer.inputs + column)] = Float(rows[column][row])
        }
      }
      for unit in 0..<layer.units { weights[plate.place(4 * unit + 1, 0)] = 1 }
    }
    for layer in denseLayers {
      layer.plate.scatter(layer.backwardColumns, into: &weights, using: &generator)
    }
    return weights
  }

  /// 1 for every weight that decay may touch: all but biases and fillers.
  var decays: [Float] {
    var decays = [Float](repeating: 0, count: weightCount)
    for plate in plates {
      for row in 0..<plate.learnedRows {
        for column in 1..<plate.inner { decays[plate.place(row, column)] = 1 }
      }
    }
    return decays
  }
}

extension WeightPlate {
  /// Draws the weights of some columns evenly from ±√(6 / (in + out)).
  fileprivate func scatter(
    _ columns: Range<Int>, into weights: inout [Float], using generator: inout Xoshiro256
  ) {
    let reach = (6 / Double(columns.count + learnedRows)).squareRoot()
    for row in 0..<learnedRows {
      for column in columns {
        weights[place(row, column)] = Float(generator.uniform(in: -reach...reach))
      }
    }
  }
}

extension Xoshiro256 {
  /// Rows of length one at right angles to each other: normal numbers, made so one after the other.
  fileprivate mutating func orthogonalRows(count: Int, length: Int) -> [[Double]] {
    var rows: [[Double]] = []
    while rows.count < count {
      var row = (0..<length).map { _ in normal() }
      // Twice, as the first time leaves what rounding took.
      for other in rows + rows {
        let shared = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
        for place in row.indices { row[place] -= shared * other[place] }
      }
      let size = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard size > 1e-6 else { continue }
      rows.append(row.map { $0 / size })
    }
    return rows
  }
}
