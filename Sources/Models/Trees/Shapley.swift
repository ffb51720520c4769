internal import Numerics

/// Shapley values of trees, leaf by leaf for many rows.
///
/// A leaf pays its value to rows that pass all questions on the way to it. With a set S of features known it pays
/// v · Π(k ∈ S) oₖ · Π(k ∉ S) zₖ: `one` oₖ is 1 where the row passes what is asked of feature k, `zero` zₖ is the
/// share of training rows that do. Averaged over all orders of the d features, feature j earns
/// v · (oⱼ − zⱼ) · Σₛ wₛ · eₛ with eₛ the coefficients of Π(k ≠ j)(zₖ + oₖ·y) and wₛ = s! (d−1−s)! / d!. Rows that
/// pass the same questions earn alike, so that this is worked out once for each pattern that is met.
struct Shapley {
  private let trees: TreeEnsemble
  private let rows: FloatMatrix
  /// By column, then row.
  private(set) var contributions: [Double]

  /// So many rows at a time, so that what is known of them stays near.
  private static let batch = 2_048
  /// Patterns of more features are not looked up but worked out row by row, and so are few rows.
  private static let mostBits = 12
  private static let fewRows = 32

  /// The rows at hand, their answers at the nodes of the tree at hand, and what leads to the node at hand.
  private var range = 0..<0
  private var goesLeft: [UInt8] = []
  private var firstNode = 0
  private var demands: [Demand] = []

  init(_ trees: TreeEnsemble, _ rows: FloatMatrix) {
    self.trees = trees
    self.rows = rows
    contributions = [Double](repeating: 0, count: rows.rows * rows.columns)
    let ends = trees.roots.dropFirst().map { Int($0) } + [trees.nodes.count]
    let batches = Chunks(total: rows.rows, size: Self.batch)
    for (root, end) in zip(trees.roots, ends) {
      for batch in 0..<batches.count {
        range = batches.range(batch)
        answer(Int(root)..<end)
        descend(Int(root))
      }
    }
  }

  // MARK: - Paths

  /// What is asked of one feature on the way to a leaf.
  private struct Demand {
    let feature: Int
    /// The share of training rows that meet it.
    var zero: Double
    /// Nodes, and whether they must be left to the left.
    var nodes: [(node: Int, isLeft: Bool)]
  }

  /// Visits the leaves below a node, whose demands so far stand in `demands`.
  private mutating func descend(_ place: Int) {
    let node = trees.nodes[place]
    guard !node.isLeaf else { return conclude(Double(node.cut)) }
    let (share, feature) = (trees.leftShare(place), Int(node.feature))
    for isLeft in [true, false] {
      let (child, zero) = (Int(node.left) + (isLeft ? 0 : 1), isLeft ? share : 1 - share)
      if let known = demands.firstIndex(where: { $0.feature == feature }) {
        let before = demands[known].zero
        demands[known].zero *= zero
        demands[known].nodes.append((place, isLeft))
        descend(child)
        demands[known].nodes.removeLast()
        demands[known].zero = before
      } else {
        demands.append(Demand(feature: feature, zero: zero, nodes: [(place, isLeft)]))
        descend(child)
        demands.removeLast()
      }
    }
  }

  // MARK: - Rows

  /// By node, then row: 1 where the row goes left.
  private mutating func answer(_ nodes: Range<Int>) {
    firstNode = nodes.lowerBound
    goesLeft = [UInt8](repeating: 0, count: nodes.count * range.count)
    for place in nodes where !trees.nodes[place].isLeaf {
      let node = trees.nodes[place]
      let first = (place - firstNode) * range.count
      let column = Int(node.feature) * rows.rows
      for (index, row) in range.enumerated() {
        goesLeft[first + index] = trees.goesLeft(rows.values[column + row], node) ? 1 : 0
      }
    }
  }

  /// A leaf pays the rows of the batch.
  private mutating func conclude(_ value: Double) {
    guard !demands.isEmpty else { return }
    var earning = Earning(demands.map(\.zero), value)
    guard demands.count <= Self.mostBits, range.count > Self.fewRows else {
      return addSingly(&earning)
    }
    var passed = [UInt8](repeating: 0, count: range.count)
    var patterns = [UInt32](repeating: 0, count: range.count)
    for (place, demand) in demands.enumerated() {
      meet(demand, &passed)
      for row in passed.indices { patterns[row] |= UInt32(passed[row]) << UInt32(place) }
    }
    addAlike(patterns, &earning)
  }

