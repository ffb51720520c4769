import Market
import Numerics

/// Bars that no market traded, to put where the future was: whoever looks there is changed by them.
enum Garbage: CaseIterable {
  /// Prices that leap between thousandths and thousands of times what they were.
  case leaping
  /// Nothing moves and nothing trades.
  case flat
  /// What really happened, upside down in time.
  case reversed

  func replace(_ bars: [Bar], after cut: Int, seed: UInt64) -> [Bar] {
    var random = Xoshiro256(seed: seed)
    return bars.indices.map { row in
      guard row >= cut else { return bars[row] }
      switch self {
      case .leaping:
        let level = Double(bars[row].close.units) * exp(random.uniform(in: -7...7))
        return bars[row].moved(
          to: Int64(max(1, level)), range: Int64(random.int(below: 1_000)),
          volume: Int64(random.int(below: 1_000_000_000)))
      case .flat: return bars[row].moved(to: 1, range: 0, volume: 0)
      case .reversed:
        let source = bars[bars.count - 1 - (row - cut)]
        return bars[row].moved(
          to: max(1, source.close.units), range: source.high.units - source.low.units,
          volume: source.volume)
      }
    }
  }
}

extension Bar {
  /// A bar at the same time with other prices.
  fileprivate func moved(to level: Int64, range: Int64, volume: Int64) -> Bar {
    Bar(
      instrument: instrument, tradingDay: tradingDay, closedAt: closedAt,
      open: Price(units: level), high: Price(units: level + range), low: Price(units: level),
      close: Price(units: level + range / 2), volume: volume,
      turnover: Double(volume) * Double(level), openInterest: volume)
  }
}
