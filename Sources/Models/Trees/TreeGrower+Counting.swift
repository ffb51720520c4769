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

  /// Counts a leaf by itself and finds its best split.
  mutating func build(
    _ leaf: inout Leaf, side: Int, _ search: SplitSearch, _ workers: borrowing Workers
  ) {
    guard search.canSplit(leaf) else { return }
    let slot = pool.take()
    let cells = pool[slot ?? pool.scratch]
    leaf.slot = slot
    leaf.best = searched(leaf, workers) { block in
      count(leaf, block, into: cells)
      return best(leaf, block, cells, search, side: side)
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
    let flags = allowed.start + side * data.columns
    return search.best(
      of: leaf, (0..<data.columns).lazy.filter { flags[$0] != 0 }, room,
      rows: rows.start + leaf.start, values: values.start + leaf.start, data: data)
  }

  private mutating func divide(
    _ small: inout Leaf, _ large: inout Leaf, _ parent: Int, _ search: SplitSearch,
    _ workers: borrowing Workers
  ) {
    let slot = search.canSplit(small) ? pool.take() : nil
    let (cells, rest) = (pool[slot ?? pool.scratch], pool[parent])
    (small.slot, large.slot) = (slot, parent)
    let (lesser, greater) = (small, large)
    let found = Aligned(2 * data.blocks, Split())
    let splits = found.start
    workers.run(chunks: data.blocks) { block in
      count(lesser, block, into: cells)
      subtract(block, cells, from: rest)
      splits[2 * block] = best(lesser, block, cells, search, side: 0)
      splits[2 * block + 1] = best(greater, block, rest, search, side: 1)
    }
    for block in 0..<data.blocks {
      if splits[2 * block].gain > small.best.gain { small.best = splits[2 * block] }
      if splits[2 * block + 1].gain > large.best.gain { large.best = splits[2 * block + 1] }
    }
  }

  /// The best of what the blocks found, the first of equal ones, whoever searched them.
  private func searched(
    _ leaf: Leaf, _ workers: borrowing Workers, _ search: (Int) -> Split
  ) -> Split {
    let found = Aligned(data.blocks, Split())
    let splits = found.start
    workers.run(chunks: data.blocks) { splits[$0] = search($0) }
    return (0..<data.blocks).reduce(Split()) { splits[$1].gain > $0.gain ? splits[$1] : $0 }
  }

  /// The columns of a block.
  private func features(_ block: Int) -> Range<Int> {
    let width = Histogram.featuresPerBlock
    return block * width..<min(data.columns, (block + 1) * width)
  }

  private func best(
    _ leaf: Leaf, _ block: Int, _ cells: UnsafeMutablePointer<Int64>, _ search: SplitSearch,
    side: Int
  ) -> Split {
    search.best(
      of: leaf, features(block), cells + block * Histogram.cellsPerBlock,
      allowed: allowed.start + side * data.columns)
  }

  private func count(_ leaf: Leaf, _ block: Int, into cells: UnsafeMutablePointer<Int64>) {
    let start = cells + block * Histogram.cellsPerBlock
    for (place, feature) in features(block).enumerated() {
      (start + place * Histogram.codesPerFeature)
        .update(repeating: 0, count: data.bins[feature].codes)
    }
    Histogram.addBlock(
      data.block(block), features: features(block).count, rows: rows.start + leaf.start,
      values: values.start + leaf.start,
      count: leaf.count, to: start)
    guard let offset = pool.weightsOffset else { return }
    (start + offset).update(repeating: 0, count: Histogram.cellsPerBlock)
    // Weights are gathered here rather than moved at every split: most fits have none.
    let gathered = Aligned<Int64>(leaf.count, 0)
    for place in 0..<leaf.count { gathered[place] = weightValues[Int(rows[leaf.start + place])] }
    Histogram.addBlock(
      data.block(block), features: features(block).count, rows: rows.start + leaf.start,
      values: gathered.start,
      count: leaf.count, to: start + offset)
  }

  private func subtract(
    _ block: Int, _ cells: UnsafeMutablePointer<Int64>, from rest: UnsafeMutablePointer<Int64>
  ) {
    for feature in features(block) {
      let (start, codes) = (feature * Histogram.codesPerFeature, data.bins[feature].codes)
      Histogram.subtract(cells + start, from: rest + start, count: codes)
      guard let offset = pool.weightsOffset else { continue }
      Histogram.subtract(cells + start + offset, from: rest + start + offset, count: codes)
    }
  }
}
