internal import CKernels

/// Trees laid out to be walked down quickly: nodes of eight bytes, eight trees or eight rows at a time.
///
/// The leaves are summed in the order of the trees, whichever way they were found.
public struct TreeWalk: Hashable, Sendable {
  /// A question, whose children stand side by side `step` places on, or a leaf with its value as the cut.
  public struct Node: Hashable, Sendable {
    var cut: Float
    var column: UInt16
    var step: UInt16
  }

  private let columns: Int
  private var nodes: [Node] = []
  private var starts: [Int32] = []
  private var depths: [Int32] = []
  /// Start, depth and number of each tree, the shallow ones first, as many as the lanes divide.
  private var byDepth: [Int32] = []

  private static let lanes = 8
  /// So many rows at a time stay near while every tree is walked.
  private static let tileRows = 32

  private var width: Int { 2 * columns + 1 }

  /// `trees` are the nodes of each, its root first, with the steps down to its deepest leaf.
  public init(columns: Int, trees: [(nodes: [Node], depth: Int)]) {
    self.columns = columns
    for tree in trees {
      starts.append(Int32(nodes.count))
      depths.append(Int32(tree.depth))
      nodes += tree.nodes
    }
    // What fills the last group up is a leaf whose value goes where nobody reads.
    var group = trees.indices.map { (starts[$0], depths[$0], Int32($0)) }
    while group.count % Self.lanes > 0 {
      group.append((Int32(nodes.count), 0, Int32(trees.count)))
    }
    nodes.append(Node(cut: 0, column: UInt16(2 * columns), step: 0))
    byDepth = group.sorted { ($0.1, $0.2) < ($1.1, $1.2) }.flatMap { [$0.0, $0.1, $0.2] }
  }

  /// A node that asks; `nil` where it does not fit eight bytes.
  public static func question(
    column: Int, of columns: Int, cut: Float, isMissingLeft: Bool, step: Int
  ) -> Node? {
    guard let step = UInt16(exactly: step),
      let column = UInt16(exactly: column + (isMissingLeft ? columns : 0))
    else { return nil }
    return Node(cut: cut, column: column, step: step)
  }

  /// A leaf of trees on so many columns; `nil` where these are too many or the value is no number.
  public static func leaf(_ value: Float, of columns: Int) -> Node? {
    guard value.isFinite, let column = UInt16(exactly: 2 * columns) else { return nil }
    return Node(cut: value, column: column, step: 0)
  }

  /// The sum of what the trees say of a row.
  public func sum(_ row: UnsafePointer<Float>) -> Double {
    let room = width + starts.count + 1
    return unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: room) { room in
      guard let spread = room.baseAddress else { return 0 }
      let leaves = unsafe spread + width
      unsafe kernels_spread_row(row, columns, spread)
      unsafe withNodes { nodes in
        unsafe kernels_walk_trees(nodes, byDepth, byDepth.count / 3, spread, leaves)
      }
      var sum = 0.0
      for tree in starts.indices { unsafe sum += Double(leaves[tree]) }
      return sum
    }
  }

  /// The same of some rows of a matrix, added to as many sums.
  public func add(_ rows: FloatMatrix, _ range: Range<Int>, to sums: UnsafeMutablePointer<Double>) {
    precondition(rows.columns == columns, "a matrix has the columns of the trees")
    let tile = UnsafeMutablePointer<Float>.allocate(capacity: Self.tileRows * width)
    let found = UnsafeMutablePointer<Double>.allocate(capacity: Self.tileRows)
    unsafe tile.initialize(repeating: 0, count: Self.tileRows * width)
    defer {
      unsafe tile.deallocate()
      unsafe found.deallocate()
    }
    for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.tileRows) {
      let count = min(Self.tileRows, range.upperBound - first)
      unsafe rows.values.withUnsafeBufferPointer { values in
        guard let values = values.baseAddress else { return }
        unsafe kernels_spread_rows(values + first, rows.rows, columns, count, tile)
      }
      unsafe walk(tile, rows: count, into: found)
      for row in 0..<count { unsafe sums[first - range.lowerBound + row] += found[row] }
    }
  }

  /// Rows are walked in whole groups: those that fill one up are whatever lay in the tile.
  private func walk(
    _ tile: UnsafePointer<Float>, rows: Int, into sums: UnsafeMutablePointer<Double>
  ) {
    unsafe sums.initialize(repeating: 0, count: Self.tileRows)
    let whole = (rows + Self.lanes - 1) / Self.lanes * Self.lanes
    unsafe withNodes { nodes in
      for (start, depth) in zip(starts, depths) {
        unsafe kernels_walk_rows(nodes + Int(start), depth, tile, width, whole, sums)
      }
    }
  }

  private func withNodes(_ body: (UnsafePointer<kernels_walk_node>) -> Void) {
    unsafe nodes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      unsafe body(start.assumingMemoryBound(to: kernels_walk_node.self))
    }
  }
}
