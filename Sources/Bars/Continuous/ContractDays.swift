public import Market

/// One contract day by day, as far as a roll is decided on it.
public struct ContractDays: Hashable, Sendable {
  /// What is known of a contract once a day has closed.
  public struct Figures: Hashable, Sendable {
    public let day: TradingDay
    public let close: Price
    public let volume: Int64
    public let openInterest: Int64

    public init(day: TradingDay, close: Price, volume: Int64, openInterest: Int64) {
      self.day = day
      self.close = close
      self.volume = volume
      self.openInterest = openInterest
    }
  }

  public let symbol: Symbol
  public let delivery: Month
  /// The last day in it, by the calendar and a rule's distance; `nil` where no calendar tells.
  public let holdUntil: TradingDay?
  /// Oldest first.
  public let days: [Figures]

  public init(symbol: Symbol, delivery: Month, holdUntil: TradingDay?, days: [Figures]) {
    self.symbol = symbol
    self.delivery = delivery
    self.holdUntil = holdUntil
    self.days = days
  }

  /// Sums bars up by trading day; prices are counted in units `factor` times finer.
  public static func figures(of bars: BarColumns, finer factor: Int64 = 1) -> [Figures] {
    QualityGate.days(of: bars).map { rows in
      let last = rows.upperBound - 1
      return Figures(
        day: TradingDay(days: bars.tradingDays[last]),
        close: Price(units: bars.close[last] * factor),
        volume: rows.reduce(0) { $0 + bars.volume[$1] }, openInterest: bars.openInterest[last])
    }
  }

  /// The figures of a day; `nil` where the contract had none.
  func figures(on day: TradingDay) -> Figures? {
    let index = days.partitioned { $0.day < day }
    return index < days.count && days[index].day == day ? days[index] : nil
  }

  /// How many of its days lie up to `day`.
  func count(upTo day: TradingDay) -> Int { days.partitioned { $0.day <= day } }
}
