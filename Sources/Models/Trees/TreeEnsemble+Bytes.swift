internal import Bytes

/// The binary form: numbers of the whole, then a column for each part of a node, then the sets.
extension TreeEnsemble {
  func write(to writer: inout ByteWriter) {
    writer.int32(Int32(columns))
    writer.double(base)
    writer.double(scale)
    writer.int32s(roots)
    writer.int32s(nodes.map(\.feature))
    writer.floats(nodes.map(\.cut))
    writer.int32s(nodes.map(\.left))
    writer.int32s(nodes.map(\.detail))
    writer.floats(gains)
    writer.floats(covers)
    writer.length(sets.count)
    for set in sets { writer.floats(set) }
  }

  /// Reads what `write` wrote; `nil` where the bytes read well but make no trees of so many columns.
  static func read(
    _ reader: inout ByteReader, columns expected: Int
  ) throws(BytesError) -> TreeEnsemble? {
    let columns = Int(try reader.int32("a number of columns"))
    guard columns == expected else { return nil }
    let base = try reader.double("a base")
    let scale = try reader.double("a scale")
    let roots = try reader.int32s("the roots")
    let features = try reader.int32s("features")
    let cuts = try reader.floats("cuts")
    let lefts = try reader.int32s("children")
    let details = try reader.int32s("details")
    let gains = try reader.floats("gains")
    let covers = try reader.floats("covers")
    // Each set has a length of its own before it.
    let count = try reader.length("sets", elementSize: 4)
    var sets: [[Float]] = []
    for _ in 0..<count { sets.append(try reader.floats("a set")) }
    guard
      [cuts.count, lefts.count, details.count, gains.count, covers.count]
        .allSatisfy({ $0 == features.count })
    else { return nil }
    let nodes = features.indices.map { place in
      TreeNode(
        cut: cuts[place], feature: features[place], left: lefts[place], detail: details[place])
    }
    return TreeEnsemble(
      columns: columns, base: base, scale: scale, nodes: nodes, gains: gains, covers: covers,
      roots: roots, sets: sets)
  }

  /// `nil` unless every walk from a root ends in a leaf of its own tree, by finite numbers.
  private init?(
    columns: Int, base: Double, scale: Double, nodes: [TreeNode], gains: [Float],
    covers: [Float], roots: [Int32], sets: [[Float]]
  ) {
    guard columns >= 0, base.isFinite, scale.isFinite, roots.first ?? 0 == 0,
      roots.isEmpty == nodes.isEmpty, gains.allSatisfy({ $0 >= 0 && $0.isFinite }),
      covers.allSatisfy({ $0 >= 0 && $0.isFinite }), sets.allSatisfy(Self.isAscending)
    else { return nil }
    let ends = roots.dropFirst().map { Int($0) } + [nodes.count]
    for (root, end) in zip(roots, ends) {
      guard
        Self.isTree(nodes, from: Int(root), to: end, columns: columns, sets: sets.count)
      else { return nil }
    }
    self.init(columns: columns, base: base, scale: scale)
    adopt(nodes, gains, covers, roots, sets)
  }

  private static func isAscending(_ set: [Float]) -> Bool {
    set.allSatisfy(\.isFinite) && zip(set, set.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// Whether the nodes of a range are one tree: children stand behind their parent, so that nothing can go
  /// in circles, and each node but the first has one parent.
  private static func isTree(
    _ nodes: [TreeNode], from root: Int, to end: Int, columns: Int, sets: Int
  ) -> Bool {
    guard 0 <= root, root < end, end <= nodes.count else { return false }
    var depths = [Int](repeating: -1, count: end - root)
    depths[0] = 0
    for place in root..<end {
      let (node, depth) = (nodes[place], depths[place - root])
      guard depth >= 0, depth <= GrowthParameters.mostDepth else { return false }
      if node.feature == -1 {
        guard node.cut.isFinite, node.left == 0, node.detail == 0 else { return false }
        continue
      }
      let left = Int(node.left)
      guard 0..<columns ~= Int(node.feature), !node.cut.isNaN, node.cut > -.infinity,
        node.detail >= 0, Int(node.detail >> 1) <= sets, left > place, left + 1 < end,
        depths[left - root] < 0, depths[left + 1 - root] < 0
      else { return false }
      depths[left - root] = depth + 1
      depths[left + 1 - root] = depth + 1
    }
    return true
  }
}
