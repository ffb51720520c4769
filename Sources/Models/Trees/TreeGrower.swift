internal import Numerics

/// Grows one tree after the other on the same binned rows: rows are parted in place, a split's smaller side
/// is counted and the larger one is what the parent has more.
struct TreeGrower: ~Copyable {
  let data: BinnedRows
  let parameters: GrowthParameters
  let isWeighted: Bool
  /// The rows in the order of the leaves, with what each adds to a cell.
  let rows: Aligned<Int32>
  let values: Aligned<Int64>
  let spareRows: Aligned<Int32>
  let spareValues: Aligned<Int64>
  /// What a row's weight adds to a cell of weights, by row.
  let weightValues: Aligned<Int64>
  let flags = Aligned<UInt8>(Histogram.codesPerFeature, 0)
  /// By feature and side: whether the node may choose it.
  let allowed: Aligned<UInt8>
  let room: FewCells
  var pool: HistogramPool
  /// What one tree leaves to the next.
  var carry: Carry
  /// Leaves of so many rows at most are counted one feature at a time, without their sibling's help: then
  /// clearing and subtracting all cells would cost more than counting.
  var fewRows: Int
  var tree = Tree()

  /// `carries` where the next tree's gradients will be this one's less what each leaf forecasts.
  init(
    _ data: BinnedRows, _ parameters: GrowthParameters, isWeighted: Bool, slots: Int? = nil,
    carries: Bool = false
  ) {
    self.data = data
    self.parameters = parameters
    self.isWeighted = isWeighted
    rows = Aligned(data.rows, 0)
    values = Aligned(data.rows, 0)
    spareRows = Aligned(data.rows, 0)
    spareValues = Aligned(data.rows, 0)
    weightValues = Aligned(isWeighted ? data.rows : 0, 0)
    room = FewCells(rows: data.rows)
    allowed = Aligned(2 * max(1, data.columns), 1)
    let isWhole = parameters.leaves >= data.rows
    pool = HistogramPool(
      blocks: data.blocks, isWeighted: isWeighted,
      leaves: slots ?? (isWhole ? 64 : parameters.leaves))
    // Fewer rows are counted sooner than the cells of all leaves are looked through.
    let isWorthwhile = carries && data.rows >= Self.carriedRows * parameters.leaves
    carry = Carry(
      isWanted: isWorthwhile, rows: data.rows, cells: data.blocks * Histogram.cellsPerBlock)
    let costly = parameters.nodeFeatures - Self.freeShare
    fewRows = costly > 0 ? Int(Self.fewRowsAtShare / costly) : .max
  }

  /// Counting features one by one is level with subtracting histograms of all of them at so many rows over
  /// the share of features asked for, less what a histogram's rows cost anyway (measured, see Benchmarks).
  static let fewRowsAtShare = 445.0
  static let freeShare = 0.12

  /// So many rows a leaf make it worth while to carry the root's histogram from tree to tree.
  static let carriedRows = 128

  /// Grows a tree on some rows with a gradient each; leaves come without values.
  ///
  /// Gradients become whole numbers whose absolute sum fits 31 bits, so that no cell can overflow however
  /// many rows a leaf holds; `weights` are a row's own and are in the gradients already.
  mutating func grow(
    on chosen: RowSet, gradients: UnsafeBufferPointer<Double>,
    weights: UnsafeBufferPointer<Double>?, workers: borrowing Workers,
    using generator: inout Xoshiro256
  ) -> GrownTree {
    tree = Tree()
    pool.reset()
    let scale = carry.isReady ? loadCarried(workers) : load(chosen, gradients)
    let weightUnit = weights.map { loadWeights(chosen, $0) } ?? 1
    let rule = Regularisation(
      l1: parameters.l1 * scale, l2: parameters.l2,
      leastRows: parameters.leastRows(of: chosen.count),
      leastGain: parameters.leastGain * scale * scale, weightUnit: weightUnit)
    let search = SplitSearch(
      rule, parameters, data.bins, weightsOffset: pool.weightsOffset)
    let treeFeatures = draw(parameters.treeFeatures, of: Array(0..<data.columns), using: &generator)
    var waiting = [root(chosen.count)]
    var finished: [Leaf] = []
    tree.covers[0] = Float(Double(waiting[0].weight) / weightUnit)
    choose(treeFeatures, using: &generator)
    buildRoot(&waiting[0], search, workers)
    while let place = next(waiting, finished.count) {
      waiting.swapAt(place, waiting.count - 1)
      let leaf = waiting.removeLast()
      guard leaf.best.isFound else {
        if !carry.isWanted { pool.release(leaf.slot) }
        finished.append(leaf)
        continue
      }
      var (left, right) = part(leaf, scale: scale, rule, workers)
      let isLast = waiting.count + finished.count + 2 >= parameters.leaves
      if isLast {
        pool.release(leaf.slot)
      } else {
        choose(treeFeatures, using: &generator)
        evaluate(&left, &right, parent: leaf.slot, search, workers)
      }
      waiting += [left, right]
    }
    return GrownTree(tree: tree, leaves: finished + waiting, scale: scale)
  }

  /// The place of the leaf to be split next; `nil` when the tree is done.
  private func next(_ waiting: [Leaf], _ finished: Int) -> Int? {
    guard waiting.count + finished < parameters.leaves, !waiting.isEmpty else { return nil }
    // Where every leaf may be split there is nothing to choose: the latest first, for the least memory.
    if parameters.leaves >= data.rows { return waiting.count - 1 }
    func isBefore(_ left: Leaf, _ right: Leaf) -> Bool {
      guard left.best.isFound else { return false }
      if parameters.order == .depthwise, right.best.isFound, left.depth != right.depth {
        return left.depth < right.depth
      }
      return left.best.gain > right.best.gain
    }
    let best = waiting.indices.dropFirst().reduce(0) {
      isBefore(waiting[$1], waiting[$0]) ? $1 : $0
    }
    return waiting[best].best.isFound ? best : nil
  }

  /// The rows of a leaf, in ascending order.
  @inline(__always)
  func members(_ leaf: Leaf) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: rows.start + leaf.start, count: leaf.count)
  }
}

/// Which rows a tree learns from, in ascending order, and how often each counts.
struct RowSet {
  let rows: [Int32]
  /// `nil` where each counts once.
  let counts: [Int32]?

  var count: Int { rows.count }

  init(_ rows: [Int32], counts: [Int32]? = nil) {
    self.rows = rows
    self.counts = counts
  }
}

/// A tree without values yet, with the rows that fell into each leaf.
struct GrownTree {
  var tree: Tree
  let leaves: [Leaf]
  /// What gradients were multiplied by.
  let scale: Double
}
