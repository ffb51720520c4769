import Numerics
import Reporting
import Testing

@Suite struct SharpeTests {
  static let returns = [
    0.012, -0.007, 0.0, 0.021, -0.015, 0.004, 0.009, -0.002, 0.017, -0.011,
  ]

  /// Digits from the formulas in 64-bit arithmetic with exact sums, done apart from this package.
  @Test func agreesWithTheFormulas() throws {
    let sharpe = try #require(Sharpe(Self.returns, Convention()))
    expect(sharpe.ratio, 3.635992266855503)
    expect(sharpe.standardError, 5.1913885129847905)
    expect(sharpe.probabilityPositive, 0.7581578495890763)
    #expect(sharpe.interval == nil, "ten days are too few for an interval")
    let figures = ReturnFigures(Self.returns)
    expect(figures.total, 0.02769536644949877)
    expect(figures.annual, 0.9369501431250413)
    expect(figures.volatility, 0.18635903221708597)
    expect(figures.drawdown, 0.014999999999999902)
    expect(figures.sharpe, 3.635992266855503)
  }

  @Test func isAbsentWhereItMeansNothing() {
    #expect(Sharpe([], Convention()) == nil)
    #expect(Sharpe([0.01, 0.02], Convention()) == nil)
    #expect(Sharpe(Array(repeating: 0.1, count: 50), Convention()) == nil)
    #expect(Sharpe(Array(repeating: 0, count: 50), Convention()) == nil)
    #expect(ReturnFigures([-1, 0.5]).annual == nil, "an account that is gone has no annual return")
  }

  @Test func theIntervalHoldsTheTruthAboutAsOftenAsItSays() throws {
    let truth = 0.1 * Double(242).squareRoot()
    var generator = Xoshiro256(seed: 4)
    var hits = 0
    for trial in 0..<120 {
      let returns = (0..<250).map { _ in 0.001 + 0.01 * generator.normal() }
      let convention = Convention(draws: 300, confidence: 0.9, seed: UInt64(trial))
      let sharpe = try #require(Sharpe(returns, convention))
      let interval = try #require(sharpe.interval)
      if interval.contains(truth) { hits += 1 }
      #expect(Sharpe(returns, convention) == sharpe, "the same seed, the same draws")
    }
    // 120 trials at 90 %: 95 to 117 hold all but one in ten thousand such runs.
    #expect((95...117).contains(hits), "\(hits) of 120")
  }

  private func expect(_ found: Double?, _ golden: Double) {
    #expect(abs((found ?? .nan) - golden) <= 1e-12 * max(1, abs(golden)), "\(found ?? .nan)")
  }
}
