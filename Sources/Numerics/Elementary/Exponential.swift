// x = (128·k + i)·ln2/128 + r with |r| ≤ ln2/256, so exp(x) = 2^k · T[i] · exp(r) with T[i] = 2^(i/128).
// The table holds T to 106 bits and r is carried as a pair: what remains is the last rounding.

private let stepsPerOctave = 128
private let stepsPerUnit = 0x1.71547652b82fep+7

/// ln2/128 cut so that a step count of up to 18 bits times the high part is exact.
private let stepHigh = 0x1.62e42fef80000p-8
private let stepLow = 0x1.1cf79abc9e3b4p-43

private let powers: [TwoDouble] = {
  var root = TwoDouble(2)
  for _ in 0..<7 { root = root.squareRoot() }
  return (1..<stepsPerOctave).reduce(into: [TwoDouble(1)]) { powers, _ in
    powers.append(powers[powers.count - 1] * root)
  }
}()

/// exp(x) = scale · T · (1 + r + q), where r is a pair and q = exp(r) − 1 − r.
private struct Reduced {
  let power: TwoDouble
  let octave: Int
  let remainder: Double
  let remainderLow: Double
  let curve: Double

  /// Reduces `x + low` for |x| < 1100.
  @inline(__always)
  init(_ x: Double, _ low: Double) {
    let steps = nearestWhole(x * stepsPerUnit)
    let index = Int(steps)
    octave = index >> 7
    power = powers[index & 127]
    let pair = TwoDouble.sum(x - steps * stepHigh, -(steps * stepLow))
    let r = pair.high
    remainder = r
    remainderLow = pair.low + low
    curve = r * r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720)))))
  }
}

/// e^x, within 0.51 ulp (1 ulp where the result is subnormal).
public func exp(_ x: Double) -> Double { exp(x, 0) }

/// e^(x + low), for arguments known beyond double precision.
func exp(_ x: Double, _ low: Double) -> Double {
  guard x < 709.8 else { return x.isNaN ? x : x > 709.8 ? .infinity : expInRange(x, low) }
  guard x > -745.2 else { return 0 }
  return expInRange(x, low)
}

@inline(__always)
private func expInRange(_ x: Double, _ low: Double) -> Double {
  let part = Reduced(x, low)
  let growth = part.remainder + (part.remainderLow + part.curve)
  let value = part.power.high + (part.power.low + part.power.high * growth)
  return scaled(value, by: part.octave)
}

/// e^x − 1, within 0.51 ulp, also for tiny x.
public func expm1(_ x: Double) -> Double {
  guard x < 709.8 else { return exp(x) }
  guard x > -40 else { return x.isNaN ? x : -1 }
  guard abs(x) > 0x1p-54 else { return x }
  let pair = expm1Pair(x)
  return pair.high + pair.low
}

/// e^x − 1 as a pair good for about 60 bits, for −40 < x < 709.8.
@inline(__always)
func expm1Pair(_ x: Double) -> TwoDouble {
  let part = Reduced(x, 0)
  guard part.octave < 60 else { return TwoDouble(expInRange(x, 0)) }
  let scale = Double(sign: .plus, exponent: part.octave, significand: 1)
  let power = part.power.high * scale
  let less = TwoDouble.sum(power, -1)
  let head = TwoDouble.sum(less.high, part.remainder)
  let tail =
    less.low + less.high * part.remainder + power * (part.curve + part.remainderLow)
    + part.power.low * scale * (1 + part.remainder)
  return head.adding(tail)
}

/// Hyperbolic tangent, within 0.52 ulp: E / (E + 2) with E = e^(2|x|) − 1 carried as a pair.
public func tanh(_ x: Double) -> Double {
  let magnitude = abs(x)
  guard magnitude > 0x1p-28 else { return x }
  guard magnitude < 19.1 else { return x.isNaN ? x : x < 0 ? -1 : 1 }
  let e = expm1Pair(2 * magnitude)
  let quotient = e / (TwoDouble.sum(2, e.high).adding(e.low))
  let value = quotient.high + quotient.low
  return x < 0 ? -value : value
}

/// value · 2^octave; subnormal results are rounded once more.
@inline(__always)
private func scaled(_ value: Double, by octave: Int) -> Double {
  if octave >= -1021 && octave <= 1022 {
    return value * Double(bitPattern: UInt64(octave + 1023) << 52)
  }
  let half = octave / 2
  return value * Double(bitPattern: UInt64(half + 1023) << 52)
    * Double(bitPattern: UInt64(octave - half + 1023) << 52)
}
