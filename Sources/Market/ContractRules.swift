/// What futures have beside the rules that all products share.
public struct ContractRules: Hashable, Sendable {
  /// The product's first and last trading day.
  public var listed: TradingDay?
  public var delisted: TradingDay?
  /// Delivery months; every month where none are given.
  public var months: [Int]
  public var lastDay: Timeline<LastDay>
  public var delivery: Timeline<DeliveryRule>
  /// Whether only the side with the larger margin pays it.
  public var largerSide: Timeline<Bool>
  /// Lots that one account may open in a day.
  public var dailyOpens: Timeline<OpeningLimit>
  /// How limits widen after days that ended at them.
  public var widening: Timeline<Widening>
  /// How far a price may go on a contract's last day, and its hours on it, where they differ.
  public var lastDayLimit: Timeline<Rate>
  public var lastDayHours: Timeline<[Hours]>

  public init(
    listed: TradingDay? = nil, delisted: TradingDay? = nil, months: [Int] = [],
    lastDay: Timeline<LastDay> = Timeline([]), delivery: Timeline<DeliveryRule> = Timeline([]),
    largerSide: Timeline<Bool> = Timeline([]), dailyOpens: Timeline<OpeningLimit> = Timeline([]),
    widening: Timeline<Widening> = Timeline([]), lastDayLimit: Timeline<Rate> = Timeline([]),
    lastDayHours: Timeline<[Hours]> = Timeline([])
  ) {
    self.listed = listed
    self.delisted = delisted
    self.months = months
    self.lastDay = lastDay
    self.delivery = delivery
    self.largerSide = largerSide
    self.dailyOpens = dailyOpens
    self.widening = widening
    self.lastDayLimit = lastDayLimit
    self.lastDayHours = lastDayHours
  }
}

/// Where in a month a contract's last trading day lies.
public struct LastDay: Hashable, Sendable {
  public enum Counting: UInt8, CaseIterable, Sendable {
    /// The n-th of the month, or the next trading day after it.
    case dates
    case tradingDays
    /// The n-th such weekday, or the next trading day after it; from the end, those that trade.
    case mondays
    case fridays
  }

  public let counting: Counting
  /// From the month's end where it is negative.
  public let number: Int
  public let monthsBefore: Int

  public init(_ counting: Counting, _ number: Int, monthsBefore: Int = 0) {
    precondition(number != 0 && monthsBefore >= 0, "a day is counted from 1 or from -1")
    self.counting = counting
    self.number = number
    self.monthsBefore = monthsBefore
  }

  /// The last trading day of a delivery month's contract; `nil` where the calendar does not reach.
  public func day(of delivery: Month, in calendar: ExchangeCalendar) -> TradingDay? {
    let month = delivery.advanced(by: -monthsBefore)
    guard let last = calendar.days.last, month.last <= last else { return nil }
    let days = calendar.days(year: month.year, month: month.month)
    switch counting {
    case .dates: return calendar.onOrAfter(month.first.advanced(by: number - 1))
    case .tradingDays: return Self.pick(number, Array(days))
    case .mondays: return weekday(0, month, Array(days), calendar)
    case .fridays: return weekday(4, month, Array(days), calendar)
    }
  }

  private func weekday(
    _ weekday: Int, _ month: Month, _ days: [TradingDay], _ calendar: ExchangeCalendar
  ) -> TradingDay? {
    guard number > 0 else { return Self.pick(number, days.filter { $0.weekday == weekday }) }
    let all = (month.first...month.last).filter { $0.weekday == weekday }
    return Self.pick(number, all).flatMap(calendar.onOrAfter)
  }

  private static func pick(_ number: Int, _ days: [TradingDay]) -> TradingDay? {
    let index = number > 0 ? number - 1 : days.count + number
    return days.indices.contains(index) ? days[index] : nil
  }
}

/// What holds for a contract as its delivery comes near.
public struct DeliveryRule: Hashable, Sendable {
  /// Whether natural persons may hold to the end.
  public let personsMayHold: Bool
  /// How many trading days before the last one those who may not must be out by the close; without it,
  /// they are out before the delivery month.
  public let personsLeave: Int?
  /// Positions are multiples of this in the delivery month.
  public let lots: Int64
  /// Least margins: from the month before delivery, in its month, in the last days of trading.
  public let monthBefore: Rate?
  public let month: Rate?
  public let lastDays: Rate?

  public init(
    personsMayHold: Bool, personsLeave: Int? = nil, lots: Int64 = 1, monthBefore: Rate? = nil,
    month: Rate? = nil, lastDays: Rate? = nil
  ) {
    precondition(personsLeave ?? 0 >= 0, "days are counted back from the last one")
    self.personsMayHold = personsMayHold
    self.personsLeave = personsLeave
    self.lots = lots
    self.monthBefore = monthBefore
    self.month = month
    self.lastDays = lastDays
  }
}

extension DeliveryRule {
  /// The day by whose close a natural person must be out of a contract; `nil` where they may stay.
  public func leaveBy(
    _ delivery: Month, lastDay: TradingDay, in calendar: ExchangeCalendar
  ) -> TradingDay? {
    guard !personsMayHold else { return nil }
    guard let days = personsLeave else { return calendar.before(min(delivery.first, lastDay)) }
    return (0..<days).reduce(lastDay) { day, _ in calendar.before(day) ?? day }
  }

  /// How near its delivery a contract is on a day.
  public enum Stage: UInt8, CaseIterable, Sendable {
    case far
    case monthBefore
    case month
    /// From the second trading day before the last one.
    case lastDays
    case over
  }

  /// The least margin of a stage; each stage keeps that of the one before where it has none.
  public func leastMargin(_ stage: Stage) -> Rate? {
    switch stage {
    case .far, .over: nil
    case .monthBefore: monthBefore
    case .month: month ?? monthBefore
    case .lastDays: lastDays ?? month ?? monthBefore
    }
  }
}
