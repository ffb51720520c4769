/// A day of an exchange's calendar, counted from 1970-01-01; a night session belongs to the day that follows it.
public struct TradingDay: Hashable, Comparable, Strideable, Sendable {
  public let days: Int32

  public init(days: Int32) {
    self.days = days
  }

  /// A date of the Gregorian calendar; the caller has checked that it exists.
  public init(year: Int, month: Int, day: Int) {
    // Years start in March here, so that the leap day is the last of its year.
    let shifted = month > 2 ? year : year - 1
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    days = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Year, month and day of the month.
  public var civil: (year: Int, month: Int, day: Int) {
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

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

  var sundayOnOrBefore: TradingDay {
    TradingDay(days: days - Int32((weekday + 1) % 7))
  }
}

extension TradingDay: CustomStringConvertible {
  /// ISO form, as in `2020-01-31`.
  public var description: String {
    let (year, month, day) = civil
    let pad = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    return "\(year)-\(pad(month))-\(pad(day))"
  }

  /// Reads `2020-01-31`, and only dates that exist.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts[2].utf8.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    self.init(year: year, month: month, day: day)
    guard civil == (year, month, day) else { return nil }
  }
}
