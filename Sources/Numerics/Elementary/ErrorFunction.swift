/// The error function, within about 2 ulp.
public func erf(_ x: Double) -> Double {
  let magnitude = abs(x)
  guard magnitude < 6 else { return x.isNaN ? x : x < 0 ? -1 : 1 }
  if magnitude <= 0.5 { return x * chebyshev(Coefficients.erf, magnitude * magnitude * 8 - 1) }
  let value = 1 - erfc(magnitude)
  return x < 0 ? -value : value
}

/// 1 − erf(x), to about 1e-15 of itself even far out, where the difference would lose everything.
public func erfc(_ x: Double) -> Double {
  if x <= 0.5 { return x.isNaN ? x : x < -0.5 ? 2 - erfc(-x) : 1 - erf(x) }
  guard x < 27.3 else { return 0 }
  let square = TwoDouble.product(x, x)
  return exp(-square.high, -square.low) * scaledErfc(x)
}

/// erfc(x) · exp(x²) for x ≥ ½.
private func scaledErfc(_ x: Double) -> Double {
  chebyshev(Coefficients.erfc, 9 / (x + 4) - 1) / (x + 1)
}

/// The density of the standard normal distribution.
public func normalDensity(_ z: Double) -> Double {
  let square = TwoDouble.product(z, z)
  guard square.high < 2000 else { return z.isNaN ? z : 0 }
  return exp(-square.high / 2, -square.low / 2) * 0.3989422804014327
}

/// P(Z ≤ z) of the standard normal distribution, to about 1e-15 of itself in both tails.
public func normalCdf(_ z: Double) -> Double {
  guard z <= 0 else { return z.isNaN ? z : 1 - normalCdf(-z) }
  let x = -z * 0.7071067811865476
  if x <= 0.5 { return 0.5 - 0.5 * erf(x) }
  guard z > -38.6 else { return 0 }
  let square = TwoDouble.product(z, z)
  return 0.5 * exp(-square.high / 2, -square.low / 2) * scaledErfc(x)
}

/// The z with P(Z ≤ z) = p: a rough start (Abramowitz and Stegun 26.2.23), then Halley's steps.
public func normalQuantile(_ p: Double) -> Double {
  guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
  if p == 0.5 { return 0 }
  // 1 − p is exact here.
  if p > 0.5 { return -normalQuantile(1 - p) }
  let t = (-2 * log(p)).squareRoot()
  let above = 2.515517 + t * (0.802853 + t * 0.010328)
  let below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  var z = above / below - t
  for _ in 0..<3 {
    let step = excess(z, over: p) / normalDensity(z)
    z -= step / (1 + z * step / 2)
  }
  return z
}

/// normalCdf(z) − p for z ≤ 0; near the middle from the distances to ½, which are exact.
private func excess(_ z: Double, over p: Double) -> Double {
  let x = -z * 0.7071067811865476
  return x <= 0.5 && p > 0.25 ? (0.5 - p) - 0.5 * erf(x) : normalCdf(z) - p
}

/// Clenshaw's sum of a Chebyshev series at t in −1...1.
func chebyshev(_ coefficients: [Double], _ t: Double) -> Double {
  var next = 0.0
  var after = 0.0
  for index in stride(from: coefficients.count - 1, to: 0, by: -1) {
    (next, after) = (2 * t * next - after + coefficients[index], next)
  }
  return t * next - after + coefficients[0]
}
