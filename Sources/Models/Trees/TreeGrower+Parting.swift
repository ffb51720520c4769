internal import Numerics

/// Loading rows and parting them.
extension TreeGrower {
  /// Takes the rows in and turns their gradients into whole numbers; returns what they were multiplied by.
  func load(_ chosen: RowSet, _ gradients: UnsafeBufferPointer<Double>) -> Double {
    var (sum, count) = (0.0, 0)
    for (place, row) in chosen.rows.enumerated() {
      let times = chosen.counts.map { Int($0[place]) } ?? 1
      sum += abs(gradients[Int(row)]) * Double(times)
      count += times
    }
    precondition(count < 1 << 30, "a tree learns from fewer than 2^30 rows")
    // Each rounding adds a half at most.
    let scale = (0x1p31 - 1 - Double(count)) / max(sum, 0x1p-900)
    for (place, row) in chosen.rows.enumerated() {
      let whole = nearest(gradients[Int(row)] * scale)
      let times = chosen.counts.map { Int64($0[place]) } ?? 1
      rows[place] = row
      values[place] = Histogram.packed(sum: whole * times, count: times)
      if carry.isWanted { carry.wholes[Int(row)] = Int32(truncatingIfNeeded: whole) }
    }
    return scale
  }

  /// Turns weights into whole numbers; returns what they were multiplied by.
  func loadWeights(_ chosen: RowSet, _ weights: UnsafeBufferPointer<Double>) -> Double {
    var sum = 0.0
    for (place, row) in chosen.rows.enumerated() {
      sum += weights[Int(row)] * (chosen.counts.map { Double($0[place]) } ?? 1)
    }
    let unit = (0x1p31 - 1 - 2 * Double(chosen.count)) / max(sum, 0x1p-900)
    for (place, row) in chosen.rows.enumerated() {
      let times = chosen.counts.map { Int64($0[place]) } ?? 1
      weightValues[Int(row)] = Histogram.packed(
        sum: nearest(weights[Int(row)] * unit) * times, count: 0)
    }
    return unit
  }

  /// All rows in one leaf.
  func root(_ count: Int) -> Leaf {
    var (total, weight) = (Int64(0), Int64(0))
    for place in 0..<count {
      total &+= values[place]
      if isWeighted { weight += Histogram.sum(weightValues[Int(rows[place])]) }
    }
    if !isWeighted { weight = Histogram.count(total) }
    return Leaf(
      start: 0, count: count, total: total, weight: weight, node: 0, depth: 0, slot: nil)
  }

  /// Parts a leaf as its best split says.
  mutating func part(
    _ leaf: Leaf, scale: Double, _ rule: Regularisation, _ workers: borrowing Workers
  ) -> (Leaf, Leaf) {
    let split = leaf.best
    split.fill(flags.start)
    let kept = Histogram.partition(
      data.feature(split.feature), left: flags.start, rows: rows.start + leaf.start,
      values: values.start + leaf.start, count: leaf.count, spareRows: spareRows.start,
      spareValues: spareValues.start, workers: workers)
    let node = tree.split(
      leaf.node, feature: split.feature, cut: threshold(split), isMissingLeft: split.isMissingLeft,
      set: categories(split), gain: split.gain / (scale * scale))
    var left = Leaf(
      start: leaf.start, count: kept, total: split.left, weight: split.leftWeight, node: node,
      depth: leaf.depth + 1, slot: nil, low: leaf.low, high: leaf.high)
    var right = Leaf(
      start: leaf.start + kept, count: leaf.count - kept, total: leaf.total &- split.left,
      weight: leaf.weight - split.leftWeight, node: node + 1, depth: leaf.depth + 1, slot: nil,
      low: leaf.low, high: leaf.high)
    tree.covers[node] = Float(Double(left.weight) / rule.weightUnit)
    tree.covers[node + 1] = Float(Double(right.weight) / rule.weightUnit)
    bound(&left, &right, parameters.direction(split.feature), rule)
    return (left, right)
  }

  /// Where a feature has a direction, what lies on its two sides may never cross the middle between them.
  private func bound(
    _ left: inout Leaf, _ right: inout Leaf, _ direction: GrowthParameters.Direction,
    _ rule: Regularisation
  ) {
    guard direction != .free else { return }
    func value(_ leaf: Leaf) -> Double {
      let sum = Double(Histogram.sum(leaf.total))
      return min(max(rule.value(sum, Double(leaf.weight) / rule.weightUnit), leaf.low), leaf.high)
    }
    let middle = (value(left) + value(right)) / 2
    if direction == .rising {
      (left.high, right.low) = (middle, middle)
    } else {
      (left.low, right.high) = (middle, middle)
    }
  }

  private func threshold(_ split: Split) -> Float {
    split.cut > 0 ? data.bins[split.feature].threshold(split.cut) : 0
  }

  private func categories(_ split: Split) -> [Float]? {
    let bins = data.bins[split.feature]
    guard bins.isCategory else { return nil }
    return bins.categories.indices.filter { place in
      split.set[(place + 1) >> 6] >> UInt64((place + 1) & 63) & 1 == 1
    }.map { bins.categories[$0] }.sorted()
  }
}

/// The nearest whole number of one that fits 31 bits, without a call: the rounding of an addition does it.
@inline(__always)
func nearest(_ value: Double) -> Int64 {
  Int64(Int32(truncatingIfNeeded: (value + 0x1.8p52).bitPattern))
}
