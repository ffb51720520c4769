// Operators without memory: one value in, one value out. NaN goes through all of them.
//
// Values are read before they are compared: a read that depends on a comparison would keep the
// compiler from working on several bars at once.

struct Negation: UnaryOperator {
  func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double { -now[0] }
}

struct Magnitude: UnaryOperator {
  func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double { abs(now[0]) }
}

struct SquareRoot: UnaryOperator {
  func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    now[0].squareRoot()
  }
}

/// −1, 0 or 1.
struct Sign: UnaryOperator {
  func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    let value = now[0]
    return value > 0 ? 1 : value < 0 ? -1 : value
  }
}

struct Clip: UnaryOperator {
  let low: Double
  let high: Double

  func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    let value = now[0]
    return value < low ? low : value > high ? high : value
  }
}

struct Plus: BinaryOperator {
  func update(_ left: Reading, _ right: Reading) -> Double { left[0] + right[0] }
}

struct Minus: BinaryOperator {
  func update(_ left: Reading, _ right: Reading) -> Double { left[0] - right[0] }
}

struct Times: BinaryOperator {
  func update(_ left: Reading, _ right: Reading) -> Double { left[0] * right[0] }
}

struct Over: BinaryOperator {
  func update(_ left: Reading, _ right: Reading) -> Double { left[0] / right[0] }
}

/// left ÷ right, or a stated value where right is zero: a flat market must not silence a feature.
struct Ratio: BinaryOperator {
  let otherwise: Double

  func update(_ left: Reading, _ right: Reading) -> Double {
    let (left, right) = (left[0], right[0])
    let quotient = left / right
    return right == 0 ? otherwise : quotient
  }
}

struct Larger: BinaryOperator {
  func update(_ left: Reading, _ right: Reading) -> Double {
    let (left, right) = (left[0], right[0])
    return left > right ? left : right >= left ? right : .nan
  }
}

struct Smaller: BinaryOperator {
  func update(_ left: Reading, _ right: Reading) -> Double {
    let (left, right) = (left[0], right[0])
    return left < right ? left : right <= left ? right : .nan
  }
}

extension Operation {
  static let negation = Operation("negation") { Negation() }
  static let magnitude = Operation("magnitude") { Magnitude() }
  static let squareRoot = Operation("squareRoot") { SquareRoot() }
  static let sign = Operation("sign") { Sign() }
  static let plus = Operation("plus") { Plus() }
  static let minus = Operation("minus") { Minus() }
  static let times = Operation("times") { Times() }
  static let over = Operation("over") { Over() }
  static let larger = Operation("larger") { Larger() }
  static let smaller = Operation("smaller") { Smaller() }

  static func clip(_ low: Double, _ high: Double) -> Operation {
    Operation("clip", [low, high]) { Clip(low: low, high: high) }
  }

  static func ratio(_ otherwise: Double) -> Operation {
    Operation("ratio", [otherwise]) { Ratio(otherwise: otherwise) }
  }
}
