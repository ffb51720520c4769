public import Numerics

/// Many trees on raw values: their forecast is base + scale · Σ of the leaves a row falls into.
///
/// Boosted trees have the scale 1; a forest of n trees has 1/n.
public struct TreeEnsemble: Hashable, Sendable {
  /// How many features a row has.
  public let columns: Int
  public let base: Double
  public let scale: Double
  /// The nodes of all trees, one tree after the other; children count from the start of all.
  private(set) var nodes: [TreeNode] = []
  private(set) var gains: [Float] = []
  private(set) var covers: [Float] = []
  /// Where each tree begins.
  private(set) var roots: [Int32] = []
  /// Categories that go left, each set ascending.
  private(set) var sets: [[Float]] = []
  /// By node: of a leaf one of the labels it was made of, of a question 0; empty where none is kept.
  private(set) var samples: [Float] = []
  /// The quick way to a forecast, made when the trees are complete; `nil` where there is none.
  private(set) var walk: TreeWalk?

  public var trees: Int { roots.count }

  /// The places of each tree's nodes.
  var ranges: [Range<Int>] {
    zip(roots, roots.dropFirst() + [Int32(nodes.count)]).map { Int($0)..<Int($1) }
  }

  init(columns: Int, base: Double, scale: Double = 1) {
    self.columns = columns
    self.base = base
    self.scale = scale
  }

  /// A forest's trees stand side by side, each with its share.
  init(columns: Int, forest: [Tree]) {
    self.init(columns: columns, base: 0, scale: 1 / Double(max(1, forest.count)))
    for tree in forest { append(tree) }
    walk = TreeWalk(self)
  }

  /// Forecasts the mean of what others forecast; `nil` unless these have one scale and the same columns.
  init?(meanOf others: [TreeEnsemble]) {
    guard let first = others.first,
      others.allSatisfy({ $0.scale == first.scale && $0.columns == first.columns })
    else { return nil }
    let share = 1 / Double(others.count)
    self.init(
      columns: first.columns, base: others.reduce(0) { $0 + $1.base * share },
      scale: first.scale * share)
    var (nodes, gains, covers) = ([TreeNode](), [Float](), [Float]())
    var (roots, sets, samples) = ([Int32](), [[Float]](), [Float]())
    let isSampled = others.allSatisfy(\.isSampled)
    for other in others {
      roots += other.roots.map { $0 + Int32(nodes.count) }
      let (start, firstSet) = (Int32(nodes.count), Int32(sets.count))
      nodes += other.nodes.map { $0.moved(by: start, sets: firstSet) }
      gains += other.gains
      covers += other.covers
      sets += other.sets
      if isSampled { samples += other.samples }
    }
    adopt(nodes, gains, covers, roots, sets, samples: samples)
  }

  mutating func append(_ tree: Tree) {
    walk = nil
    let (start, firstSet) = (nodes.count, sets.count)
    roots.append(Int32(start))
    nodes += tree.nodes.map { $0.moved(by: Int32(start), sets: Int32(firstSet)) }
    gains += tree.gains
    covers += tree.covers
    sets += tree.sets
    samples += tree.samples
  }

  /// Takes over nodes that were checked to be trees.
  mutating func adopt(
    _ nodes: [TreeNode], _ gains: [Float], _ covers: [Float], _ roots: [Int32], _ sets: [[Float]],
    samples: [Float] = []
  ) {
    precondition(samples.isEmpty || samples.count == nodes.count, "a label for every node")
    (self.nodes, self.gains, self.covers) = (nodes, gains, covers)
    (self.roots, self.sets, self.samples) = (roots, sets, samples)
    walk = TreeWalk(self)
  }

  /// The same trees laid out for the quickest answers.
  func completed() -> TreeEnsemble {
    var whole = self
    whole.walk = TreeWalk(self)
    return whole
  }

