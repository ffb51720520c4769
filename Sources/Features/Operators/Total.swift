/// The sum of everything since the first bar; absent values add nothing. Its level depends on where
/// the history began, for good.
struct Total: UnaryOperator {
  private var sum = 0.0
  private var lost = 0.0

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    let value = now[0]
    guard isSound(value) else { return .nan }
    let moved = exactSum(sum, value)
    sum = moved.sum
    lost += moved.error
    return sum + lost
  }
}

/// The first value there was.
struct Origin: UnaryOperator {
  private var value = Double.nan

  @inline(__always)
  mutating func update(_ now: Reading, _: UnsafeMutablePointer<Double>) -> Double {
    if value.isNaN && isSound(now[0]) { value = now[0] }
    return value
  }
}

extension Operation {
  static let total = Operation("total", isEndless: true) { Total() }
  static let origin = Operation("origin", isEndless: true) { Origin() }
}

/// The rounded sum of two numbers and exactly what the rounding dropped.
@inline(__always)
private func exactSum(_ left: Double, _ right: Double) -> (sum: Double, error: Double) {
  let sum = left + right
  let rightPart = sum - left
  return (sum, (left - (sum - rightPart)) + (right - rightPart))
}
