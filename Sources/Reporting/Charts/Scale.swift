import Bytes

/// Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten.
struct Scale: Hashable {
  /// The step is `digit` · 10^`power`.
  let digit: Int
  let power: Int
  /// The first and the last tick in steps; the axis reaches from one to the other.
  let first: Int
  let last: Int

  /// The finest round scale over `low ... high` with at most `most` gaps between ticks.
  init(_ low: Double, _ high: Double, most: Int) {
    let (low, high) = Self.opened(low, high)
    var power = -12
    var chosen: (digit: Int, power: Int)?
    while chosen == nil {
      for digit in [1, 2, 5] where chosen == nil {
        let gaps = Self.gaps(low, high, digit, power)
        if gaps.upperBound - gaps.lowerBound <= Double(most) || power == 18 {
          chosen = (digit, power)
        }
      }
      power += 1
    }
    let (digit, exponent) = chosen ?? (1, 18)
    let gaps = Self.gaps(low, high, digit, exponent)
    self.digit = digit
    self.power = exponent
    first = Int(gaps.lowerBound.clamped)
    last = max(first + 1, Int(gaps.upperBound.clamped))
  }

  var ticks: ClosedRange<Int> { first...last }
  var low: Double { value(first) }
  var high: Double { value(last) }
  /// Decimals that tell every tick from its neighbour.
  var decimals: Int { max(0, -power) }

  /// Whole multiples divided by an exact power of ten, so that 0.3 is 0.3.
  func value(_ tick: Int) -> Double {
    let whole = Double(tick) * Double(digit)
    return power < 0 ? whole / Self.tenToThe(-power) : whole * Self.tenToThe(power)
  }

  private static func gaps(_ low: Double, _ high: Double, _ digit: Int, _ power: Int)
    -> ClosedRange<Double>
  {
    let step = Double(digit)
    let scaled = { (value: Double) in
      (power < 0 ? value * tenToThe(-power) : value / tenToThe(power)) / step
    }
    return scaled(low).rounded(.down)...scaled(high).rounded(.up)
  }

  /// A range that is one: something finite, and not empty.
  private static func opened(_ low: Double, _ high: Double) -> (Double, Double) {
    guard low.isFinite, high.isFinite, low <= high else { return (0, 1) }
    if low < high { return (low, high) }
    let room = low == 0 ? 1 : abs(low) * 0.05
    return (low - room, high + room)
  }

  private static func tenToThe(_ power: Int) -> Double {
    var result = 1.0
    for _ in 0..<power { result *= 10 }
    return result
  }
}

extension Double {
  /// Within what an index can count.
  fileprivate var clamped: Double { Swift.min(1e15, Swift.max(-1e15, self)) }
}
