/// ½·log(2π)
private let halfLogTwoPi = 0.9189385332046728

/// log Γ(x) for x > 0, to about 2e-15 of itself or of one.
public func logGamma(_ x: Double) -> Double {
  guard x > 0, x < .infinity else { return x > 0 ? x : x == 0 ? .infinity : .nan }
  if x < 1 { return logGammaNearTwo(x + 1, less: x) - log(x) }
  if x <= 2 { return logGammaNearTwo(x, less: x - 1) }
  if x <= 3 { return logGammaNearTwo(x - 1, less: x - 2) + log1p(x - 2) }
  if x >= 10 { return (x - 0.5) * log(x) - x + halfLogTwoPi + stirlingRest(x) }
  // Γ(x) = (x − 1)(x − 2)…·Γ(the rest in 2...3)
  var product = 1.0
  var rest = x
  while rest > 3 {
    rest -= 1
    product *= rest
  }
  return logGamma(rest) + log(product)
}

/// On 1...2, where log Γ is zero at both ends; `less` is x − 1, exact even where x is rounded.
private func logGammaNearTwo(_ x: Double, less: Double) -> Double {
  less * (less - 1) * chebyshev(Coefficients.logGamma, 2 * less - 1)
}

/// log Γ(x) − [(x − ½)·log x − x + ½·log 2π] for x ≥ 10: the series in Bernoulli numbers.
func stirlingRest(_ x: Double) -> Double {
  let u = 1 / (x * x)
  let far = -691.0 / 360_360 + u * (1.0 / 156 + u * (-3617.0 / 122_400))
  let middle = 1.0 / 1260 + u * (-1.0 / 1680 + u * (1.0 / 1188 + u * far))
  return (1.0 / 12 + u * (-1.0 / 360 + u * middle)) / x
}

/// log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b), without the loss of taking large terms apart.
func logBeta(_ a: Double, _ b: Double) -> Double {
  let (small, large) = (min(a, b), max(a, b))
  guard large >= 10 else { return logGamma(small) + logGamma(large) - logGamma(small + large) }
  let sum = small + large
  let shrink = log1p(small / large)
  if small >= 10 {
    let rest = stirlingRest(small) + stirlingRest(large) - stirlingRest(sum)
    return (small - 0.5) * log(small / sum) - (large - 0.5) * shrink - 0.5 * log(sum)
      + halfLogTwoPi + rest
  }
  let rest = stirlingRest(large) - stirlingRest(sum)
  return logGamma(small) - (large - 0.5) * shrink - small * log(sum) + small + rest
}

/// The regularised incomplete beta function I_x(a, b), a, b > 0: to about 1e-13 of itself.
public func betaIncomplete(_ a: Double, _ b: Double, _ x: Double) -> Double {
  precondition(a > 0 && b > 0, "the parameters of a beta distribution are positive")
  guard x > 0, x < 1 else { return x.isNaN ? x : x <= 0 ? 0 : 1 }
  return betaIncomplete(a, b, x: x, complement: 1 - x)
}

/// I_x(a, b) with both x and 1 − x given, so that neither is rounded away near one.
func betaIncomplete(_ a: Double, _ b: Double, x: Double, complement: Double) -> Double {
  if x > (a + 1) / (a + b + 2) { return 1 - betaIncomplete(b, a, from: complement, complement: x) }
  return betaIncomplete(a, b, from: x, complement: complement)
}

private func betaIncomplete(
  _ a: Double, _ b: Double, from x: Double, complement: Double
) -> Double {
  guard x > 0 else { return 0 }
  let logComplement = x < 0.5 ? log1p(-x) : log(complement)
  let front = exp(a * log(x) + b * logComplement - logBeta(a, b)) / a
  return front * betaFraction(a, b, x)
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
  let tiny = 1e-300
  func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / away(1 - (a + b) * x / (a + 1))
  var fraction = d
  for step in 1...10_000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    fraction *= d * c
    if abs(d * c - 1) < 1e-16 { break }
  }
  return fraction
}

/// The regularised lower incomplete gamma function P(a, x), a > 0: series below a + 1, else fraction.
public func gammaIncomplete(_ a: Double, _ x: Double) -> Double {
  precondition(a > 0, "the shape of a gamma distribution is positive")
  guard x > 0, x < .infinity else { return x.isNaN ? x : x <= 0 ? 0 : 1 }
  let front = exp(a * log(x) - x - logGamma(a))
  return x < a + 1 ? front * gammaSeries(a, x) : 1 - front * gammaFraction(a, x)
}

/// Σ xⁿ / (a·(a + 1)…(a + n))
private func gammaSeries(_ a: Double, _ x: Double) -> Double {
  var term = 1 / a
  var total = term
  var next = a
  while abs(term) > abs(total) * 1e-17 {
    next += 1
    term *= x / next
    total += term
  }
  return total
}

private func gammaFraction(_ a: Double, _ x: Double) -> Double {
  var b = x + 1 - a
  var c = 1e300
  var d = 1 / b
  var fraction = d
  for step in 1...10_000 {
    let n = Double(step)
    let term = -n * (n - a)
    b += 2
    d = 1 / (term * d + b)
    c = b + term / c
    fraction *= d * c
    if abs(d * c - 1) < 1e-16 { break }
  }
  return fraction
}
