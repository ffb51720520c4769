internal import Numerics

extension TreeWalk {
  /// `nil` for trees it cannot hold: those that ask for categories, or with too many columns or nodes.
  init?(_ trees: TreeEnsemble) {
    guard trees.sets.isEmpty, trees.trees > 0 else { return nil }
    var walked: [(nodes: [Node], depth: Int)] = []
    for range in trees.ranges {
      guard let tree = Self.tree(trees, range) else { return nil }
      walked.append(tree)
    }
    self.init(columns: trees.columns, trees: walked)
  }

  private static func tree(
    _ trees: TreeEnsemble, _ range: Range<Int>
  ) -> (nodes: [Node], depth: Int)? {
    var nodes: [Node] = []
    // Children come behind their parent.
    var depths = [Int](repeating: 0, count: range.count)
    for place in range {
      let node = trees.nodes[place]
      let step = node.isLeaf ? 0 : Int(node.left) - place
      let found =
        node.isLeaf
        ? leaf(node.cut, of: trees.columns)
        : question(
          column: Int(node.feature), of: trees.columns, cut: node.cut,
          isMissingLeft: node.isMissingLeft, step: step)
      guard let found else { return nil }
      nodes.append(found)
      guard !node.isLeaf else { continue }
      let (index, below) = (place - range.lowerBound, place - range.lowerBound + step)
      for child in below...below + 1 { depths[child] = depths[index] + 1 }
    }
    return (nodes, depths.max() ?? 0)
  }
}
