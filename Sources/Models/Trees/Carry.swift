internal import Numerics

/// What one tree leaves to the next where a row's gradient is what the forecast lacks: the next tree's
/// gradients are this one's less what each row's leaf forecasts. Taken in whole numbers, that holds for sums
/// too: a cell of the next root is this root's less, for every leaf, its rows in the cell times its forecast.
/// So the root, which holds all rows, is not counted again.
struct Carry: ~Copyable {
  let isWanted: Bool
  /// The next root's histogram, and each row's gradient.
  let cells: Aligned<Int64>
  let wholes: Aligned<Int32>
  var scale = 0.0
  private(set) var trees = 0

  /// Each tree may round every gradient by a half: after so many they are made anew.
  static let mostTrees = 16

  /// Whether the next tree may begin from here.
  var isReady: Bool { trees > 0 }

  init(isWanted: Bool, rows: Int, cells: Int) {
    self.isWanted = isWanted
    self.cells = Aligned(isWanted ? cells : 0, 0)
    wholes = Aligned(isWanted ? rows : 0, 0)
  }

  /// Gradients have moved on by a tree, or are to be made anew.
  mutating func advance(_ isSound: Bool, scale: Double) {
    self.scale = scale
    trees = isSound && trees + 1 < Self.mostTrees ? trees + 1 : 0
  }
}

extension TreeGrower {
  /// Loads all rows with the gradients that the last tree left; returns what they are multiplied by.
  func loadCarried(_ workers: borrowing Workers) -> Double {
    let chunks = Chunks(total: data.rows, size: 16_384)
    let (rows, values, wholes) = (rows.start, values.start, carry.wholes.start)
    workers.run(chunks: chunks.count) { chunk in
      for row in chunks.range(chunk) {
        rows[row] = Int32(truncatingIfNeeded: row)
        values[row] = Histogram.packed(sum: Int64(wholes[row]), count: 1)
      }
    }
    return carry.scale
  }

  /// Prepares the next tree's root: of all rows' gradients was taken what `forecasts` says of their marks,
  /// which are 1 in the first leaf.
  mutating func carry(
    _ grown: GrownTree, _ forecasts: [Float], marks: UnsafePointer<Int32>,
    _ workers: borrowing Workers
  ) {
    guard carry.isWanted else { return }
    let steps = forecasts.map { (Double($0) * grown.scale).rounded() }
    let counted = grown.leaves.reduce(0) { $0 + ($1.slot == nil ? 0 : $1.count) }
    // Leaves without a histogram are counted row by row: that must be less than the root would be.
    guard 2 * counted >= data.rows, steps.allSatisfy({ abs($0) < 0x1p30 }) else {
      return carry.advance(false, scale: grown.scale)
    }
    let shifts = steps.map { Int32($0) }
    let isSound = shiftRows(shifts, marks, workers)
    shiftCells(grown.leaves, Array(shifts.dropFirst()), workers)
    carry.advance(isSound, scale: grown.scale)
  }

  /// Whether the sum of all absolute gradients still fits a cell.
  private func shiftRows(
    _ shifts: [Int32], _ marks: UnsafePointer<Int32>, _ workers: borrowing Workers
  ) -> Bool {
    let chunks = Chunks(total: data.rows, size: 16_384)
    let sums = Aligned<Int64>(chunks.count, 0)
    let (wholes, parts) = (carry.wholes.start, sums.start)
    shifts.withUnsafeBufferPointer { shifts in
      workers.run(chunks: chunks.count) { chunk in
        var sum: Int64 = 0
        for row in chunks.range(chunk) {
          let whole = wholes[row] &- shifts[Int(marks[row])]
          wholes[row] = whole
          sum &+= Int64(whole.magnitude)
        }
        parts[chunk] = sum
      }
    }
    return (0..<chunks.count).reduce(0) { $0 + parts[$1] } <= Int64(Int32.max)
  }

  private func shiftCells(_ leaves: [Leaf], _ shifts: [Int32], _ workers: borrowing Workers) {
    for (leaf, shift) in zip(leaves, shifts) where leaf.slot == nil {
      let step = Histogram.packed(sum: -Int64(shift), count: 0)
      (spareValues.start + leaf.start).update(repeating: step, count: leaf.count)
    }
    let (groups, cells) = (groups(workers), carry.cells.start)
    workers.run(chunks: groups.count) { group in
      for (leaf, shift) in zip(leaves, shifts) {
        guard let slot = leaf.slot else {
          add(leaf, groups.range(group), spareValues, to: cells)
          continue
        }
        for feature in features(groups.range(group)) {
          let start = feature * Histogram.codesPerFeature
          Histogram.shift(
            cells + start, by: shift, where: pool[slot] + start, count: data.bins[feature].codes)
        }
      }
    }
  }
}
