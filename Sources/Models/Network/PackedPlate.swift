internal import Numerics

/// The kernels of this machine, and the windows a tile of them holds.
let kernels = RecurrentKernels.chosen
let lanes = RecurrentKernels.lanes

/// A layer's weights in the two orders that the products read from front to back; made anew after every step.
struct PackedPlate {
  let plate: WeightPlate
  let backwardColumns: Range<Int>
  /// [row / 4][column][row % 4]
  let forward: FloatMemory
  /// [column / 4][row][column % 4], of the columns whose gradient goes on.
  let backward: FloatMemory

  init(_ plate: WeightPlate, backwardColumns: Range<Int>) {
    self.plate = plate
    self.backwardColumns = backwardColumns
    forward = FloatMemory(plate.rows * plate.inner)
    backward = FloatMemory((backwardColumns.count + 3) / 4 * 4 * plate.rows)
  }

  var backwardBlocks: Int { (backwardColumns.count + 3) / 4 }

  func fill(from weights: UnsafePointer<Float>, goesBack: Bool) {
    let (rows, inner, columns) = (plate.rows, plate.inner, plate.columns)
    let source = weights + plate.start
    for row in 0..<rows {
      let target = forward.base + row / 4 * 4 * inner + row % 4
      let line = source + row * columns
      for column in 0..<inner { target[4 * column] = line[column] }
    }
    guard goesBack else { return }
    for row in 0..<rows {
      let line = source + row * columns + backwardColumns.lowerBound
      let target = backward.base + 4 * row
      for column in 0..<backwardColumns.count {
        target[column / 4 * 4 * rows + column % 4] = line[column]
      }
    }
  }
}

/// All layers' weights, packed.
struct PackedWeights {
  let lstm: [PackedPlate]
  let dense: [PackedPlate]

  /// `explains`: the features' own gradients are wanted too.
  init(_ shape: NetworkShape, explains: Bool = false) {
    lstm = shape.lstmLayers.enumerated().map { index, layer in
      let stopsHere = index == 0 && !explains
      return PackedPlate(layer.plate, backwardColumns: layer.backwardColumns(isFirst: stopsHere))
    }
    dense = shape.denseLayers.map {
      PackedPlate($0.plate, backwardColumns: $0.backwardColumns)
    }
  }

  func fill(from weights: [Float], goesBack: Bool) {
    weights.withUnsafeBufferPointer { weights in
      guard let base = weights.baseAddress else { return }
      for plate in lstm + dense { plate.fill(from: base, goesBack: goesBack) }
    }
  }
}
