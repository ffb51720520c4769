import Market

/// What is usual in a series: told by medians, which a few bad bars do not move.
struct Habits {
  /// A robust standard deviation of the return from close to close.
  let deviation: Double
  let hasVolume: Bool
  /// Turnover over volume times price: the contract's size, or 0 where there is no turnover to compare.
  let size: Double
  let hasOpenInterest: Bool
  /// The usual number of bars by weekday, 0 being the weekday of 1970-01-01.
  private let barsByWeekday: [Int]

  init(_ bars: BarColumns, _ interval: BarInterval, isAdjusted: Bool) {
    var moves: [Double] = []
    var volumes = 0
    var sizes: [Double] = []
    for row in 0..<bars.count {
      if row > 0, bars.close[row - 1] > 0 {
        moves.append((Double(bars.close[row]) / Double(bars.close[row - 1]) - 1).magnitude)
      }
      guard bars.volume[row] > 0 else { continue }
      volumes += 1
      let middle = Self.middle(bars, row)
      if bars.turnover[row] > 0, middle > 0 {
        sizes.append(bars.turnover[row] / (Double(bars.volume[row]) * middle))
      }
    }
    deviation = 1.4826 * Self.median(&moves)
    // Where most bars have none, the source keeps no volume.
    hasVolume = volumes * 2 > bars.count
    size = sizes.count * 2 > bars.count && !isAdjusted ? Self.median(&sizes) : 0
    hasOpenInterest = bars.openInterest.lazy.filter { $0 > 0 }.count * 2 > bars.count
    var counts = [[Double]](repeating: [], count: 7)
    for rows in QualityGate.days(of: bars) {
      counts[Self.weekday(bars.tradingDays[rows.lowerBound])].append(Double(rows.count))
    }
    barsByWeekday = counts.map { days in
      var days = days
      return Int(Self.median(&days))
    }
  }

  func usualBars(on day: TradingDay) -> Int { barsByWeekday[Self.weekday(day.days)] }

  /// The median volume of ten days before and after: what is usual changes over the years.
  func usualVolume(_ bars: BarColumns, around rows: Range<Int>) -> Double {
    let reach = max(10 * rows.count, 60)
    let window = max(0, rows.lowerBound - reach)..<min(bars.count, rows.upperBound + reach)
    var volumes = window.compactMap { bars.volume[$0] > 0 ? Double(bars.volume[$0]) : nil }
    return Self.median(&volumes)
  }

  static func middle(_ bars: BarColumns, _ row: Int) -> Double {
    (Double(bars.high[row]) + Double(bars.low[row])) / 2
  }

  private static func weekday(_ days: Int32) -> Int { Int((days % 7 + 7) % 7) }

  static func median(_ values: inout [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    values.sort()
    return values[values.count / 2]
  }
}
