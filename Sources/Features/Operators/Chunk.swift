import Numerics

/// A long run of bars is worked through in chunks of which it is known beforehand that every value is sound:
/// loops without a question in them work on several bars at once. What they compute is what a bar alone would
/// get, bit for bit.
enum Chunk {
  static let bars = MovingKernels.mostRows
  /// What is shorter is quicker bar by bar.
  static let least = 8
}

/// Whether each of these values is `isSound`, and the difference of any two.
@inline(__always)
func areSound(_ values: Reading, _ rows: Int) -> Bool { MovingKernels.areSound(values, rows) }

extension Stretch {
  /// Goes through the bars chunk by chunk; `body` says how many of the rows it was offered it took.
  @inline(__always)
  func inChunks(_ body: (_ row: Int, _ rows: Int) -> Int) {
    var row = 0
    while row < rows { row += body(row, min(Chunk.bars, rows &- row)) }
  }
}
