import Market
import Numerics
import Testing

@Suite struct WindowPairTests {
  /// Two columns of one market that move together now more, now less, and stand still in between.
  private func pairs(_ bars: [Bar]) -> [(Float80, Float80)] {
    bars.map { (Float80($0.close.value(on: Series.grid)), Float80(Double($0.volume))) }
  }

  @Test(arguments: [2, 5, 20, 60, 240])
  func correlationAndCovarianceAreThoseOfFreshWindows(count: Int) throws {
    let bars = Series.market(2_500, seed: 29)
    let correlations = try Series.column("corr(close, volume, \(count))", bars)
    let covariances = try Series.column("cov(close, volume, \(count))", bars)
    let pairs = pairs(bars)
    for row in bars.indices {
      guard row + 1 >= count else {
        holds(correlations[row].isNaN && covariances[row].isNaN, "row \(row)")
        continue
      }
      let window = pairs[(row + 1 - count)...row]
      let (left, right) = (
        Series.moments(window.map(\.0)), Series.moments(window.map(\.1))
      )
      let common =
        window.reduce(0) { $0 + ($1.0 - left.mean) * ($1.1 - right.mean) } / Float80(count)
      let size = left.deviation * right.deviation
      holds(abs(Float80(covariances[row]) - common) <= 1e-9 * size, "covariance row \(row)")
      let isFlat =
        window.allSatisfy { $0.0 == window[row].0 } || window.allSatisfy { $0.1 == window[row].1 }
      let truth = isFlat ? 0 : common / size
      holds(abs(Float80(correlations[row]) - truth) <= 1e-9, "correlation row \(row)")
    }
  }

  @Test func anAbsentValueSilencesItsWindowAndNoMore() throws {
    var values = (0..<60).map { Double($0 * $0 % 17) }
    values[30] = 1e300
    let column = try Series.column("corr(turnover, ref(turnover, 1), 5)", Series.carrying(values))
    #expect(column.indices.filter { column[$0].isNaN } == Array(0..<5) + Array(30...35))
  }
}
