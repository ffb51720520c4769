internal import Numerics

/// Up to four exponential means side by side. Each waits for its own last value on every bar, so that
/// four take the time of one; what they compute is what each would alone.
struct SmoothingGroup: Operator {
  private var members: InlineArray<4, Smoothing>
  private let count: Int
  /// Where each reads and writes, counted from the present bar.
  private let inputs: InlineArray<4, Int>
  private let answers: InlineArray<4, Int>

  /// Places that are left over stand there unused.
  init(_ members: [(state: Smoothing, input: Int, answers: Int)]) {
    count = members.count
    self.members = InlineArray { members[$0 < members.count ? $0 : 0].state }
    inputs = InlineArray { members[$0 < members.count ? $0 : 0].input }
    answers = InlineArray { members[$0 < members.count ? $0 : 0].answers }
  }

  static let size = 4

  @inline(__always)
  mutating func run(_ stretch: Stretch) {
    stretch.inChunks { row, rows in
      if isReady(stretch.here + row, rows) {
        carry(stretch.here + row, rows)
      } else {
        update(stretch, row, rows)
      }
      return rows
    }
  }

  @inline(__always)
  private mutating func update(_ stretch: Stretch, _ first: Int, _ rows: Int) {
    for row in first..<first &+ rows {
      for place in 0..<count {
        stretch.here[answers[place] &+ row] = members[place].update(
          stretch.here + (inputs[place] &+ row), stretch.scratch)
      }
    }
  }

  /// Whether all have begun and find sound values.
  @inline(__always)
  private func isReady(_ here: Reading, _ rows: Int) -> Bool {
    for place in 0..<count {
      guard members[place].hasBegun, areSound(here + inputs[place], rows) else { return false }
    }
    return true
  }

  @inline(__always)
  private mutating func carry(_ here: UnsafeMutablePointer<Double>, _ rows: Int) {
    var means: InlineArray<4, MovingKernels.Mean> = InlineArray {
      MovingKernels.Mean(
        keep: members[$0].keep, weight: members[$0].weight, mean: members[$0].mean,
        values: inputs[$0], answers: answers[$0])
    }
    MovingKernels.carry(&means, count: count, over: here, rows: rows)
    for place in 0..<count { members[place].mean = means[place].mean }
  }
}
