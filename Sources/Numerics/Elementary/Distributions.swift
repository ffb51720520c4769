/// P(T ≤ t) of Student's distribution with `degrees` of freedom.
public func studentTCdf(_ t: Double, degrees: Double) -> Double {
  precondition(degrees > 0, "degrees of freedom are positive")
  guard !t.isNaN else { return t }
  let tail = 0.5 * studentTwoSided(t, degrees: degrees)
  return t < 0 ? tail : 1 - tail
}

/// P(|T| ≥ |t|): the two-sided p value of a t statistic.
public func studentTwoSided(_ t: Double, degrees: Double) -> Double {
  guard abs(t) < 1e150 else { return t.isNaN ? t : 0 }
  let square = t * t
  let sum = degrees + square
  return betaIncomplete(degrees / 2, 0.5, x: degrees / sum, complement: square / sum)
}

/// P(X ≤ x) of the chi-square distribution with `degrees` of freedom.
public func chiSquareCdf(_ x: Double, degrees: Double) -> Double {
  gammaIncomplete(degrees / 2, x / 2)
}

/// The x that a chi-square number stays below with probability `p`, by halving.
public func chiSquareQuantile(_ p: Double, degrees: Double) -> Double {
  precondition(0 < p && p < 1 && degrees > 0, "a probability within 0...1")
  var (low, high) = (0.0, degrees)
  while chiSquareCdf(high, degrees: degrees) < p { (low, high) = (high, 2 * high) }
  while true {
    let middle = low + (high - low) / 2
    guard middle > low, middle < high else { return high }
    if chiSquareCdf(middle, degrees: degrees) < p { low = middle } else { high = middle }
  }
}

/// The smallest success probability that `successes` of `trials` would still exceed with
/// `confidence`: the one-sided upper bound of Clopper and Pearson.
public func binomialUpperBound(successes: Int, trials: Int, confidence: Double) -> Double {
  precondition(0 <= successes && successes <= trials && trials > 0, "successes lie in 0...trials")
  guard successes < trials else { return 1 }
  let (a, b) = (Double(successes + 1), Double(trials - successes))
  var (low, high) = (Double(successes) / Double(trials), 1.0)
  while true {
    let middle = low + (high - low) / 2
    guard middle > low, middle < high else { return high }
    if betaIncomplete(a, b, middle) < confidence { low = middle } else { high = middle }
  }
}

/// P(X ≥ k) of the binomial distribution.
public func binomialTail(atLeast successes: Int, trials: Int, probability: Double) -> Double {
  guard successes > 0 else { return 1 }
  guard successes <= trials else { return 0 }
  return betaIncomplete(Double(successes), Double(trials - successes + 1), probability)
}
