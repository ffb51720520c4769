/// A run of bars as one operator sees it: where its inputs stand, where its answers go.
struct Stretch {
  let first: Reading
  let second: Reading
  let third: Reading
  let answers: UnsafeMutablePointer<Double>
  let scratch: UnsafeMutablePointer<Double>
  let rows: Int
}

extension Kernel {
  /// Carries the state over a stretch: the branch is here, once; the loop is in the leaf.
  mutating func run(_ stretch: Stretch) {
    switch self {
    case .input, .constant: break
    case .negation(var leaf): stretch.unary(&leaf)
    case .magnitude(var leaf): stretch.unary(&leaf)
    case .sign(var leaf): stretch.unary(&leaf)
    case .logarithm(var leaf): stretch.unary(&leaf)
    case .squareRoot(var leaf): stretch.unary(&leaf)
    case .clip(var leaf): stretch.unary(&leaf)
    case .ref(var leaf): stretch.unary(&leaf)
    case .delta(var leaf): stretch.unary(&leaf)
    case .plus(var leaf): stretch.binary(&leaf)
    case .minus(var leaf): stretch.binary(&leaf)
    case .times(var leaf): stretch.binary(&leaf)
    case .over(var leaf): stretch.binary(&leaf)
    case .ratio(var leaf): stretch.binary(&leaf)
    case .larger(var leaf): stretch.binary(&leaf)
    case .smaller(var leaf): stretch.binary(&leaf)
    case .trueRange(var leaf): stretch.ternary(&leaf)
    default: runRemembering(stretch)
    }
  }

  /// The operators that carry something from bar to bar.
  private mutating func runRemembering(_ stretch: Stretch) {
    switch self {
    case .sum(var leaf):
      stretch.unary(&leaf)
      self = .sum(leaf)
    case .mean(var leaf):
      stretch.unary(&leaf)
      self = .mean(leaf)
    case .deviation(var leaf):
      stretch.unary(&leaf)
      self = .deviation(leaf)
    case .score(var leaf):
      stretch.unary(&leaf)
      self = .score(leaf)
    case .extreme(var leaf):
      stretch.unary(&leaf)
      self = .extreme(leaf)
    case .smoothing(var leaf):
      stretch.unary(&leaf)
      self = .smoothing(leaf)
    case .strength(var leaf):
      stretch.unary(&leaf)
      self = .strength(leaf)
    default: preconditionFailure("an operator without memory has run already")
    }
  }
}

extension Stretch {
  // The state is copied to a local so that it stays in registers through the loop.

  @inline(__always)
  fileprivate func unary<Leaf: UnaryOperator>(_ leaf: inout Leaf) {
    var state = leaf
    for row in 0..<rows { answers[row] = state.update(first + row, scratch) }
    leaf = state
  }

  @inline(__always)
  fileprivate func binary<Leaf: BinaryOperator>(_ leaf: inout Leaf) {
    var state = leaf
    for row in 0..<rows { answers[row] = state.update(first + row, second + row) }
    leaf = state
  }

  @inline(__always)
  fileprivate func ternary<Leaf: TernaryOperator>(_ leaf: inout Leaf) {
    var state = leaf
    for row in 0..<rows {
      answers[row] = state.update(first + row, second + row, third + row)
    }
    leaf = state
  }
}
