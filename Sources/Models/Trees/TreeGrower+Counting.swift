internal import Numerics

/// Counting leaves and looking for their splits, block by block: what is counted is searched while it is near.
extension TreeGrower {

  /// Flags for each feature that the next nodes may choose.
  func choose(_ features: [Int], using generator: inout Xoshiro256) {
    guard parameters.treeFeatures < 1 || parameters.nodeFeatures < 1 else { return }
    for side in 0..<2 {
      let flags = allowed.start + side * data.columns
      flags.update(repeating: 0, count: data.columns)
      for feature in draw(parameters.nodeFeatures, of: features, using: &generator) {
        flags[feature] = 1
      }
    }
  }

  /// A share of the features, at least one.
  func draw(_ share: Double, of features: [Int], using generator: inout Xoshiro256) -> [Int] {
    guard share < 1, !features.isEmpty else { return features }
    let count = max(1, Int((share * Double(features.count)).rounded()))
    return generator.sample(count, of: features.count).map { features[$0] }
  }

  /// Finds the best split of the root, whose histogram may have been carried over from the last tree.
  mutating func buildRoot(
    _ leaf: inout Leaf, _ search: SplitSearch, _ workers: borrowing Workers
  ) {
    guard search.canSplit(leaf) else { return }
    guard carry.isReady, let slot = pool.take() else {
      build(&leaf, side: 0, search, workers)
      if carry.isWanted, let slot = leaf.slot {
        carry.cells.start.update(from: pool[slot], count: pool.cellsPerSlot)
      }
      return
    }
    let (cells, whole) = (pool[slot], leaf)
    cells.update(from: carry.cells.start, count: pool.cellsPerSlot)
    leaf.slot = slot
    leaf.best = searched(workers) { best(whole, $0, cells, search, side: 0) }
  }

  /// Counts a leaf by itself and finds its best split.
  mutating func build(
    _ leaf: inout Leaf, side: Int, _ search: SplitSearch, _ workers: borrowing Workers
  ) {
    guard search.canSplit(leaf) else { return }
    let slot = pool.take()
    let cells = pool[slot ?? pool.scratch]
    gatherWeights(leaf)
    let counted = leaf
    leaf.slot = slot
    leaf.best = searched(workers) { blocks in
      count(counted, blocks, into: cells)
      return best(counted, blocks, cells, search, side: side)
    }
  }

  /// Finds the best splits of two siblings: the smaller is counted, the larger is the parent less it.
  mutating func evaluate(
    _ left: inout Leaf, _ right: inout Leaf, parent: Int?, _ search: SplitSearch,
    _ workers: borrowing Workers
  ) {
    let isLeftSmall = left.count <= right.count
    var (small, large) = isLeftSmall ? (left, right) : (right, left)
    if search.isPlain, large.count <= fewRows {
      pool.release(parent)
      small.best = few(small, side: 0, search)
      large.best = few(large, side: 1, search)
    } else if search.canSplit(large), let parent {
      divide(&small, &large, parent, search, workers)
    } else {
      // No parent to subtract from, or nothing to find in the larger one.
      pool.release(parent)
      build(&small, side: 0, search, workers)
      build(&large, side: 1, search, workers)
    }
    (left, right) = isLeftSmall ? (small, large) : (large, small)
  }

  /// The best split of a leaf that is too small for a histogram of all features.
  private func few(_ leaf: Leaf, side: Int, _ search: SplitSearch) -> Split {
    guard search.canSplit(leaf) else { return Split() }
    return search.best(
      of: leaf, allowed: allowed.start + side * data.columns, room,
      rows: rows.start + leaf.start, values: values.start + leaf.start, data: data)
  }

  private mutating func divide(
    _ small: inout Leaf, _ large: inout Leaf, _ parent: Int, _ search: SplitSearch,
    _ workers: borrowing Workers
  ) {
    let slot = search.canSplit(small) ? pool.take() : nil
    let (cells, rest) = (pool[slot ?? pool.scratch], pool[parent])
    (small.slot, large.slot) = (slot, parent)
    gatherWeights(small)
    let (lesser, greater) = (small, large)
    let groups = groups(workers)
    let found = Aligned(2 * groups.count, Split())
    let splits = found.start
    workers.run(chunks: groups.count) { group in
      let blocks = groups.range(group)
      count(lesser, blocks, into: cells)
      subtract(blocks, cells, from: rest)
      splits[2 * group] = best(lesser, blocks, cells, search, side: 0)
      splits[2 * group + 1] = best(greater, blocks, rest, search, side: 1)
    }
    for group in 0..<groups.count {
      if splits[2 * group].gain > small.best.gain { small.best = splits[2 * group] }
      if splits[2 * group + 1].gain > large.best.gain { large.best = splits[2 * group + 1] }
    }
  }

