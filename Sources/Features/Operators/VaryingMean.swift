/// The mean of as many of the last values as a second series says, between two bounds.
///
/// A tree of sums over a ring of the largest window: one value enters in log₂ steps, any window is
/// summed in log₂ steps, and nothing running can pile up rounding.
struct VaryingMean: Operator {
  let least: Int
  let most: Int
  /// The tree's leaves, a power of two; leaf k holds every `leaves`-th value.
  private let leaves: Int
  private var next = 0
  private var seen = 0

  init(least: Int, most: Int) {
    (self.least, self.most) = (least, max(least, most))
    leaves = Self.leaves(max(least, most))
  }

  mutating func run(_ stretch: Stretch) {
    for row in 0..<stretch.rows {
      stretch.answers[row] = update(
        stretch.first[row], stretch.second[row], stretch.scratch)
    }
  }

  private mutating func update(
    _ value: Double, _ wanted: Double, _ tree: UnsafeMutablePointer<Double>
  ) -> Double {
    enter(isSound(value) ? value : .nan, tree)
    guard seen == most, !wanted.isNaN else { return .nan }
    let count = wanted >= Double(most) ? most : max(least, Int(max(wanted, 1)))
    return sum(count, tree) / Double(count)
  }

  /// Node k is the sum of nodes 2k and 2k + 1; the leaves come last.
  private mutating func enter(_ value: Double, _ tree: UnsafeMutablePointer<Double>) {
    var node = leaves + next
    tree[node] = value
    while node > 1 {
      node /= 2
      tree[node] = tree[2 * node] + tree[2 * node + 1]
    }
    next = (next + 1) % leaves
    seen = min(seen + 1, most)
  }

  /// The newest `count` values lie in one piece of the ring, or in two.
  private func sum(_ count: Int, _ tree: UnsafeMutablePointer<Double>) -> Double {
    guard count > next else { return sum(from: next - count, to: next, tree) }
    let older = sum(from: leaves + next - count, to: leaves, tree)
    return next == 0 ? older : older + sum(from: 0, to: next, tree)
  }

  private func sum(from start: Int, to end: Int, _ tree: UnsafeMutablePointer<Double>) -> Double {
    var (left, right, total) = (leaves + start, leaves + end, 0.0)
    while left < right {
      if left % 2 == 1 {
        total += tree[left]
        left += 1
      }
      if right % 2 == 1 {
        right -= 1
        total += tree[right]
      }
      left /= 2
      right /= 2
    }
    return total
  }

  fileprivate static func leaves(_ most: Int) -> Int {
    var leaves = 1
    while leaves < most { leaves *= 2 }
    return leaves
  }
}

extension Operation {
  static func varyingMean(_ least: Int, _ most: Int) -> Operation {
    Operation(
      "varyingMean", [Double(least), Double(most)],
      scratch: 2 * VaryingMean.leaves(max(least, most)), silence: max(least, most) - 1
    ) { VaryingMean(least: least, most: most) }
  }
}
