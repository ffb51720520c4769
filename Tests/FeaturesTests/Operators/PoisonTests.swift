import Numerics
import Testing

/// One mad number must be gone when it has left the window, and so must all rounding.
@Suite struct PoisonTests {
  static let windows = [
    "sum(turnover, 20)", "mean(turnover, 60)", "std(turnover, 20)", "samplestd(turnover, 5)",
    "zscore(turnover, 60)", "skew(turnover, 30)", "kurt(turnover, 30)", "mad(turnover, 20)",
    "wma(turnover, 20)", "slope(turnover, 60)", "rsquare(turnover, 20)", "residual(turnover, 20)",
    "max(turnover, 20)", "min(turnover, 60)", "argmax(turnover, 20)", "argmin(turnover, 60)",
    "quantile(turnover, 20, 0.8)", "rank(turnover, 60)", "corr(turnover, ref(turnover, 1), 20)",
    "cov(turnover, delta(turnover, 2), 60)",
  ]

  /// `bench poison` does the same over ten million bars.
  @Test(arguments: windows)
  func aLongRunEndsLikeAFreshWindow(window: String) throws {
    let seed: UInt64 = 31
    var random = Xoshiro256(seed: seed)
    var level = 4_000.0
    var values = (0..<200_000).map { _ in
      level += 0.2 * random.normal()
      return level
    }
    for (row, poison) in [
      (500, 1e300), (900, -1e300), (1_300, .infinity), (1_700, .nan), (2_100, 1e30), (2_500, -1e13),
    ] { values[row] = poison }
    let old = try Series.column(window, Series.carrying(values)).suffix(300)
    let fresh = try Series.column(window, Series.carrying(values.suffix(600))).suffix(300)
    let (_, deviation) = Series.moments(fresh.map { Float80($0) })
    for (row, (old, fresh)) in zip(old, fresh).enumerated() {
      holds(
        abs(Float80(old - fresh)) <= 1e-9 * deviation,
        "\(window) row \(row): \(old), fresh \(fresh), seed \(seed)")
    }
  }

  @Test func nothingInNothingOut() throws {
    for window in Self.windows {
      #expect(try Series.column(window, Series.carrying([])).isEmpty, "\(window)")
    }
  }
}
