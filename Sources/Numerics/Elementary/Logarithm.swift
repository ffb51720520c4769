// x = 2^k · m with m in [√½, √2); i = round(128·m); c[i] is a short number near 128/i (10 bits), so
// that m·c − 1 = r is exact as a pair. Then log x = k·ln2 + L[i] + log1p(r) with L = −log c to 106 bits.

/// ln 2 cut after 2^-42: a multiple by any exponent is exact, and so is its sum with a table's high part.
private let ln2High = 0x1.62e42fefa38p-1
private let ln2Low = 0x1.ef35793c7673p-45

private struct Interval {
  /// About 1/m in ten bits.
  let inverse: Double
  /// −log(inverse): a multiple of 2^-42, and the rest.
  let high: Double
  let low: Double
}

private let firstInterval = 90

private let intervals: [Interval] = (firstInterval...182).map { index in
  let inverse = (128.0 / Double(index) * 512).rounded(.toNearestOrEven) / 512
  // log c = 2·atanh(z), z = (c − 1) / (c + 1)
  let z = TwoDouble(inverse - 1) / TwoDouble(inverse + 1)
  let square = z * z
  var total = TwoDouble(0)
  for odd in stride(from: 61.0, through: 1, by: -2) {
    total = total * square + TwoDouble(1) / TwoDouble(odd)
  }
  let log = total * z
  let high = (-2 * log.high * 0x1p42).rounded(.toNearestOrEven) * 0x1p-42
  return Interval(inverse: inverse, high: high, low: (-2 * log.high - high) - 2 * log.low)
}

/// Natural logarithm, within 0.52 ulp.
public func log(_ x: Double) -> Double {
  guard x > 0, x < .infinity else { return x == 0 ? -.infinity : x > 0 ? x : .nan }
  let pair = logPair(x, 0)
  return pair.high + pair.low
}

/// log(1 + x), within 0.52 ulp, also for tiny x.
public func log1p(_ x: Double) -> Double {
  guard x > -1, x < .infinity else { return x == -1 ? -.infinity : x > 0 ? x : .nan }
  if abs(x) < 0x1p-9 { return x + x * x * logCurve(x) }
  let sum = TwoDouble.sum(1, x)
  let pair = logPair(sum.high, sum.low)
  return pair.high + pair.low
}

/// log(x + rest) as a pair good for about 66 bits below the first of them, for positive finite x.
func logPair(_ x: Double, _ rest: Double) -> TwoDouble {
  let isTiny = x < 0x1p-1022
  let normal = isTiny ? x * 0x1p54 : x
  let bits = normal.bitPattern
  // The exponent of x/√½: a mantissa of √2 or more belongs to the next octave.
  let shifted = bits &- 0x3FE6_A09E_0000_0000
  let octave = Int(Int64(bitPattern: shifted) >> 52)
  let m = Double(bitPattern: bits &- (UInt64(bitPattern: Int64(octave)) << 52))
  let interval = intervals[Int(nearestWhole(m * 128)) - firstInterval]
  let k = Double(isTiny ? octave - 54 : octave)
  let (head, tail) = TwoDouble.halves(m)
  let headRest = head * interval.inverse - 1
  var tailRest = tail * interval.inverse
  if rest != 0 { tailRest += rest * inversePower(octave) * interval.inverse }
  let known = k * ln2High + interval.high
  if known == 0 {
    // Near one nothing hides the remainder's own rounding, so it leads.
    let r = TwoDouble.sum(headRest, tailRest)
    return r.adding(r.high * r.high * logCurve(r.high))
  }
  let r = headRest + tailRest
  let sum = TwoDouble.sum(known, headRest)
  return sum.adding((k * ln2Low + interval.low) + (tailRest + r * r * logCurve(r)))
}

/// (log(1 + r) − r) / r² for |r| < 2^-7.
@inline(__always)
private func logCurve(_ r: Double) -> Double {
  let upper = 1.0 / 5 + r * (-1.0 / 6 + r * (1.0 / 7 + r * (-1.0 / 8 + r * (1.0 / 9))))
  return -0.5 + r * (1.0 / 3 + r * (-0.25 + r * upper))
}

/// 2^-octave, without overflow for the largest octave.
@inline(__always)
private func inversePower(_ octave: Int) -> Double {
  Double(bitPattern: UInt64(max(1, 1023 - octave)) << 52)
}

/// x^y, as exp(y · log x) with the logarithm carried as a pair: within 1 ulp where |y · log x| ≤ 8,
/// within 1e-15 of the result elsewhere but for huge powers of bases near one (1e-14).
///
/// A negative base needs a whole power, else the result is not a number.
public func pow(_ x: Double, _ y: Double) -> Double {
  if y == 0 || x == 1 { return 1 }
  if x.isNaN || y.isNaN { return .nan }
  if x < 0 {
    guard y.rounded(.towardZero) == y else { return .nan }
    let isOdd = (y / 2).rounded(.towardZero) != y / 2
    return isOdd ? -pow(-x, y) : pow(-x, y)
  }
  if x == 0 { return y > 0 ? 0 : .infinity }
  if x == .infinity { return y > 0 ? .infinity : 0 }
  if y.isInfinite { return (y > 0) == (x > 1) ? .infinity : 0 }
  let log = logPair(x, 0)
  guard abs(log.high * y) < 800 else { return exp(log.high * y) }
  let product = TwoDouble.product(log.high, y).adding(log.low * y)
  return exp(product.high, product.low)
}
