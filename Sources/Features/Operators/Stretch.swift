/// A run of bars as one operator sees it: where its inputs stand, where its answers go.
struct Stretch {
  let first: Reading
  let second: Reading
  let third: Reading
  let answers: UnsafeMutablePointer<Double>
  let scratch: UnsafeMutablePointer<Double>
  /// Where the tapes' present bar is counted from.
  let here: UnsafeMutablePointer<Double>
  let rows: Int
}

extension UnaryOperator {
  @inline(__always)
  mutating func run(_ stretch: Stretch) {
    for row in 0..<stretch.rows {
      stretch.answers[row] = update(stretch.first + row, stretch.scratch)
    }
  }
}

extension BinaryOperator {
  @inline(__always)
  mutating func run(_ stretch: Stretch) {
    for row in 0..<stretch.rows {
      stretch.answers[row] = update(stretch.first + row, stretch.second + row)
    }
  }
}

extension TernaryOperator {
  @inline(__always)
  mutating func run(_ stretch: Stretch) {
    for row in 0..<stretch.rows {
      stretch.answers[row] = update(
        stretch.first + row, stretch.second + row, stretch.third + row)
    }
  }
}
