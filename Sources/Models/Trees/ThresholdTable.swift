internal import Numerics

/// An ensemble turned inside out: for each feature all its thresholds in ascending order, each with the
/// leaves it rules out in its tree when a value lies above it.
///
/// A row starts with every leaf of every tree possible, a bit each from the left; walking up a feature's
/// thresholds until one is not passed takes bits away, and the first bit left is the leaf. There is nothing
/// to guess and nothing to wait for, unlike on the way down a tree. Trees of 64 leaves at most, numbers only.
struct ThresholdTable: Hashable, Sendable {
  static let mostLeaves = 64

  /// One question of one tree.
  private struct Entry: Hashable, Sendable {
    let cut: Float
    let tree: Int32
    /// The leaves still possible above the cut.
    let right: UInt64
    /// The leaves still possible for an absent value.
    let absent: UInt64
  }

  private let entries: [Entry]
  /// Where each feature's entries begin, and where the last one's end.
  private let starts: [Int]
  /// The values of each tree's leaves from the left, tree after tree.
  private let values: [Float]
  private let firstValues: [Int32]
  private let base: Double
  private let scale: Double

  /// `nil` for ensembles that it cannot hold.
  init?(_ trees: TreeEnsemble) {
    guard trees.sets.isEmpty, trees.trees > 0 else { return nil }
    var byFeature = [[Entry]](repeating: [], count: trees.columns)
    var (values, firstValues) = ([Float](), [Int32]())
    for tree in 0..<trees.trees {
      firstValues.append(Int32(values.count))
      let first = values.count
      guard Self.visit(trees, Int(trees.roots[tree]), tree, first, &values, &byFeature) else {
        return nil
      }
    }
    var (entries, starts) = ([Entry](), [0])
    for feature in byFeature {
      entries += feature.enumerated().sorted { left, right in
        (left.element.cut, left.offset) < (right.element.cut, right.offset)
      }.map(\.element)
      starts.append(entries.count)
    }
    (self.entries, self.starts) = (entries, starts)
    (self.values, self.firstValues) = (values, firstValues)
    (base, scale) = (trees.base, trees.scale)
  }

  /// Numbers the leaves below a node from the left and makes an entry of every question; false where there
  /// are too many.
  private static func visit(
    _ trees: TreeEnsemble, _ place: Int, _ tree: Int, _ first: Int, _ values: inout [Float],
    _ byFeature: inout [[Entry]]
  ) -> Bool {
    let node = trees.nodes[place]
    guard !node.isLeaf else {
      values.append(node.cut)
      return values.count - first <= mostLeaves
    }
    let from = values.count - first
    guard visit(trees, Int(node.left), tree, first, &values, &byFeature) else { return false }
    let middle = values.count - first
    guard visit(trees, Int(node.left) + 1, tree, first, &values, &byFeature) else { return false }
    let (left, right) = (bits(from..<middle), bits(middle..<values.count - first))
    byFeature[Int(node.feature)].append(
      Entry(
        cut: node.cut, tree: Int32(tree), right: ~left,
        absent: node.isMissingLeft ? ~right : ~left))
    return true
  }

  private static func bits(_ leaves: Range<Int>) -> UInt64 {
    leaves.reduce(0) { $0 | 1 << UInt64($1) }
  }

  /// The same sum in the same order as walking down every tree.
  func predict(_ row: UnsafePointer<Float>) -> Double {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: firstValues.count) { possible in
      possible.initialize(repeating: ~0)
      entries.withUnsafeBufferPointer { entries in
        for feature in 0..<starts.count - 1 {
          rule(out: possible, entries, starts[feature]..<starts[feature + 1], row[feature])
        }
      }
      return values.withUnsafeBufferPointer { values in
        var sum = 0.0
        for (tree, first) in firstValues.enumerated() {
          sum += Double(values[Int(first) + possible[tree].trailingZeroBitCount])
        }
        return base + scale * sum
      }
    }
  }

  @inline(__always)
  private func rule(
    out possible: UnsafeMutableBufferPointer<UInt64>, _ entries: UnsafeBufferPointer<Entry>,
    _ range: Range<Int>, _ value: Float
  ) {
    if value.isNaN {
      for place in range { possible[Int(entries[place].tree)] &= entries[place].absent }
      return
    }
    for place in range {
      guard entries[place].cut < value else { return }
      possible[Int(entries[place].tree)] &= entries[place].right
    }
  }
}
