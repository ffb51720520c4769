/// A node of 16 bytes: a question about one feature, or a leaf with its value.
///
/// Children stand side by side, so that an answer is added to the left one's place.
struct TreeNode: Hashable, Sendable {
  /// Values up to it go left; the value itself in a leaf; unused where categories are asked for.
  var cut: Float
  /// Negative in a leaf.
  var feature: Int32
  /// The left child; the right one follows it.
  var left: Int32
  /// Bit 0: absent values go left. Above it: one more than the set of categories asked for, or 0.
  var detail: Int32

  init(leaf value: Float) {
    cut = value
    feature = -1
    left = 0
    detail = 0
  }

  init(cut: Float, feature: Int32, left: Int32, detail: Int32) {
    self.cut = cut
    self.feature = feature
    self.left = left
    self.detail = detail
  }

  init(feature: Int, cut: Float, left: Int, isMissingLeft: Bool, set: Int? = nil) {
    self.cut = cut
    self.feature = Int32(feature)
    self.left = Int32(left)
    detail = (isMissingLeft ? 1 : 0) | Int32((set ?? -1) + 1) << 1
  }

  /// The same node where its tree begins so many places later and its sets are numbered from another.
  func moved(by places: Int32, sets: Int32) -> TreeNode {
    guard !isLeaf else { return self }
    var node = self
    node.left += places
    if set != nil { node.detail += sets << 1 }
    return node
  }

  var isLeaf: Bool { feature < 0 }
  var isMissingLeft: Bool { detail & 1 == 1 }
  /// Which set of categories goes left.
  var set: Int? { detail >> 1 == 0 ? nil : Int(detail >> 1) - 1 }
}

/// A tree as it was grown: nodes, and what each split gained on how much weight.
struct Tree: Hashable, Sendable {
  var nodes: [TreeNode]
  /// What the split of each node gained; 0 for leaves.
  var gains: [Float]
  /// The weight of the training rows that came by.
  var covers: [Float]
  /// Categories that go left, by the number in a node's detail.
  var sets: [[Float]]
  /// A label drawn from each leaf, by node; empty where none is kept.
  var samples: [Float] = []

  init() {
    nodes = [TreeNode(leaf: 0)]
    gains = [0]
    covers = [0]
    sets = []
  }

  /// Turns a leaf into a question with two new leaves and tells where the left one stands.
  mutating func split(
    _ node: Int, feature: Int, cut: Float, isMissingLeft: Bool, set: [Float]?, gain: Double
  ) -> Int {
    let left = nodes.count
    if let set { sets.append(set) }
    nodes[node] = TreeNode(
      feature: feature, cut: cut, left: left, isMissingLeft: isMissingLeft,
      set: set == nil ? nil : sets.count - 1)
    gains[node] = Float(gain)
    for _ in 0..<2 {
      nodes.append(TreeNode(leaf: 0))
      gains.append(0)
      covers.append(0)
    }
    return left
  }
}
