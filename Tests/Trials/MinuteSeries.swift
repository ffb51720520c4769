public import Archive
import Bars
public import Market

/// A long made-up series of minutes, for trials of the archive.
public enum MinuteSeries {
  public static let series = Series(
    key: SeriesKey(Symbol(code: "rb8888", exchange: .shfe), .minute), grid: Grid(decimals: 0),
    calendar: "always-open", source: "made up")

  public static func bars(_ count: Int) -> BarColumns {
    let market = SyntheticMarket(schedule: .alwaysOpen(.shanghai), seed: 1)
    let first = TradingDay(year: 2015, month: 1, day: 5)
    let last = TradingDay(days: first.days + Int32(count / 1_440) + 1)
    let bars = market.bars(of: InstrumentIndex(0), days: first...last)
    return BarColumns(bars.prefix(count))
  }
}
