/// The angle whose tangent a number is, in radians, with the same bits on every machine.
struct Arctangent: UnaryOperator {
  @inline(__always)
  func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double { arctangent(now[0]) }
}

/// Halved until small, atan x = 2 atan(x ÷ (1 + √(1 + x²))), then x − x³/3 + x⁵/5 − …
func arctangent(_ value: Double) -> Double {
  guard abs(value) < 0x1p500 else { return value.isNaN ? .nan : value > 0 ? .pi / 2 : -.pi / 2 }
  var half = value
  for _ in 0..<3 { half = half / (1 + (1 + half * half).squareRoot()) }
  // What is left is below tan(π/16) ≈ 0.2: the fifteenth term is beyond the last bit.
  let square = half * half
  var series = 0.0
  for odd in stride(from: 29.0, through: 1, by: -2) { series = 1 / odd - square * series }
  return 8 * half * series
}

extension Operation {
  static let arctangent = Operation("arctangent") { Arctangent() }
}
