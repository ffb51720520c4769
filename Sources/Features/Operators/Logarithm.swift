internal import Numerics

/// The natural logarithm, with the same bits on every machine; of nothing or less it is not finite.
struct Logarithm: UnaryOperator {
  func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double { log(now[0]) }
}
