internal import Numerics

/// Looks for the best parting of a leaf among the cells of its features.
struct SplitSearch {
  let rule: Regularisation
  let parameters: GrowthParameters
  let bins: [FeatureBins]
  /// Whether rows have weights of their own: their sums then lie so many cells behind the others.
  let weightsOffset: Int?
  /// Whether neither weights nor directions nor categories ask for more than the kernel knows.
  let isPlain: Bool

  /// Categories with few rows are not believed: so many rows of nothing are added to each, and to λ.
  private static let categoryRows = 10.0

  init(
    _ rule: Regularisation, _ parameters: GrowthParameters, _ bins: [FeatureBins],
    weightsOffset: Int?
  ) {
    self.rule = rule
    self.parameters = parameters
    self.bins = bins
    self.weightsOffset = weightsOffset
    isPlain =
      weightsOffset == nil && !parameters.isDirected && parameters.categories.isEmpty
  }

  /// The best split among features whose cells stand one after the other; of equal ones the first.
  func best(
    of leaf: Leaf, _ features: Range<Int>, _ cells: UnsafePointer<Int64>,
    allowed: UnsafePointer<UInt8>
  ) -> Split {
    guard canSplit(leaf) else { return Split() }
    var best = Split()
    best.gain = leastGain(leaf)
    if isPlain {
      plain(leaf, features, cells, allowed, &best)
    } else {
      for feature in features where allowed[feature] != 0 {
        let place = (feature - features.lowerBound) * Histogram.codesPerFeature
        general(leaf, feature, cells + place, &best)
      }
    }
    return best.isFound ? best : Split()
  }

  /// What a split must gain at least: what rounding alone can feign is nothing.
  func leastGain(_ leaf: Leaf) -> Double {
    let weight = Double(leaf.weight) / rule.weightUnit
    let sum = rule.drawn(Double(Histogram.sum(leaf.total)))
    return max(rule.leastGain, sum * sum / max(weight + rule.l2, 1) * 0x1p-44)
  }

  func canSplit(_ leaf: Leaf) -> Bool {
    leaf.count >= 2 * rule.leastRows && leaf.depth < parameters.depth ?? GrowthParameters.mostDepth
  }

  private func plain(
    _ leaf: Leaf, _ features: Range<Int>, _ cells: UnsafePointer<Int64>,
    _ allowed: UnsafePointer<UInt8>, _ best: inout Split
  ) {
    var scan = CutScan(
      total: leaf.total, l1: rule.l1, l2: rule.l2, leastRows: rule.leastRows, gain: best.gain)
    for feature in features where allowed[feature] != 0 {
      let place = (feature - features.lowerBound) * Histogram.codesPerFeature
      if scan.improve(cells + place, codes: bins[feature].codes) { best.feature = feature }
    }
    guard best.isFound else { return }
    best.gain = scan.gain
    best.cut = scan.cut
    best.isMissingLeft = scan.isMissingLeft
    best.left = scan.left
    best.leftWeight = Histogram.count(scan.left)
  }
}

// MARK: - Few rows

extension SplitSearch {
  /// The best split of a leaf of few rows, each feature's codes counted by themselves.
  func best(
    of leaf: Leaf, allowed: UnsafePointer<UInt8>, _ room: borrowing FewCells,
    rows: UnsafePointer<Int32>, values: UnsafePointer<Int64>, data: BinnedRows
  ) -> Split {
    var best = Split()
    var scan = CutScan(
      total: leaf.total, l1: rule.l1, l2: rule.l2, leastRows: rule.leastRows,
      gain: leastGain(leaf))
    room.gather(leaf.count, rows, data, allowed) { feature, tile, stride in
      let codes = Histogram.addFew(
        tile, stride: stride, values: values, count: leaf.count, sparse: room.sparse.start,
        to: room.cells.start, used: room.used.start)
      guard scan.improve(room.cells.start, codes: codes) else { return }
      best.feature = feature
      best.cut = Int(room.used[scan.cut])
    }
    guard best.isFound else { return best }
    best.gain = scan.gain
    best.isMissingLeft = scan.isMissingLeft
    best.left = scan.left
    best.leftWeight = Histogram.count(scan.left)
    return best
  }
}

/// Room to count one feature of few rows.
struct FewCells: ~Copyable {
  let sparse = Aligned<Int64>(Histogram.codesPerFeature, 0)
  let cells = Aligned<Int64>(Histogram.codesPerFeature + 1, 0)
  let used = Aligned<UInt8>(Histogram.codesPerFeature + 1, 0)
  private let tile: Aligned<UInt8>

  /// Of so many rows at most a block's codes are copied together: they then lie near for each of its features.
  private static let blockRows = 1_024

  init(rows: Int) {
    tile = Aligned(max(rows, Self.blockRows * Histogram.featuresPerBlock), 0)
  }

