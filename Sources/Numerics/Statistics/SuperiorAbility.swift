/// Whether the best of many forecasts or strategies beats its benchmark by more than the luck of having chosen it:
/// White's reality check with Hansen's three centrings, on draws that all rivals share.
public struct SuperiorAbility: Hashable, Sendable {
  /// The greatest mean gain in units of its own deviation, times √n; never below zero.
  public let statistic: Double
  /// p where rivals far below the benchmark are left out of the count: too small if anything.
  public let lower: Double
  /// p as n grows: the one to quote.
  public let consistent: Double
  /// p of the reality check, in which hopeless rivals count: too large if anything.
  public let upper: Double

  /// `gains` holds a series for each rival, what it earned or spared above the benchmark in each period.
  /// `nil` where there is no rival whose gains vary, or fewer than ten periods.
  public init?(gains: [[Double]], meanBlock: Double, draws: Int = 2_000, seed: UInt64 = 1) {
    let rivals = gains.filter { Statistics.variance($0, ddof: 0) > 0 }
    guard let count = rivals.first?.count, count >= 10, draws > 0 else { return nil }
    precondition(rivals.allSatisfy { $0.count == count }, "series of one length")
    let means = rivals.map { Statistics.mean($0) }
    let scales = rivals.map { Statistics.deviation($0, ddof: 0) }
    let best = max(0, zip(means, scales).map { $0 / $1 }.max() ?? 0)
    let shifts = Self.shifts(rivals, means, meanBlock)
    var beyond = [0, 0, 0]
    var generator = Xoshiro256(seed: seed)
    var indices = [Int](repeating: 0, count: count)
    for _ in 0..<draws {
      Bootstrap.stationary(into: &indices, meanBlock: meanBlock, using: &generator)
      var greatest = [-Double.infinity, -Double.infinity, -Double.infinity]
      for (place, rival) in rivals.enumerated() {
        let mean = indices.reduce(0) { $0 + rival[$1] } / Double(count)
        for kind in 0..<3 {
          greatest[kind] = max(greatest[kind], (mean - shifts[place][kind]) / scales[place])
        }
      }
      for kind in 0..<3 where greatest[kind] > best { beyond[kind] += 1 }
    }
    statistic = best * Double(count).squareRoot()
    lower = Double(beyond[0]) / Double(draws)
    consistent = Double(beyond[1]) / Double(draws)
    upper = Double(beyond[2]) / Double(draws)
  }

  /// What is taken off each rival's drawn mean: max(d̄, 0); d̄ unless √n·d̄/ω < −√(2 ln ln n); d̄. Here ω must be
  /// the long-run error, as a mean strays by that.
  private static func shifts(
    _ rivals: [[Double]], _ means: [Double], _ meanBlock: Double
  ) -> [[Double]] {
    rivals.indices.map { place in
      let variance = Statistics.neweyWestVariance(rivals[place], lags: Int(2 * meanBlock))
      let bound = (2 * log(log(Double(rivals[place].count)))).squareRoot()
      let mean = means[place]
      let isHopeless = mean < -bound * max(0, variance).squareRoot()
      return [max(mean, 0), isHopeless ? 0 : mean, mean]
    }
  }
}
