/// The trees of an ONNX file as its specification reads them, asked node by node.
struct OnnxReading {
  private struct Node {
    let mode: String
    let feature: Int
    let value: Double
    let yes: Int
    let no: Int
    let isMissingYes: Bool
  }

  private var trees: [[Int: Node]] = []
  private var leaves: [[Int: Double]] = []
  private var base = 0.0

  init?(_ bytes: [UInt8]) {
    guard let graph = ProtoReader(bytes)?.messages(7).first,
      let node = graph.messages(1).first(where: { $0.texts(4) == ["TreeEnsembleRegressor"] })
    else { return nil }
    func attribute(_ name: String) -> ProtoReader? {
      node.messages(5).first { $0.texts(1) == [name] }
    }
    func ints(_ name: String) -> [Int] { attribute(name)?.ints(8) ?? [] }
    func doubles(_ name: String) -> [Double] {
      let run = attribute(name)?.messages(5).first?.runs(9).first ?? []
      return stride(from: 0, to: run.count - 7, by: 8).map { at in
        Double(bitPattern: (0..<8).reduce(0) { $0 | UInt64(run[at + $1]) << UInt64(8 * $1) })
      }
    }
    let (ids, modes) = (ints("nodes_nodeids"), attribute("nodes_modes")?.texts(9) ?? [])
    let (features, values) = (ints("nodes_featureids"), doubles("nodes_values_as_tensor"))
    let (yes, no) = (ints("nodes_truenodeids"), ints("nodes_falsenodeids"))
    let missing = ints("nodes_missing_value_tracks_true")
    for (place, tree) in ints("nodes_treeids").enumerated() {
      while trees.count <= tree { trees.append([:]) }
      trees[tree][ids[place]] = Node(
        mode: modes[place], feature: features[place], value: values[place], yes: yes[place],
        no: no[place], isMissingYes: missing[place] == 1)
    }
    leaves = [[Int: Double]](repeating: [:], count: trees.count)
    let targets = ints("target_nodeids")
    let weights = doubles("target_weights_as_tensor")
    for (place, tree) in ints("target_treeids").enumerated() {
      leaves[tree][targets[place]] = weights[place]
    }
    base = doubles("base_values_as_tensor").first ?? .nan
  }

  var count: Int { trees.count }

  /// NaN where the nodes lead nowhere.
  func forecast(_ row: [Float]) -> Double {
    var sum = base
    for (tree, leaves) in zip(trees, leaves) {
      var id = 0
      for _ in 0..<100_000 {
        guard let node = tree[id] else { return .nan }
        if node.mode == "LEAF" { break }
        let value = Double(row[node.feature])
        let holds = node.mode == "BRANCH_EQ" ? value == node.value : value <= node.value
        id = (value.isNaN ? node.isMissingYes : holds) ? node.yes : node.no
      }
      sum += leaves[id] ?? .nan
    }
    return sum
  }
}
