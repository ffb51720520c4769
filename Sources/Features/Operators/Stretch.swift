/// A run of bars as one operator sees it: where its inputs stand, where its answers go.
struct Stretch {
  let first: Reading
  let second: Reading
  let third: Reading
  let answers: UnsafeMutablePointer<Double>
  let scratch: UnsafeMutablePointer<Double>
  let rows: Int
}

// The loops take the state as a value and hand it back: one that they changed in place would be
// written to memory on every bar.

extension UnaryOperator {
  mutating func run(_ stretch: Stretch) { self = Self.run(self, stretch) }

  @inline(never)
  private static func run(_ before: Self, _ stretch: Stretch) -> Self {
    var state = before
    for row in 0..<stretch.rows {
      stretch.answers[row] = state.update(stretch.first + row, stretch.scratch)
    }
    return state
  }
}

extension BinaryOperator {
  mutating func run(_ stretch: Stretch) { self = Self.run(self, stretch) }

  @inline(never)
  private static func run(_ before: Self, _ stretch: Stretch) -> Self {
    var state = before
    for row in 0..<stretch.rows {
      stretch.answers[row] = state.update(stretch.first + row, stretch.second + row)
    }
    return state
  }
}

extension TernaryOperator {
  mutating func run(_ stretch: Stretch) { self = Self.run(self, stretch) }

  @inline(never)
  private static func run(_ before: Self, _ stretch: Stretch) -> Self {
    var state = before
    for row in 0..<stretch.rows {
      stretch.answers[row] = state.update(
        stretch.first + row, stretch.second + row, stretch.third + row)
    }
    return state
  }
}
