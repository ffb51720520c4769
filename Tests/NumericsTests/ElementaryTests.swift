import Numerics
import Testing

@Suite struct ElementaryTests {
  typealias Table = [String: [[Double]]]

  /// The largest error in ulp over a table of references with 32 digits.
  private func worst(_ name: String, _ f: ([Double]) -> Double) throws -> (Double, [Double]) {
    let rows = try #require(try Golden.load("elementary", as: Table.self)[name])
    var worst = (0.0, [Double]())
    for row in rows {
      let error = ulps(f(row), row[row.count - 2], row[row.count - 1])
      if !(error <= worst.0) { worst = (error, row) }
    }
    #expect(rows.count >= 60)
    return worst
  }

  @Test func elementaryFunctionsAreWithinOneUlp() throws {
    let functions: [(String, (Double) -> Double)] = [
      ("exp", Numerics.exp), ("expm1", Numerics.expm1), ("log", Numerics.log),
      ("log1p", Numerics.log1p), ("tanh", Numerics.tanh),
    ]
    for (name, function) in functions {
      let (error, row) = try worst(name) { function($0[0]) }
      #expect(error < 0.55, "\(name) at \(row)")
    }
  }

  @Test func specialFunctionsKeepTheirStatedAccuracy() throws {
    let functions: [(String, Double, ([Double]) -> Double)] = [
      ("erf", 2, { Numerics.erf($0[0]) }),
      ("erfc", 3, { Numerics.erfc($0[0]) }),
      ("normalCdf", 4, { normalCdf($0[0]) }),
      ("normalQuantile", 4, { normalQuantile($0[0]) }),
      ("pow", 1, { Numerics.pow($0[0], $0[1]) }),
      ("logGamma", 6, { logGamma($0[0]) }),
    ]
    for (name, limit, function) in functions {
      let (error, row) = try worst(name, function)
      #expect(error < limit, "\(name) at \(row)")
    }
  }

  @Test func distributionsAgreeToTwelveDigits() throws {
    let functions: [(String, ([Double]) -> Double)] = [
      ("betaIncomplete", { betaIncomplete($0[0], $0[1], $0[2]) }),
      ("studentTCdf", { studentTCdf($0[0], degrees: $0[1]) }),
      ("chiSquareCdf", { chiSquareCdf($0[0], degrees: $0[1]) }),
    ]
    let table = try Golden.load("elementary", as: Table.self)
    for (name, function) in functions {
      for row in try #require(table[name]) {
        let value = function(row)
        #expect(agree(value, row[row.count - 2], 2e-12), "\(name) at \(row): \(value)")
      }
    }
  }

  @Test func edgesAnswerAsInTheStandard() {
    #expect(Numerics.exp(-.infinity) == 0 && Numerics.exp(.infinity) == .infinity)
    #expect(Numerics.exp(0) == 1 && Numerics.exp(.nan).isNaN)
    #expect(Numerics.exp(-745) == Double.leastNonzeroMagnitude && Numerics.exp(709.78) < .infinity)
    #expect(Numerics.log(0) == -.infinity && Numerics.log(-1).isNaN && Numerics.log(1) == 0)
    #expect(Numerics.log(Double.leastNonzeroMagnitude) == -744.4400719213812)
    #expect(Numerics.log1p(-1) == -.infinity && Numerics.log1p(-0.0).sign == .minus)
    #expect(Numerics.expm1(-.infinity) == -1 && Numerics.expm1(1e-300) == 1e-300)
    #expect(Numerics.tanh(.infinity) == 1 && Numerics.tanh(-30) == -1)
    #expect(Numerics.pow(-2, 3) == -8 && Numerics.pow(-2, 0.5).isNaN && Numerics.pow(0, 0) == 1)
    #expect(Numerics.pow(2, 10) == 1024 && Numerics.pow(2, -1074) == Double.leastNonzeroMagnitude)
    #expect(normalCdf(0) == 0.5 && normalCdf(-.infinity) == 0 && normalCdf(.infinity) == 1)
    #expect(normalQuantile(0) == -.infinity && normalQuantile(0.5) == 0)
    #expect(Numerics.erfc(-30) == 2 && Numerics.erfc(30) == 0 && Numerics.erf(.nan).isNaN)
  }

  @Test func quantileInvertsTheDistribution() {
    for step in 1..<2000 {
      let p = Double(step) / 2000
      #expect(agree(normalCdf(normalQuantile(p)), p, 1e-15), "p = \(p)")
    }
  }

  @Test func binomialBoundsAgreeWithTheirTail() {
    // 5 of 100: the upper 95 % bound of Clopper and Pearson is 0.102253.
    let bound = binomialUpperBound(successes: 5, trials: 100, confidence: 0.95)
    #expect(abs(bound - 0.1022533) < 1e-6)
    let below = 1 - binomialTail(atLeast: 6, trials: 100, probability: bound)
    #expect(abs(below - 0.05) < 1e-12)
    #expect(binomialUpperBound(successes: 3, trials: 3, confidence: 0.95) == 1)
  }
}
