import Console
import Features
import Market

/// The bars of `made_data.py`, as columns of numbers and as bars.
struct BarColumns {
  let inputs: [Input: [Double]]
  let bars: [Bar]
  static let grid = Grid(decimals: 2)

  /// The first `limit` bars of `PREFIX.ohlcv.f32`, five columns one after the other.
  init(_ prefix: String, limit: Int) throws(Failure) {
    let rows = try headerNumber("bars", of: prefix)
    let values = try floats(prefix + ".ohlcv.f32", 5 * rows)
    let count = min(limit, rows)
    let columns = (0..<5).map { column in
      values[column * rows..<column * rows + count].map { Double($0) }
    }
    inputs = [
      .open: columns[0], .high: columns[1], .low: columns[2], .close: columns[3],
      .volume: columns[4],
    ]
    bars = (0..<count).map { row in
      let prices = columns[..<4].map { Price(units: Int64(($0[row] * 100).rounded())) }
      return Bar(
        instrument: InstrumentIndex(0), tradingDay: TradingDay(days: Int32(row / 1_440)),
        closedAt: Instant(seconds: 60 * Int64(row)), open: prices[0], high: prices[1],
        low: prices[2], close: prices[3], volume: Int64(columns[4][row]),
        turnover: columns[3][row] * columns[4][row])
    }
  }
}
