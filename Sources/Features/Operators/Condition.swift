// Conditions are 1 or 0, and absent where what they compare is absent.

struct Above: BinaryOperator {
  func update(_ left: Reading, _ right: Reading) -> Double {
    left[0] > right[0] ? 1 : left[0] <= right[0] ? 0 : .nan
  }
}

struct Equal: BinaryOperator {
  func update(_ left: Reading, _ right: Reading) -> Double {
    left[0] == right[0] ? 1 : left[0] < right[0] || left[0] > right[0] ? 0 : .nan
  }
}

/// Whether the first has risen above the second on this very bar.
struct Cross: BinaryOperator {
  func update(_ left: Reading, _ right: Reading) -> Double {
    guard left[0] >= right[0] || left[0] <= right[0], left[-1] >= right[-1] || left[-1] <= right[-1]
    else { return .nan }
    return left[0] > right[0] && left[-1] <= right[-1] ? 1 : 0
  }
}

/// The second where the first holds, the third where it is 0.
struct Choice: TernaryOperator {
  func update(_ first: Reading, _ second: Reading, _ third: Reading) -> Double {
    first[0] == 0 ? third[0] : first[0].isNaN ? .nan : second[0]
  }
}

extension Operation {
  static let above = Operation("above") { Above() }
  static let equal = Operation("equal") { Equal() }
  static let cross = Operation("cross", reach: 1, silence: 1) { Cross() }
  static let choice = Operation("choice") { Choice() }
}
