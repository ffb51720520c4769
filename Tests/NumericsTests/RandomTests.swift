import Numerics
import Testing

@Suite struct RandomTests {
  /// The published first outputs of SplitMix64 from seed 1234567.
  @Test func splitMixGivesItsKnownNumbers() {
    var generator = SplitMix64(seed: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
    #expect(generator.next() == 9_817_491_932_198_370_423)
  }

  @Test func sequencesNeverChange() {
    var generator = Xoshiro256(seed: 42)
    let bits = (0..<4).map { _ in generator.next() }
    #expect(
      bits == [
        1_546_998_764_402_558_742, 6_990_951_692_964_543_102, 12_544_586_762_248_559_009,
        17_057_574_109_182_124_193,
      ])
    let normals = (0..<3).map { _ in generator.normal().bitPattern }
    var again = Xoshiro256(seed: 42)
    for _ in 0..<4 { _ = again.next() }
    #expect(normals == (0..<3).map { _ in again.normal().bitPattern })
    #expect(again == generator)
  }

  @Test func streamsAreIndependentAndOfAnyOrder() {
    let parent = Xoshiro256(seed: 9)
    var (one, two) = (parent.split(stream: 1), parent.split(stream: 2))
    let a = (0..<20_000).map { _ in one.uniform() }
    let b = (0..<20_000).map { _ in two.uniform() }
    #expect(abs(Statistics.pearson(a, b)) < 0.03)
    var again = parent.split(stream: 1)
    #expect(again.uniform() == a[0])
    #expect(Xoshiro256(seed: 10).split(stream: 1) != parent.split(stream: 1))
  }

  @Test func momentsMatchTheDistributions() {
    var generator = Xoshiro256(seed: 1)
    func check(_ name: String, mean: Double, variance: Double, _ draw: (inout Xoshiro256) -> Double)
    {
      let values = (0..<200_000).map { _ in draw(&generator) }
      let error = (variance / 200_000).squareRoot()
      #expect(abs(Statistics.mean(values) - mean) < 5 * error, "mean of \(name)")
      #expect(agree(Statistics.variance(values), variance, 0.05), "variance of \(name)")
    }
    check("uniform", mean: 0.5, variance: 1.0 / 12) { $0.uniform() }
    check("normal", mean: 0, variance: 1) { $0.normal() }
    check("exponential", mean: 1, variance: 1) { $0.exponential() }
    check("gamma 3", mean: 3, variance: 3) { $0.gamma(shape: 3) }
    check("gamma ½", mean: 0.5, variance: 0.5) { $0.gamma(shape: 0.5) }
    check("t 8", mean: 0, variance: 8.0 / 6) { $0.studentT(degrees: 8) }
  }

  @Test func normalsPassAgainstTheirDistribution() {
    var generator = Xoshiro256(seed: 2)
    var counts = [Double](repeating: 0, count: 50)
    for _ in 0..<100_000 { counts[min(49, Int(normalCdf(generator.normal()) * 50))] += 1 }
    let chiSquare = counts.reduce(0) { $0 + ($1 - 2000) * ($1 - 2000) / 2000 }
    #expect(chiSquareCdf(chiSquare, degrees: 49) < 0.999)
  }

  @Test func wholeNumbersAreUnbiasedAndInRange() {
    var generator = Xoshiro256(seed: 3)
    var counts = [Double](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[generator.int(below: 7)] += 1 }
    let chiSquare = counts.reduce(0) { $0 + ($1 - 10_000) * ($1 - 10_000) / 10_000 }
    #expect(chiSquareCdf(chiSquare, degrees: 6) < 0.999)
    for _ in 0..<1000 { #expect(-3...4 ~= generator.int(in: -3...4)) }
    #expect(generator.int(below: 1) == 0)
    #expect(generator.int(below: .max) >= 0)
  }

  @Test func shufflesKeepEveryItem() {
    var generator = Xoshiro256(seed: 4)
    let permutation = generator.permutation(1000)
    #expect(permutation.sorted() == Array(0..<1000) && permutation != Array(0..<1000))
    let sample = generator.sample(10, of: 30)
    #expect(Set(sample).count == 10 && sample.allSatisfy { 0..<30 ~= $0 })
  }

  @Test func stationaryBootstrapHasItsMeanBlock() {
    var generator = Xoshiro256(seed: 6)
    let indices = Bootstrap.stationary(count: 50_000, meanBlock: 10, using: &generator)
    let breaks = (1..<indices.count).count { indices[$0] != (indices[$0 - 1] + 1) % 50_000 }
    #expect(abs(Double(breaks) / 50_000 - 0.1) < 0.01)
    #expect(indices.allSatisfy { 0..<50_000 ~= $0 })
    let interval = Bootstrap.interval((0...100).map(Double.init), confidence: 0.9)
    #expect(abs(interval.lowerBound - 5) < 1e-9 && abs(interval.upperBound - 95) < 1e-9)
  }
}
