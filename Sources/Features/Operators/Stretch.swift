/// A run of bars as one operator sees it: where its inputs stand, where its answers go.
struct Stretch {
  let first: Reading
  let second: Reading
  let third: Reading
  let answers: UnsafeMutablePointer<Double>
  let scratch: UnsafeMutablePointer<Double>
  let rows: Int
}

// The state is copied to a local so that it stays in registers through the loop.

extension UnaryOperator {
  mutating func run(_ stretch: Stretch) {
    var state = self
    for row in 0..<stretch.rows {
      stretch.answers[row] = state.update(stretch.first + row, stretch.scratch)
    }
    self = state
  }
}

extension BinaryOperator {
  mutating func run(_ stretch: Stretch) {
    var state = self
    for row in 0..<stretch.rows {
      stretch.answers[row] = state.update(stretch.first + row, stretch.second + row)
    }
    self = state
  }
}

extension TernaryOperator {
  mutating func run(_ stretch: Stretch) {
    var state = self
    for row in 0..<stretch.rows {
      stretch.answers[row] = state.update(
        stretch.first + row, stretch.second + row, stretch.third + row)
    }
    self = state
  }
}
