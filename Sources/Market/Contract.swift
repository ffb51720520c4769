/// A month of the Gregorian calendar, as deliveries are named.
public struct Month: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let year: Int
  public let month: Int

  public init(year: Int, month: Int) {
    precondition((1...12).contains(month), "a year has twelve months")
    self.year = year
    self.month = month
  }

  public init(of day: TradingDay) {
    let (year, month, _) = day.civil
    self.init(year: year, month: month)
  }

  public var first: TradingDay { TradingDay(year: year, month: month, day: 1) }
  public var last: TradingDay { first.nextMonth.previous }

  public func advanced(by months: Int) -> Month {
    let count = year * 12 + month - 1 + months
    return Month(year: count / 12, month: count % 12 + 1)
  }

  public static func < (left: Month, right: Month) -> Bool {
    (left.year, left.month) < (right.year, right.month)
  }

  public var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }
}

extension Symbol {
  /// The delivery month that a future's code names: `2005` of `rb2005` is May 2020.
  ///
  /// Codes of three digits, as Zhengzhou writes them, leave the decade open; it is the one that puts
  /// delivery nearest to `day`.
  public func delivery(near day: TradingDay) -> Month? {
    let digits = code.drop { $0.isLetter }
    guard exchange.hasOffsets, let number = Int(digits), (1...12).contains(number % 100) else {
      return nil
    }
    switch digits.utf8.count {
    case 4: return Month(year: 2000 + number / 100, month: number % 100)
    case 3:
      let decade = day.year / 10 * 10 + number / 100
      return [decade - 10, decade, decade + 10].map { Month(year: $0, month: number % 100) }
        .min { abs($0.first.distance(to: day)) < abs($1.first.distance(to: day)) }
    default: return nil
    }
  }
}

/// One delivery of a future.
public struct Contract: Hashable, Sendable {
  public let symbol: Symbol
  public let delivery: Month
  public let lastDay: TradingDay
  /// Three trading days of which the first has the highest margin: the second before the last one.
  public let lastStageFrom: TradingDay
  /// The day by whose close a natural person must be out; `nil` where they may stay to the end.
  public let leaveBy: TradingDay?

  public init(
    symbol: Symbol, delivery: Month, lastDay: TradingDay, lastStageFrom: TradingDay,
    leaveBy: TradingDay? = nil
  ) {
    precondition(lastStageFrom <= lastDay, "stages end with the contract")
    self.symbol = symbol
    self.delivery = delivery
    self.lastDay = lastDay
    self.lastStageFrom = lastStageFrom
    self.leaveBy = leaveBy
  }

  public func stage(on day: TradingDay) -> DeliveryRule.Stage {
    if day > lastDay { return .over }
    if day >= lastStageFrom { return .lastDays }
    if day >= delivery.first { return .month }
    return day >= delivery.advanced(by: -1).first ? .monthBefore : .far
  }
}

extension ProductRules {
  /// The contract a symbol names, by the rules of its product; `nil` for what is no future's name
  /// and where the calendar does not reach its last day.
  public func contract(
    _ symbol: Symbol, near day: TradingDay, in calendar: ExchangeCalendar
  ) -> Contract? {
    guard let delivery = symbol.delivery(near: day), let rules = futures,
      rules.months.isEmpty || rules.months.contains(delivery.month),
      let last = rules.lastDay[delivery.first]?.day(of: delivery, in: calendar)
    else { return nil }
    let before = calendar.before(last).flatMap(calendar.before) ?? last
    return Contract(
      symbol: symbol, delivery: delivery, lastDay: last, lastStageFrom: before,
      leaveBy: rules.delivery[last]?.leaveBy(delivery, lastDay: last, in: calendar))
  }
}

extension ContractRules {
  /// The calendar as one contract has it, which may trade less on its last day.
  public func calendar(of contract: Contract, in calendar: ExchangeCalendar) -> ExchangeCalendar {
    guard let spans = lastDayHours[contract.lastDay] else { return calendar }
    let last = SpecialDay(day: contract.lastDay, why: "its last day", spans: spans)
    return calendar.changed(closing: [], special: [last])
  }
}

/// The contracts of one product, by delivery.
public struct ContractChain: Hashable, Sendable {
  public let contracts: [Contract]

  public init(_ contracts: [Contract]) {
    self.contracts = contracts.sorted { $0.delivery < $1.delivery }
  }

  /// The nearest contract that still trades on a day.
  public func front(on day: TradingDay) -> Contract? {
    contracts.first { day <= $0.lastDay }
  }

  /// The contract after another one.
  public func next(after contract: Contract) -> Contract? {
    contracts.first { $0.delivery > contract.delivery }
  }

  /// What must hold: each delivery once, and later deliveries end later.
  public var isSound: Bool {
    zip(contracts, contracts.dropFirst()).allSatisfy {
      $0.delivery < $1.delivery && $0.lastDay < $1.lastDay
    }
  }
}