  /// Calls with every allowed feature, its codes of some rows and the bytes from one to the next.
  @inline(__always)
  func gather(
    _ count: Int, _ rows: UnsafePointer<Int32>, _ data: BinnedRows,
    _ allowed: UnsafePointer<UInt8>, _ use: (Int, UnsafePointer<UInt8>, Int) -> Void
  ) {
    let width = Histogram.featuresPerBlock
    for block in 0..<data.blocks {
      let features = block * width..<min(data.columns, (block + 1) * width)
      guard features.contains(where: { allowed[$0] != 0 }) else { continue }
      if count <= Self.blockRows {
        Histogram.gather(
          block: data.block(block), stride: data.stride, rows: rows, count: count,
          into: tile.start)
      }
      for feature in features where allowed[feature] != 0 {
        if count <= Self.blockRows {
          use(feature, UnsafePointer(tile.start + (feature - features.lowerBound)), width)
        } else {
          Histogram.gather(
            column: data.feature(feature), rows: rows, count: count, into: tile.start)
          use(feature, UnsafePointer(tile.start), 1)
        }
      }
    }
  }
}

// MARK: - Weights, directions and categories

extension SplitSearch {
  /// One way of parting a leaf, on its way to be judged.
  private struct Trial {
    var left: Int64
    var weight: Int64
    let l2: Double
    let direction: Int
  }

  private func general(
    _ leaf: Leaf, _ feature: Int, _ cells: UnsafePointer<Int64>, _ best: inout Split
  ) {
    let isCategory = bins[feature].isCategory
    let order = isCategory ? categoryOrder(feature, cells) : Array(1..<bins[feature].codes)
    let hasAbsent = Histogram.count(cells[0]) > 0
    for side in 0..<(hasAbsent ? 2 : 1) {
      var trial = Trial(
        left: side == 1 ? cells[0] : 0, weight: side == 1 ? weight(cells, 0) : 0,
        l2: isCategory ? rule.l2 + Self.categoryRows : rule.l2,
        direction: parameters.direction(feature).rawValue)
      for (place, code) in order.enumerated() {
        trial.left &+= cells[code]
        trial.weight &+= weight(cells, code)
        guard let gain = gain(of: trial, leaf), gain > best.gain else { continue }
        best = Split(gain: gain, feature: feature)
        best.isMissingLeft = side == 1
        best.left = trial.left
        best.leftWeight = trial.weight
        if isCategory {
          let isKept = side == 0
          for code in isKept ? order[...place] : order[(place + 1)...] {
            best.set[code >> 6] |= 1 << UInt64(code & 63)
          }
          // Absent ones go right, as names that training did not know do: else the sides change places.
          guard !isKept else { continue }
          best.isMissingLeft = false
          best.left = leaf.total &- trial.left
          best.leftWeight = leaf.weight - trial.weight
        } else {
          best.cut = code
        }
      }
    }
  }

  /// What the rows of a cell weigh, in quantised units.
  @inline(__always)
  private func weight(_ cells: UnsafePointer<Int64>, _ code: Int) -> Int64 {
    guard let weightsOffset else { return Histogram.count(cells[code]) }
    return Histogram.sum(cells[weightsOffset + code])
  }

  /// Categories in the order of their mean, drawn to nothing where rows are few: a prefix of it parts best.
  private func categoryOrder(_ feature: Int, _ cells: UnsafePointer<Int64>) -> [Int] {
    func mean(_ code: Int) -> Double {
      let rows = Double(weight(cells, code)) / rule.weightUnit
      return Double(Histogram.sum(cells[code])) / (rows + Self.categoryRows)
    }
    return (1..<bins[feature].codes)
      .filter { Histogram.count(cells[$0]) > 0 }
      .map { (mean: mean($0), code: $0) }
      .sorted { ($0.mean, $0.code) < ($1.mean, $1.code) }
      .map(\.code)
  }

  /// What a trial gains over leaving the leaf whole; `nil` where it is not allowed.
  private func gain(of trial: Trial, _ leaf: Leaf) -> Double? {
    // Both sides as cells count them: a row that was drawn twice counts twice.
    let (rows, all) = (Histogram.count(trial.left), Histogram.count(leaf.total))
    guard rows >= rule.leastRows, all - rows >= rule.leastRows else { return nil }
    let leftSum = Double(Histogram.sum(trial.left))
    let sum = Double(Histogram.sum(leaf.total))
    let leftWeight = Double(trial.weight) / rule.weightUnit
    let weight = Double(leaf.weight) / rule.weightUnit
    let judge = Regularisation(
      l1: rule.l1, l2: trial.l2, leastRows: rule.leastRows, leastGain: 0, weightUnit: 1)
    guard leftWeight > 0, weight - leftWeight > 0 else { return nil }
    func bound(_ value: Double) -> Double { min(max(value, leaf.low), leaf.high) }
    let left = bound(judge.value(leftSum, leftWeight))
    let right = bound(judge.value(sum - leftSum, weight - leftWeight))
    if trial.direction != 0, (right - left) * Double(trial.direction) < 0 { return nil }
    let whole = bound(judge.value(sum, weight))
    return judge.score(leftSum, leftWeight, at: left)
      + judge.score(sum - leftSum, weight - leftWeight, at: right)
      - judge.score(sum, weight, at: whole)
  }
}
