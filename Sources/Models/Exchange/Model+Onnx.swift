internal import Bytes
public import Features

extension TrainedModel {
  /// The model as an ONNX file that takes raw features, in the recipe's order, and gives what `predict`
  /// gives, in single precision: times the label's unit it is an expected return.
  public func onnx() throws(ModelsError) -> [UInt8] {
    try model.onnx(
      names: recipe.names, scaler: scaler,
      notes: [
        ("recipe", recipe.canonicalText), ("label", labelText), ("worth", "\(worth)"),
      ])
  }
}

extension Model {
  /// The graph's input `features` is single precision, rows × columns; its output `forecast` rows × 1.
  ///
  /// The scaler is part of it: of trees their thresholds become raw ones, exactly, by whatever measure; for
  /// ridge and networks the limits, centre and spread become nodes. Ranks cannot be said that way. A
  /// network's input has a dimension more: windows × bars × columns.
  public func onnx(
    names: [String], scaler: Scaler, notes: [(key: String, value: String)] = []
  ) throws(ModelsError) -> [UInt8] {
    precondition(fits(columns: names.count), "a name per column")
    if case .network(let networks) = self {
      return try networks.onnx(names: names, scaler: scaler, notes: notes)
    }
    var graph = OnnxGraph("forecast")
    graph.inputs = [
      OnnxValue(name: "features", element: .float, shape: [.named("rows"), .fixed(names.count)])
    ]
    graph.outputs = [
      OnnxValue(name: "forecast", element: .float, shape: [.named("rows"), .fixed(1)])
    ]
    let wide = graph.cast("features", to: .double)
    let answer = try draw(wide, scaler, in: &graph)
    graph.nodes.append(
      OnnxNode(
        kind: "Cast", inputs: [answer], outputs: ["forecast"],
        attributes: [("to", .int(OnnxElement.float.rawValue))]))
    return OnnxFile(
      graph: graph, operators: [("", 17), (OnnxTrees.domain, 3)],
      notes: [("features", names.joined(separator: " "))] + notes
    ).encoded()
  }

  /// Draws what turns raw features in double precision into a column of forecasts; tells its name.
  func draw(
    _ features: String, _ scaler: Scaler, in graph: inout OnnxGraph
  ) throws(ModelsError) -> String {
    switch self {
    case .boosted(let trees), .forest(let trees):
      return OnnxTrees(try trees.raw(scaler)).draw(features, in: &graph)
    case .ridge(let ridge):
      let scaled = try scaler.draw(features, in: &graph)
      return ridge.draw(scaled, in: &graph)
    case .committee(let committee):
      return try committee.draw(features, scaler, in: &graph)
    case .network:
      throw .notExpressible(what: "ONNX", reason: "a network among models of single rows")
    case .zero, .lastValue:
      throw .notExpressible(what: "ONNX", reason: "a baseline has nothing worth exporting")
    }
  }
}

extension Committee {
  /// The members' answers times their shares; ranks would need each member's history.
  fileprivate func draw(
    _ features: String, _ scaler: Scaler, in graph: inout OnnxGraph
  ) throws(ModelsError) -> String {
    guard joining == .mean else {
      throw .notExpressible(what: "ONNX", reason: "an ensemble joined by ranks; join it by mean")
    }
    var answers: [String] = []
    for (place, member) in members.enumerated() {
      let answer = try member.model.draw(features, scaler, in: &graph)
      let share = graph.constant("share_\(place + 1)", shape: [1], doubles: [member.share])
      answers.append(graph.add("Mul", [answer, share]))
    }
    return graph.add("Sum", answers)
  }
}

extension Ridge {
  /// Features × weights + intercept.
  fileprivate func draw(_ features: String, in graph: inout OnnxGraph) -> String {
    let column = graph.constant("weights", shape: [weights.count, 1], doubles: weights)
    let start = graph.constant("intercept", shape: [1], doubles: [intercept])
    let sum = graph.add("MatMul", [features, column])
    return graph.add("Add", [sum, start])
  }
}

extension Scaler {
  /// Draws values into their limits, then (value − centre) / spread, rounded as the model saw it.
  func draw(
    _ features: String, in graph: inout OnnxGraph
  ) throws(ModelsError) -> String {
    guard columns.allSatisfy(\.knots.isEmpty) else {
      throw .notExpressible(
        what: "ONNX", reason: "scaling normal goes by ranks; take another one")
    }
    // A column that did not move becomes 0 everywhere: its limits close on its centre.
    func row(_ name: String, _ value: (Column) -> Double) -> String {
      graph.constant(name, shape: [1, columns.count], doubles: columns.map(value))
    }
    let low = row("low") { $0.spread > 0 ? $0.low : $0.centre }
    let high = row("high") { $0.spread > 0 ? $0.high : $0.centre }
    let centre = row("centre") { $0.centre }
    let spread = row("spread") { $0.spread > 0 ? $0.spread : 1 }
    let above = graph.add("Max", [features, low])
    let within = graph.add("Min", [above, high])
    let moved = graph.add("Sub", [within, centre])
    let scaled = graph.add("Div", [moved, spread])
    return graph.cast(graph.cast(scaled, to: .float), to: .double)
  }
}