  /// The best of what the groups of blocks found, the first of equal ones, whoever searched them.
  private func searched(
    _ workers: borrowing Workers, _ search: (Range<Int>) -> Split
  ) -> Split {
    let groups = groups(workers)
    let found = Aligned(groups.count, Split())
    let splits = found.start
    workers.run(chunks: groups.count) { splits[$0] = search(groups.range($0)) }
    return (0..<groups.count).reduce(Split()) { splits[$1].gain > $0.gain ? splits[$1] : $0 }
  }

  /// Blocks that are counted together, as a row's codes of up to eight lie in two cache lines; each worker
  /// has some. Whole numbers and the order of groups keep their number from changing anything.
  func groups(_ workers: borrowing Workers) -> Chunks {
    let count = max(
      (data.blocks + Histogram.blocksPerGroup - 1) / Histogram.blocksPerGroup,
      min(workers.count, data.blocks)
    )
    return Chunks(total: data.blocks, size: max(1, (data.blocks + count - 1) / max(1, count)))
  }

  /// The columns of some blocks.
  func features(_ blocks: Range<Int>) -> Range<Int> {
    let width = Histogram.featuresPerBlock
    return blocks.lowerBound * width..<min(data.columns, blocks.upperBound * width)
  }

  private func best(
    _ leaf: Leaf, _ blocks: Range<Int>, _ cells: UnsafeMutablePointer<Int64>,
    _ search: SplitSearch, side: Int
  ) -> Split {
    search.best(
      of: leaf, features(blocks), cells + blocks.lowerBound * Histogram.cellsPerBlock,
      allowed: allowed.start + side * data.columns)
  }

  private func count(_ leaf: Leaf, _ blocks: Range<Int>, into cells: UnsafeMutablePointer<Int64>) {
    clear(blocks, cells)
    add(leaf, blocks, values, to: cells)
    guard let offset = pool.weightsOffset else { return }
    clear(blocks, cells + offset)
    add(leaf, blocks, spareValues, to: cells + offset)
  }

  private func clear(_ blocks: Range<Int>, _ cells: UnsafeMutablePointer<Int64>) {
    for feature in features(blocks) {
      (cells + feature * Histogram.codesPerFeature)
        .update(repeating: 0, count: data.bins[feature].codes)
    }
  }

  /// Adds what a leaf's rows carry to the cells of some blocks.
  func add(
    _ leaf: Leaf, _ blocks: Range<Int>, _ values: borrowing Aligned<Int64>,
    to cells: UnsafeMutablePointer<Int64>
  ) {
    Histogram.add(
      data.block(blocks.lowerBound), stride: data.stride, features: features(blocks).count,
      rows: rows.start + leaf.start, values: values.start + leaf.start, count: leaf.count,
      to: cells + blocks.lowerBound * Histogram.cellsPerBlock)
  }

  /// Weights are gathered here rather than moved at every split: most fits have none.
  private func gatherWeights(_ leaf: Leaf) {
    guard isWeighted else { return }
    for place in leaf.start..<leaf.start + leaf.count {
      spareValues[place] = weightValues[Int(rows[place])]
    }
  }

  private func subtract(
    _ blocks: Range<Int>, _ cells: UnsafeMutablePointer<Int64>,
    from rest: UnsafeMutablePointer<Int64>
  ) {
    for feature in features(blocks) {
      let (start, codes) = (feature * Histogram.codesPerFeature, data.bins[feature].codes)
      Histogram.subtract(cells + start, from: rest + start, count: codes)
      guard let offset = pool.weightsOffset else { continue }
      Histogram.subtract(cells + start + offset, from: rest + start + offset, count: codes)
    }
  }
}
