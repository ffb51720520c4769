/// A number as an unevaluated sum of two doubles, good for about 106 bits.
///
/// Only additions and multiplications are used, never a fused multiply-add, so that every x86-64
/// gives the same bits.
struct TwoDouble {
  var high: Double
  var low: Double

  @inline(__always)
  init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// The exact sum of two doubles (Knuth).
  @inline(__always)
  static func sum(_ a: Double, _ b: Double) -> TwoDouble {
    let s = a + b
    let b2 = s - a
    return TwoDouble(s, (a - (s - b2)) + (b - b2))
  }

  /// The exact product of two doubles (Dekker); wrong only where a factor exceeds 2^995.
  @inline(__always)
  static func product(_ a: Double, _ b: Double) -> TwoDouble {
    let p = a * b
    let (a1, a2) = halves(a)
    let (b1, b2) = halves(b)
    return TwoDouble(p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2)
  }

  /// Two parts of at most 26 bits with the exact sum `a`.
  @inline(__always)
  static func halves(_ a: Double) -> (Double, Double) {
    let high = Double(bitPattern: a.bitPattern & 0xFFFF_FFFF_F800_0000)
    return (high, a - high)
  }

  @inline(__always)
  static func + (left: TwoDouble, right: TwoDouble) -> TwoDouble {
    let s = sum(left.high, right.high)
    return s.adding(left.low + right.low)
  }

  @inline(__always)
  static func * (left: TwoDouble, right: TwoDouble) -> TwoDouble {
    let p = product(left.high, right.high)
    return p.adding(left.high * right.low + left.low * right.high)
  }

  @inline(__always)
  static func / (left: TwoDouble, right: TwoDouble) -> TwoDouble {
    let q = left.high / right.high
    let p = product(q, right.high)
    let rest = ((left.high - p.high) - p.low) + left.low - q * right.low
    return TwoDouble(q).adding(rest / right.high)
  }

  /// Adds something small to the low part and renormalises.
  @inline(__always)
  func adding(_ small: Double) -> TwoDouble {
    let rest = low + small
    let s = high + rest
    return TwoDouble(s, rest - (s - high))
  }

  func squareRoot() -> TwoDouble {
    let root = high.squareRoot()
    let square = Self.product(root, root)
    let rest = ((high - square.high) - square.low) + low
    return TwoDouble(root).adding(rest / (2 * root))
  }
}

/// The nearest whole number for |x| < 2^51: adding 1.5·2^52 leaves no bit for a fraction.
/// `rounded()` would call the C library on processors without SSE 4.1.
@inline(__always)
func nearestWhole(_ x: Double) -> Double { (x + 0x1.8p52) - 0x1.8p52 }
