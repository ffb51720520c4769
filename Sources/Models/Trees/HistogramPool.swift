internal import Numerics

/// Room for the histograms of leaves that wait to be split, within a limit; the last place is for those
/// that cannot be kept.
struct HistogramPool: ~Copyable {
  /// Cells of one leaf, and again as many for weights where rows have any.
  let cellsPerSlot: Int
  let weightsOffset: Int?
  let scratch: Int
  private let cells: Aligned<Int64>
  private var free: [Int]

  /// More is not asked for, however many leaves and features there are.
  static let mostBytes = 256 << 20

  /// Nor more than this many, as a tree of many leaves is grown from the latest on.
  static let mostSlots = 1_024

  init(blocks: Int, isWeighted: Bool, leaves: Int) {
    let plain = blocks * Histogram.cellsPerBlock
    cellsPerSlot = isWeighted ? 2 * plain : plain
    weightsOffset = isWeighted ? plain : nil
    let affordable = Self.mostBytes / (cellsPerSlot * MemoryLayout<Int64>.stride)
    let kept = max(1, min(leaves, affordable, Self.mostSlots))
    scratch = kept
    cells = Aligned<Int64>((kept + 1) * cellsPerSlot, 0)
    free = []
    reset()
  }

  /// Takes all room back.
  mutating func reset() { free = Array((0..<scratch).reversed()) }

  subscript(slot: Int) -> UnsafeMutablePointer<Int64> {
    @inline(__always) get { cells.start + slot * cellsPerSlot }
  }

  mutating func take() -> Int? { free.popLast() }

  mutating func release(_ slot: Int?) {
    if let slot { free.append(slot) }
  }
}
