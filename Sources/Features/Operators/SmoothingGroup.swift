/// Up to four exponential means side by side. Each waits for its own last value on every bar, so that
/// four take the time of one; what they compute is what each would alone.
struct SmoothingGroup: Operator {
  private var members: InlineArray<4, Smoothing>
  /// Where each reads and writes, counted from the present bar.
  private let inputs: InlineArray<4, Int>
  private let answers: InlineArray<4, Int>

  /// Places that are left over do once more what the first does, to the same memory.
  init(_ members: [(state: Smoothing, input: Int, answers: Int)]) {
    self.members = InlineArray { members[$0 < members.count ? $0 : 0].state }
    inputs = InlineArray { members[$0 < members.count ? $0 : 0].input }
    answers = InlineArray { members[$0 < members.count ? $0 : 0].answers }
  }

  static let size = 4

  @inline(__always)
  mutating func run(_ stretch: Stretch) {
    var row = runTogether(stretch, from: 0)
    while row < stretch.rows {
      for place in 0..<Self.size {
        stretch.here[answers[place] + row] = members[place].update(
          stretch.here + inputs[place] + row, stretch.scratch)
      }
      row = runTogether(stretch, from: row + 1)
    }
  }

  /// Carries all four on while each has begun and finds a sound value; the row it stops before.
  @inline(__always)
  private mutating func runTogether(_ stretch: Stretch, from start: Int) -> Int {
    guard members[0].hasBegun, members[1].hasBegun, members[2].hasBegun, members[3].hasBegun
    else { return start }
    let read = (
      Reading(stretch.here + inputs[0]), Reading(stretch.here + inputs[1]),
      Reading(stretch.here + inputs[2]), Reading(stretch.here + inputs[3])
    )
    let write = (
      stretch.here + answers[0], stretch.here + answers[1], stretch.here + answers[2],
      stretch.here + answers[3]
    )
    let keeps = SIMD4(members[0].keep, members[1].keep, members[2].keep, members[3].keep)
    let weights = SIMD4(
      members[0].weight, members[1].weight, members[2].weight, members[3].weight)
    var means = SIMD4(members[0].mean, members[1].mean, members[2].mean, members[3].mean)
    var row = start
    while row < stretch.rows {
      let values = SIMD4(read.0[row], read.1[row], read.2[row], read.3[row])
      if isUnsound(values) { break }
      means = keeps * means + weights * values
      write.0[row] = means[0]
      write.1[row] = means[1]
      write.2[row] = means[2]
      write.3[row] = means[3]
      row &+= 1
    }
    for place in 0..<Self.size { members[place].mean = means[place] }
    return row
  }
}
