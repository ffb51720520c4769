internal import Numerics

/// The natural logarithm, with the same bits on every machine; of nothing or less it is not finite.
struct Logarithm: UnaryOperator {
  func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double { log(now[0]) }
}

/// e to the power of the value.
struct Exponential: UnaryOperator {
  func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double { exp(now[0]) }
}

/// The value to a fixed power; of a negative value only whole powers exist.
struct Power: UnaryOperator {
  let exponent: Double

  func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    exponent == 2 ? now[0] * now[0] : whole(now[0]) ?? pow(now[0], exponent)
  }

  /// −x to a whole power, by way of x.
  private func whole(_ value: Double) -> Double? {
    guard value < 0 else { return nil }
    guard exponent == exponent.rounded(), abs(exponent) < 0x1p53 else { return .nan }
    let size = pow(-value, exponent)
    return exponent.truncatingRemainder(dividingBy: 2) == 0 ? size : -size
  }
}

extension Operation {
  static let logarithm = Operation("logarithm") { Logarithm() }
  static let exponential = Operation("exponential") { Exponential() }

  static func power(_ exponent: Double) -> Operation {
    Operation("power", [exponent]) { Power(exponent: exponent) }
  }
}
