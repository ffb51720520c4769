/// The days an exchange trades, between the first and the last day its table covers.
public struct ExchangeCalendar: Hashable, Sendable {
  public let zone: Zone
  /// All trading days, oldest first.
  public let days: [TradingDay]

  /// Weekdays from `first` to `last` without the closures; an `openEveryDay` calendar keeps weekends too.
  public init(
    zone: Zone, first: TradingDay, last: TradingDay, closures: [TradingDay],
    openEveryDay: Bool = false
  ) {
    precondition(first <= last, "a calendar has a day")
    self.zone = zone
    let closed = Set(closures)
    days = (first...last).filter { (openEveryDay || !$0.isWeekend) && !closed.contains($0) }
  }

  /// The calendar of exactly these days, oldest first, as found in data.
  public init(zone: Zone, days: [TradingDay]) {
    self.zone = zone
    self.days = days
  }

  public func isOpen(_ day: TradingDay) -> Bool {
    let index = lowerBound(day)
    return index < days.count && days[index] == day
  }

  /// The first trading day on or after `day`; `nil` past the table's end.
  public func onOrAfter(_ day: TradingDay) -> TradingDay? {
    let index = lowerBound(day)
    return index < days.count ? days[index] : nil
  }

  public func after(_ day: TradingDay) -> TradingDay? {
    onOrAfter(day.next)
  }

  public func before(_ day: TradingDay) -> TradingDay? {
    let index = lowerBound(day)
    return index > 0 ? days[index - 1] : nil
  }

  /// The position of the first day not before `day`.
  func lowerBound(_ day: TradingDay) -> Int {
    var low = 0
    var high = days.count
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
