public import Market

extension MarketFile {
  /// What to say while a calendar is about to end or has ended; `nil` while there is time.
  public func alarm(on day: TradingDay) -> String? {
    guard let left = calendar.alarm(on: day), let end = calendar.knownUntil else { return nil }
    let advice = "lengthen it in config/markets once the holidays are announced"
    return left < 0
      ? "the calendar of \(exchange.rawValue) ended on \(end): nothing new is opened; \(advice)"
      : "the calendar of \(exchange.rawValue) ends in \(left) days, on \(end); \(advice)"
  }

  /// Today on the exchange's clock.
  public var today: TradingDay {
    exchange.zone.local(wallClock()).day
  }
}
