/// Trees as the node TreeEnsembleRegressor of ONNX's machine learning operators, version 3, keeps them: a
/// list for each part of a node.
///
/// Thresholds and leaves are double precision, which holds ours exactly. A set of categories becomes a chain
/// of questions for one category each, whose yes leads to the same left child.
struct OnnxTrees {
  static let domain = "ai.onnx.ml"

  private let trees: TreeEnsemble
  private var treeIds: [Int] = []
  private var nodeIds: [Int] = []
  private var features: [Int] = []
  private var values: [Double] = []
  private var modes: [String] = []
  private var lefts: [Int] = []
  private var rights: [Int] = []
  private var absent: [Int] = []
  private var leafTrees: [Int] = []
  private var leafNodes: [Int] = []
  private var leafValues: [Double] = []

  init(_ trees: TreeEnsemble) {
    self.trees = trees
    for (tree, range) in trees.ranges.enumerated() { add(tree, range) }
    // The operator wants a tree: one that says nothing.
    if trees.trees == 0 { leaf(0, 0, 0) }
  }

  /// A tree's nodes keep their places, counted from its root; chains go on behind them.
  private mutating func add(_ tree: Int, _ range: Range<Int>) {
    var next = range.count
    for place in range {
      let node = trees.nodes[place]
      let id = place - range.lowerBound
      guard !node.isLeaf else {
        leaf(tree, id, Double(node.cut) * trees.scale)
        continue
      }
      let left = Int(node.left) - range.lowerBound
      guard let set = node.set.map({ trees.sets[$0] }), !set.isEmpty else {
        let cut = node.set == nil ? Double(node.cut) : -.infinity
        question(tree, id, node, "BRANCH_LEQ", cut, left, left + 1)
        continue
      }
      var from = id
      for (number, category) in set.enumerated() {
        let isLast = number == set.count - 1
        question(
          tree, from, node, "BRANCH_EQ", Double(category), left, isLast ? left + 1 : next)
        if !isLast {
          from = next
          next += 1
        }
      }
    }
  }

  private mutating func question(
    _ tree: Int, _ id: Int, _ node: TreeNode, _ mode: String, _ value: Double, _ left: Int,
    _ right: Int
  ) {
    append(tree, id, mode)
    features.append(Int(node.feature))
    values.append(value)
    lefts.append(left)
    rights.append(right)
    absent.append(node.isMissingLeft ? 1 : 0)
  }

  private mutating func leaf(_ tree: Int, _ id: Int, _ value: Double) {
    append(tree, id, "LEAF")
    features.append(0)
    values.append(0)
    lefts.append(0)
    rights.append(0)
    absent.append(0)
    leafTrees.append(tree)
    leafNodes.append(id)
    leafValues.append(value)
  }

  private mutating func append(_ tree: Int, _ id: Int, _ mode: String) {
    treeIds.append(tree)
    nodeIds.append(id)
    modes.append(mode)
  }

  /// A column of forecasts in double precision, whose value was rounded to single.
  func draw(_ input: String, in graph: inout OnnxGraph) -> String {
    let output = graph.add(
      "TreeEnsembleRegressor", [input], domain: Self.domain,
      [
        ("aggregate_function", .text("SUM")), ("post_transform", .text("NONE")),
        ("n_targets", .int(1)),
        ("base_values_as_tensor", tensor("base_values", [trees.base])),
        ("nodes_treeids", .ints(treeIds)), ("nodes_nodeids", .ints(nodeIds)),
        ("nodes_featureids", .ints(features)), ("nodes_modes", .texts(modes)),
        ("nodes_values_as_tensor", tensor("nodes_values", values)),
        ("nodes_truenodeids", .ints(lefts)), ("nodes_falsenodeids", .ints(rights)),
        ("nodes_missing_value_tracks_true", .ints(absent)),
        ("target_treeids", .ints(leafTrees)), ("target_nodeids", .ints(leafNodes)),
        ("target_ids", .ints([Int](repeating: 0, count: leafTrees.count))),
        ("target_weights_as_tensor", tensor("target_weights", leafValues)),
      ])
    return graph.cast(output, to: .double)
  }

  private func tensor(_ name: String, _ values: [Double]) -> OnnxAttribute {
    .tensor(OnnxTensor(name, shape: [values.count], doubles: values))
  }
}
