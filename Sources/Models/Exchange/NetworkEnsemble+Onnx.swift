internal import Features

extension NetworkEnsemble {
  /// The graph's input `features` is single precision, windows × bars × columns; its output `forecast` is
  /// windows × 1, the mean of the members. The scaler is part of it.
  func onnx(
    names: [String], scaler: Scaler, notes: [(key: String, value: String)]
  ) throws(ModelsError) -> [UInt8] {
    var graph = OnnxGraph("forecast")
    graph.inputs = [
      OnnxValue(
        name: "features", element: .float,
        shape: [.named("windows"), .fixed(shape.window), .fixed(names.count)])
    ]
    graph.outputs = [
      OnnxValue(name: "forecast", element: .float, shape: [.named("windows"), .fixed(1)])
    ]
    let scaled = try scaler.draw(graph.cast("features", to: .double), in: &graph)
    // The graph's own word for a recurrent layer wants the bars first.
    let bars = graph.add(
      "Transpose", [graph.cast(scaled, to: .float)], [("perm", .ints([1, 0, 2]))])
    var answers: [String] = []
    for member in members { answers.append(member.draw(bars, in: &graph)) }
    graph.nodes.append(OnnxNode(kind: "Mean", inputs: answers, outputs: ["forecast"]))
    return OnnxFile(
      graph: graph, operators: [("", 17)],
      notes: [("features", names.joined(separator: " "))] + notes
    ).encoded()
  }
}

extension Network {
  /// Bars × windows × columns become a column of forecasts; tells its name.
  fileprivate func draw(_ bars: String, in graph: inout OnnxGraph) -> String {
    var value = bars
    let layers = self.layers
    for (layer, units) in zip(layers, shape.recurrent) {
      let isLast = layer == layers[shape.recurrent.count - 1]
      value = layer.draw(value, units: units, isLast: isLast, in: &graph)
    }
    let activations = shape.dense.map(\.activation) + [.linear]
    for (layer, activation) in zip(layers.dropFirst(shape.recurrent.count), activations) {
      value = layer.draw(value, activation, in: &graph)
    }
    return graph.add("Mul", [value, graph.constant("unit", shape: [1], floats: [Float(unit)])])
  }
}

extension LayerWeights {
  /// A recurrent layer: its state after every bar, or after the last one alone.
  ///
  /// Gates stand in the order i, o, f, g there, and a second bias, which is nothing here.
  fileprivate func draw(
    _ value: String, units: Int, isLast: Bool, in graph: inout OnnxGraph
  ) -> String {
    func gates(_ numbers: [Float]) -> [Float] {
      let size = numbers.count / 4
      return [0, 3, 1, 2].flatMap { numbers[$0 * size..<($0 + 1) * size] }
    }
    let inputs = input.count / (4 * units)
    let weights = graph.constant("input", shape: [1, 4 * units, inputs], floats: gates(input))
    let turned = graph.constant("hidden", shape: [1, 4 * units, units], floats: gates(hidden))
    let none = [Float](repeating: 0, count: 4 * units)
    let start = graph.constant("bias", shape: [1, 8 * units], floats: gates(bias) + none)
    let states = "states_\(graph.nodes.count + 1)"
    graph.nodes.append(
      OnnxNode(
        kind: "LSTM", inputs: [value, weights, turned, start],
        outputs: isLast ? ["", states] : [states], attributes: [("hidden_size", .int(units))]))
    // One direction is all there is.
    let direction = graph.constant("direction", shape: [1], ints: [isLast ? 0 : 1])
    return graph.add("Squeeze", [states, direction])
  }

  /// A dense layer: φ(W·a + b).
  fileprivate func draw(
    _ value: String, _ activation: NetworkShape.Activation, in graph: inout OnnxGraph
  ) -> String {
    let units = bias.count
    let weights = graph.constant("weights", shape: [units, input.count / units], floats: input)
    let start = graph.constant("bias", shape: [units], floats: bias)
    let sum = graph.add("Gemm", [value, weights, start], [("transB", .int(1))])
    return switch activation {
    case .linear: sum
    case .tanh: graph.add("Tanh", [sum])
    case .relu: graph.add("Relu", [sum])
    }
  }
}
