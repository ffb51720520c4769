/// Up to four exponential means side by side. Each waits for its own last value on every bar, so that
/// four take the time of one; what they compute is what each would alone.
struct SmoothingGroup: Operator {
  private var members: InlineArray<4, Smoothing>
  private let count: Int
  /// Where each reads and writes, counted from the present bar.
  private let inputs: InlineArray<4, Int>
  private let answers: InlineArray<4, Int>

  /// Places that are left over do once more what the first does, to the same memory.
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
        if count == 1 {
          carryOne(stretch.here + row, rows)
        } else {
          carry(stretch.here + row, rows)
        }
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
    for place in count..<Self.size { members[place] = members[0] }
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
  private mutating func carryOne(_ here: UnsafeMutablePointer<Double>, _ rows: Int) {
    let (values, means) = (here + inputs[0], here + answers[0])
    let (keep, weight) = (members[0].keep, members[0].weight)
    var mean = members[0].mean
    for row in 0..<rows {
      mean = keep * mean + weight * values[row]
      means[row] = mean
    }
    members[0].mean = mean
  }

  @inline(__always)
  private mutating func carry(_ here: UnsafeMutablePointer<Double>, _ rows: Int) {
    let (first, second) = (members[0], members[1])
    let (third, fourth) = (members[2], members[3])
    let read = (here + inputs[0], here + inputs[1], here + inputs[2], here + inputs[3])
    let write = (here + answers[0], here + answers[1], here + answers[2], here + answers[3])
    var means = (first.mean, second.mean, third.mean, fourth.mean)
    for row in 0..<rows {
      means.0 = first.keep * means.0 + first.weight * read.0[row]
      means.1 = second.keep * means.1 + second.weight * read.1[row]
      means.2 = third.keep * means.2 + third.weight * read.2[row]
      means.3 = fourth.keep * means.3 + fourth.weight * read.3[row]
      write.0[row] = means.0
      write.1[row] = means.1
      write.2[row] = means.2
      write.3[row] = means.3
    }
    (members[0].mean, members[1].mean) = (means.0, means.1)
    (members[2].mean, members[3].mean) = (means.2, means.3)
  }
}
