import Glibc
import Numerics
import Testing

/// glibc's functions err by about half a unit, so ours may differ from them by one at most.
@Suite struct LibraryComparisonTests {
  private static let points = 1_000_000

  private func compare(
    _ name: String, seed: UInt64, argument: (inout Xoshiro256) -> Double,
    _ ours: (Double) -> Double, _ theirs: (Double) -> Double
  ) {
    var generator = Xoshiro256(seed: seed)
    var worst = (distance: 0.0, at: 0.0)
    var equal = 0
    for _ in 0..<Self.points {
      let x = argument(&generator)
      let (a, b) = (ours(x), theirs(x))
      equal += a == b ? 1 : 0
      let distance = a == b ? 0 : abs(a - b) / b.ulp
      if !(distance <= worst.distance) { worst = (distance, x) }
    }
    #expect(worst.distance <= 1, "\(name), seed \(seed), at \(worst.at)")
    #expect(equal > Self.points * 9 / 10, "\(name) differs from the library too often: \(equal)")
  }

  @Test func exponentialsAreWithinOneUlpOfTheLibrary() {
    compare("exp", seed: 1, argument: { $0.uniform(in: -700...700) }, Numerics.exp, Glibc.exp)
    compare("exp", seed: 2, argument: { $0.uniform(in: -1...1) }, Numerics.exp, Glibc.exp)
  }

  @Test func logarithmsAreWithinOneUlpOfTheLibrary() {
    compare("log", seed: 4, argument: { $0.uniform(in: 0.5...2) }, Numerics.log, Glibc.log)
    compare(
      "log", seed: 5, argument: { Glibc.exp($0.uniform(in: -700...700)) }, Numerics.log, Glibc.log)
  }

  /// Here the library errs by up to two units itself, so only coarse faults show.
  @Test func smallerFunctionsAgreeWithTheLibrary() {
    func check(
      _ name: String, _ range: ClosedRange<Double>, _ ours: (Double) -> Double,
      _ theirs: (Double) -> Double
    ) {
      var generator = Xoshiro256(seed: 6)
      for _ in 0..<Self.points {
        let x = generator.uniform(in: range)
        let (a, b) = (ours(x), theirs(x))
        guard abs(a - b) <= 3 * b.ulp else {
          Issue.record("\(name)(\(x)): \(a) against \(b)")
          return
        }
      }
    }
    check("expm1", -3...3, Numerics.expm1, Glibc.expm1)
    check("log1p", -0.9...3, Numerics.log1p, Glibc.log1p)
    check("tanh", -5...5, Numerics.tanh, Glibc.tanh)
    check("erf", -4...4, Numerics.erf, Glibc.erf)
    check("erfc", -4...0.5, Numerics.erfc, Glibc.erfc)
  }
}