  /// 1 for rows that meet a demand.
  private func meet(_ demand: Demand, _ passed: inout [UInt8]) {
    for row in passed.indices { passed[row] = 1 }
    for (node, isLeft) in demand.nodes {
      let (first, flip) = ((node - firstNode) * passed.count, UInt8(isLeft ? 0 : 1))
      for row in passed.indices { passed[row] &= goesLeft[first + row] ^ flip }
    }
  }

  /// Works out each pattern once.
  private mutating func addAlike(_ patterns: [UInt32], _ earning: inout Earning) {
    let width = demands.count
    var known = [Int32](repeating: -1, count: 1 << width)
    var earned: [Double] = []
    var places = [Int](repeating: 0, count: range.count)
    for (index, pattern) in patterns.enumerated() {
      if known[Int(pattern)] < 0 {
        known[Int(pattern)] = Int32(earned.count)
        for place in 0..<width { earning.ones[place] = pattern >> UInt32(place) & 1 == 1 }
        earning.work()
        earned += earning.earned
      }
      places[index] = Int(known[Int(pattern)])
    }
    for (place, demand) in demands.enumerated() {
      let first = demand.feature * rows.rows + range.lowerBound
      contributions.withUnsafeMutableBufferPointer { contributions in
        for index in places.indices {
          contributions[first + index] += earned[places[index] + place]
        }
      }
    }
  }

  private mutating func addSingly(_ earning: inout Earning) {
    for (index, row) in range.enumerated() {
      for (place, demand) in demands.enumerated() {
        earning.ones[place] = demand.nodes.allSatisfy { node, isLeft in
          (goesLeft[(node - firstNode) * range.count + index] == 1) == isLeft
        }
      }
      earning.work()
      for (place, demand) in demands.enumerated() {
        contributions[demand.feature * rows.rows + row] += earning.earned[place]
      }
    }
  }
}

/// What the features of one path earn by which of them a row passes.
private struct Earning {
  let zeros: [Double]
  let value: Double
  var ones: [Bool]
  private(set) var earned: [Double]
  /// s! (d−1−s)! / d!.
  private let weights: [Double]
  /// Coefficients of the product of all features' terms.
  private var product: [Double]

  init(_ zeros: [Double], _ value: Double) {
    let count = zeros.count
    self.zeros = zeros
    self.value = value
    ones = [Bool](repeating: false, count: count)
    earned = [Double](repeating: 0, count: count)
    product = [Double](repeating: 0, count: count + 1)
    var weights = [1 / Double(count)]
    for size in 1..<max(1, count) {
      weights.append(weights[size - 1] * Double(size) / Double(count - size))
    }
    self.weights = weights
  }

  mutating func work() {
    var degree = 0
    product[0] = value
    for place in zeros.indices {
      let zero = zeros[place]
      if ones[place] {
        degree += 1
        product[degree] = product[degree - 1]
        for power in stride(from: degree - 1, to: 0, by: -1) {
          product[power] = product[power] * zero + product[power - 1]
        }
        product[0] *= zero
      } else {
        for power in 0...degree { product[power] *= zero }
      }
    }
    // A feature not passed has its zero in the product already, whichever it is.
    let lost = degree < zeros.count ? (0...degree).reduce(0) { $0 + weights[$1] * product[$1] } : 0
    for place in zeros.indices {
      earned[place] = ones[place] ? (1 - zeros[place]) * without(zeros[place], degree) : -lost
    }
  }

  /// Σ of weights and coefficients of the product without one feature that is passed: it is divided by
  /// zero + y from the highest power down.
  private func without(_ zero: Double, _ degree: Int) -> Double {
    var (sum, coefficient) = (0.0, 0.0)
    for power in stride(from: degree, to: 0, by: -1) {
      coefficient = product[power] - zero * coefficient
      sum += weights[power - 1] * coefficient
    }
    return sum
  }
}
