public import Archive
public import Bars
public import Console
import Market

extension MarketBook {
  /// The gate for a series as the archive keeps it: its hours, and the price limits where rules know them.
  public func gate(of series: Series) throws(Failure) -> QualityGate {
    let symbol = series.key.symbol
    let limit = (try? rules(symbol).rules.priceLimit) ?? Timeline([])
    let isAlwaysOpen = series.calendar == "always-open"
    return QualityGate(
      schedule: isAlwaysOpen ? .alwaysOpen(symbol.exchange.zone) : try hours(symbol).schedule,
      interval: series.key.interval, priceLimit: limit)
  }
}