  /// The first trees alone.
  func prefix(_ count: Int) -> TreeEnsemble {
    guard count < trees else { return self }
    var part = TreeEnsemble(columns: columns, base: base, scale: scale)
    let end = Int(roots[count])
    part.nodes = Array(nodes[..<end])
    part.gains = Array(gains[..<end])
    part.covers = Array(covers[..<end])
    part.roots = Array(roots[..<count])
    if isSampled { part.samples = Array(samples[..<end]) }
    part.sets = Array(sets[..<(part.nodes.compactMap(\.set).max().map { $0 + 1 } ?? 0)])
    return part
  }
}

// MARK: - Asking

extension TreeEnsemble {
  /// The leaf below a node that a row falls into.
  @inline(__always)
  func leaf(
    from root: Int, _ nodes: UnsafePointer<TreeNode>, _ value: (Int) -> Float
  ) -> Int {
    var place = root
    while true {
      let node = nodes[place]
      if node.isLeaf { return place }
      place = Int(node.left) + (goesLeft(value(Int(node.feature)), node) ? 0 : 1)
    }
  }

  @inline(__always)
  func goesLeft(_ value: Float, _ node: TreeNode) -> Bool {
    if value.isNaN { return node.isMissingLeft }
    if node.detail > 1 { return holds(value, node) }
    return value <= node.cut
  }

  /// Categories that the training did not know go where absent values go.
  @inline(never)
  private func holds(_ value: Float, _ node: TreeNode) -> Bool {
    guard let set = node.set else { return false }
    return sets[set].contains(value)
  }

  func predict(_ row: UnsafeBufferPointer<Float>) -> Double {
    precondition(row.count == columns, "a row has the columns of the training")
    guard let values = row.baseAddress else { return base }
    if let walk { return base + scale * walk.sum(values) }
    return base + scale * sum { values[$0] }
  }

  /// Every row at once, with the bits each alone would give, whatever the number of workers.
  public func predict(_ rows: FloatMatrix, workers: Int = 1) -> [Double] {
    precondition(rows.columns == columns, "a matrix has the columns of the training")
    var forecasts = [Double](repeating: 0, count: rows.rows)
    let chunks = Chunks(total: rows.rows, size: 4_096)
    forecasts.withUnsafeMutableBufferPointer { forecasts in
      guard let start = forecasts.baseAddress else { return }
      parallel(chunks: chunks.count, workers: workers) { chunk in
        let range = chunks.range(chunk)
        add(rows, range, to: start + range.lowerBound)
        for row in range { start[row] = base + scale * start[row] }
      }
    }
    return forecasts
  }

  /// Adds the leaves of some rows to as many sums.
  private func add(
    _ rows: FloatMatrix, _ range: Range<Int>, to sums: UnsafeMutablePointer<Double>
  ) {
    if let walk { return walk.add(rows, range, to: sums) }
    rows.values.withUnsafeBufferPointer { values in
      for row in range { sums[row - range.lowerBound] += sum { values[$0 * rows.rows + row] } }
    }
  }

  /// The leaves of a row found node by node.
  private func sum(_ value: (Int) -> Float) -> Double {
    nodes.withUnsafeBufferPointer { nodes in
      guard let nodes = nodes.baseAddress else { return 0 }
      return roots.reduce(0.0) { $0 + Double(nodes[leaf(from: Int($1), nodes, value)].cut) }
    }
  }

  /// What one tree says of a row of a matrix.
  func value(ofTree tree: Int, _ rows: FloatMatrix, row: Int) -> Double {
    nodes.withUnsafeBufferPointer { nodes in
      rows.values.withUnsafeBufferPointer { values in
        guard let nodes = nodes.baseAddress else { return 0 }
        let found = leaf(from: Int(roots[tree]), nodes) { values[$0 * rows.rows + row] }
        return Double(nodes[found].cut)
      }
    }
  }

  /// Adds what one tree says of every row.
  func add(tree: Int, of rows: FloatMatrix, to scores: inout [Double]) {
    for row in scores.indices { scores[row] += scale * value(ofTree: tree, rows, row: row) }
  }
}
