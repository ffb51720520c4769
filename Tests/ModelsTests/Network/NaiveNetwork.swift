import Numerics

@testable import Models

/// The network once more, slowly: one window, one number at a time, in double precision, straight from the
/// formulas. What the kernels do is held against it, and it against finite differences.
struct NaiveNetwork {
  let shape: NetworkShape
  var weights: [Double]

  typealias Vector = [Double]

  struct Step {
    let joint: Vector
    let i: Vector
    let f: Vector
    let g: Vector
    let o: Vector
    let before: Vector
    let cell: Vector
  }

  struct Memory {
    var steps: [[Step]] = []
    var denseInputs: [Vector] = []
    var denseOutputs: [Vector] = []
    var output = 0.0
  }

  /// `masks` multiply each layer's outputs: by layer, step and unit; all ones where absent.
  func forward(_ window: [Vector], masks: [[Vector]]? = nil) -> Memory {
    var memory = Memory()
    var sequence = window
    for (index, layer) in shape.lstmLayers.enumerated() {
      var (hidden, cell) = (zeros(layer.units), zeros(layer.units))
      var steps: [Step] = []
      var outputs: [Vector] = []
      for (time, x) in sequence.enumerated() {
        let joint = [1] + x + hidden
        let z = product(layer.plate, joint)
        func gate(_ q: Int) -> Vector { (0..<layer.units).map { z[4 * $0 + q] } }
        let (i, f, o) = (gate(0).map(sigmoid), gate(1).map(sigmoid), gate(3).map(sigmoid))
        let g = gate(2).map(bent)
        let before = cell
        cell = cell.indices.map { f[$0] * before[$0] + i[$0] * g[$0] }
        hidden = cell.indices.map { o[$0] * bent(cell[$0]) }
        steps.append(Step(joint: joint, i: i, f: f, g: g, o: o, before: before, cell: cell))
        outputs.append(masks.map { zip(hidden, $0[index][time]).map { $0 * $1 } } ?? hidden)
      }
      memory.steps.append(steps)
      sequence = outputs
    }
    var values = sequence[sequence.count - 1]
    for layer in shape.denseLayers {
      memory.denseInputs.append(values)
      values = Array(product(layer.plate, [1] + values).prefix(layer.units)).map {
        layer.activation == .tanh ? bent($0) : layer.activation == .relu ? max(0, $0) : $0
      }
      memory.denseOutputs.append(values)
    }
    memory.output = values[0]
    return memory
  }

  /// ∂ of all weights, from ∂ of the output.
  func backward(_ memory: Memory, output: Double, masks: [[Vector]]? = nil) -> Vector {
    var gradient = zeros(weights.count)
    var above = [output]
    for (index, layer) in shape.denseLayers.enumerated().reversed() {
      let y = memory.denseOutputs[index]
      let sums = above.indices.map { row in
        let slope =
          layer.activation == .tanh
          ? 1 - y[row] * y[row] : layer.activation == .relu ? (y[row] > 0 ? 1 : 0) : 1
        return above[row] * slope
      }
      above = Array(
        back(layer.plate, sums, joint: [1] + memory.denseInputs[index], &gradient).dropFirst())
    }
    let window = shape.window
    var outputs = [Vector](repeating: zeros(above.count), count: window)
    outputs[window - 1] = above
    for (index, layer) in shape.lstmLayers.enumerated().reversed() {
      var (later, cell) = (zeros(layer.units), zeros(layer.units))
      var below = [Vector](repeating: [], count: window)
      for time in (0..<window).reversed() {
        let step = memory.steps[index][time]
        var sums = zeros(4 * layer.units)
        for unit in 0..<layer.units {
          let mask = masks?[index][time][unit] ?? 1
          let dh = outputs[time][unit] * mask + later[unit]
          let (i, f, g, o) = (step.i[unit], step.f[unit], step.g[unit], step.o[unit])
          let t = bent(step.cell[unit])
          let dc = cell[unit] + dh * o * (1 - t * t)
          sums[4 * unit] = dc * g * i * (1 - i)
          sums[4 * unit + 1] = dc * step.before[unit] * f * (1 - f)
          sums[4 * unit + 2] = dc * i * (1 - g * g)
          sums[4 * unit + 3] = dh * t * o * (1 - o)
          cell[unit] = dc * f
        }
        let joint = back(layer.plate, sums, joint: step.joint, &gradient)
        below[time] = Array(joint[1..<1 + layer.inputs])
        later = Array(joint[(1 + layer.inputs)...])
      }
      outputs = below
    }
    return gradient
  }

  private func product(_ plate: WeightPlate, _ values: Vector) -> Vector {
    (0..<plate.learnedRows).map { row in
      values.indices.reduce(0) { $0 + weights[plate.place(row, $1)] * values[$1] }
    }
  }

  /// Adds ∂z·vᵀ to the gradient and returns Wᵀ·∂z.
  private func back(
    _ plate: WeightPlate, _ sums: Vector, joint: Vector, _ gradient: inout Vector
  ) -> Vector {
    var result = zeros(joint.count)
    for row in sums.indices {
      for column in joint.indices {
        gradient[plate.place(row, column)] += sums[row] * joint[column]
        result[column] += weights[plate.place(row, column)] * sums[row]
      }
    }
    return result
  }
}

private func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }
private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
private func bent(_ x: Double) -> Double { tanh(x) }
