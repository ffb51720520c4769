import Bytes

/// A day of an exchange's calendar, counted from 1970-01-01; a night session belongs to the day that follows it.
public struct TradingDay: Hashable, Comparable, Strideable, Sendable {
  public let days: Int32

  public init(days: Int32) {
    self.days = days
  }

  /// A date of the Gregorian calendar; the caller has checked that it exists.
  public init(year: Int, month: Int, day: Int) {
    guard let days = DateText.days(year: year, month: month, day: day) else {
      preconditionFailure("\(year)-\(month)-\(day) is not a date")
    }
    self.days = Int32(days)
  }

  /// Year, month and day of the month.
  public var civil: (year: Int, month: Int, day: Int) { DateText.civil(days: Int(days)) }

  public var year: Int { civil.year }

  /// 0 is Monday, 6 is Sunday.
  public var weekday: Int { ((Int(days) + 3) % 7 + 7) % 7 }

  public var isWeekend: Bool { weekday >= 5 }

  public var next: TradingDay { TradingDay(days: days + 1) }

  public var previous: TradingDay { TradingDay(days: days - 1) }

  public static func < (left: TradingDay, right: TradingDay) -> Bool {
    left.days < right.days
  }

  public func distance(to other: TradingDay) -> Int { Int(other.days) - Int(days) }

  public func advanced(by count: Int) -> TradingDay { TradingDay(days: days + Int32(count)) }
}

extension TradingDay {
  /// The n-th Sunday of a month.
  static func sunday(_ ordinal: Int, year: Int, month: Int) -> TradingDay {
    let first = TradingDay(year: year, month: month, day: 1)
    return TradingDay(days: first.days + Int32((6 - first.weekday) + 7 * (ordinal - 1)))
  }

  /// The first day of the month after this day's.
  var nextMonth: TradingDay {
    let (year, month, _) = civil
    return month == 12
      ? TradingDay(year: year + 1, month: 1, day: 1)
      : TradingDay(year: year, month: month + 1, day: 1)
  }

  var sundayOnOrBefore: TradingDay {
    TradingDay(days: days - Int32((weekday + 1) % 7))
  }
}

extension TradingDay: CustomStringConvertible {
  /// ISO form, as in `2020-01-31`.
  public var description: String { DateText.text(days: Int(days)) }

  /// Reads `2020-01-31`, and only dates that exist.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 10, let days = try? DateText.parse(String(text)) else { return nil }
    self.init(days: Int32(days))
  }
}
