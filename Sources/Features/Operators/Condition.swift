// Conditions are 1 or 0, and absent where what they compare is absent.

struct Above: BinaryOperator {
  func update(_ left: Reading, _ right: Reading) -> Double {
    let (left, right) = (left[0], right[0])
    return left > right ? 1 : left <= right ? 0 : .nan
  }
}

struct Equal: BinaryOperator {
  func update(_ left: Reading, _ right: Reading) -> Double {
    let (left, right) = (left[0], right[0])
    return left == right ? 1 : left.isNaN || right.isNaN ? .nan : 0
  }
}

/// Whether the first has risen above the second on this very bar.
struct Cross: BinaryOperator {
  func update(_ left: Reading, _ right: Reading) -> Double {
    let isAbove: Double = left[0] > right[0] ? 1 : left[0] <= right[0] ? 0 : .nan
    let wasBelow: Double = left[-1] <= right[-1] ? 1 : left[-1] > right[-1] ? 0 : .nan
    return isAbove * wasBelow
  }
}

/// The second where the first holds, the third where it is 0.
struct Choice: TernaryOperator {
  func update(_ first: Reading, _ second: Reading, _ third: Reading) -> Double {
    let (condition, second, third) = (first[0], second[0], third[0])
    return condition == 0 ? third : condition.isNaN ? .nan : second
  }
}

extension Operation {
  static let above = Operation("above") { Above() }
  static let equal = Operation("equal") { Equal() }
  static let cross = Operation("cross", reach: 1, silence: 1) { Cross() }
  static let choice = Operation("choice") { Choice() }
}
