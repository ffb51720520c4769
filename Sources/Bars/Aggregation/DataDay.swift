public import Market

/// The trading days of a series whose days are told by its bars alone.
///
/// A bar belongs to its date on the local clock; from 18:00 on, and on weekends, to the next weekday.
/// So a night belongs to the day after it and Friday's to Monday, and no bar is asked about a later one.
extension Zone {
  /// When the day turns: late enough for any afternoon, early enough for any night.
  static let turnSecond: Int64 = 18 * 3_600

  /// The trading day of a bar that ends at `instant`.
  public func dataDay(closing instant: Instant) -> TradingDay {
    let (date, second) = local(instant.advanced(byNanos: -1))
    let day = second >= Self.turnSecond ? date.next : date
    return day.isWeekend ? day.weekdayOnOrAfter : day
  }

  /// Bars shorter than a day end with the clock, as it is not known beforehand when trading will.
  func dataSlot(closing instant: Instant, _ interval: BarInterval) -> Slot {
    let day = dataDay(closing: instant)
    guard interval != .day else { return dataSlot(of: day) }
    let slot = slot(closing: instant, interval)
    return Slot(tradingDay: day, opens: slot.opens, closes: slot.closes, auctionOpens: nil)
  }

  /// From the turn of the weekday before to the day's own; a weekend's day has no evening before it.
  func dataSlot(of day: TradingDay) -> Slot {
    let opens =
      day.isWeekend
      ? instant(day, seconds: 0)
      : instant(day.previous.weekdayOnOrBefore, seconds: Self.turnSecond)
    return Slot(
      tradingDay: day, opens: opens, closes: instant(day, seconds: Self.turnSecond),
      auctionOpens: nil)
  }
}

extension TradingDay {
  fileprivate var weekdayOnOrAfter: TradingDay {
    var day = self
    while day.isWeekend { day = day.next }
    return day
  }

  fileprivate var weekdayOnOrBefore: TradingDay {
    var day = self
    while day.isWeekend { day = day.previous }
    return day
  }
}
