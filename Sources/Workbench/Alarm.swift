public import Console
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

extension WorkSettings {
  /// What to say of the calendars that these series trade by: today, or on their last day if that is later.
  public func calendarAlarms(_ series: [LoadedSeries]) throws(Failure) -> [String] {
    let lastDay = series.compactMap { $0.bars.last?.tradingDay }.max()
    return try MarketBook.read(home, of: symbols.map(\.exchange)).files
      .filter { file in symbols.contains { $0.exchange == file.exchange } }
      .compactMap { file in file.alarm(on: max(file.today, lastDay ?? file.today)) }
  }
}
