import Bytes
import Market

/// A date and perhaps a time of day as written, without a zone.
struct CsvTime {
  let day: TradingDay
  /// `nil` where only a date is written.
  let second: Int64?
}

/// Reads `2021-01-04 09:01:00`, also with `/` or no marks in the date, `T` for the blank, without
/// seconds, with a fraction of zeros; neighbouring rows mostly share the day.
struct CsvClock {
  private var lastDate = -1
  private var lastDay = TradingDay(days: 0)

  mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> CsvTime? {
    guard let (date, length) = Self.date(text), let day = day(date) else { return nil }
    if length == text.count { return CsvTime(day: day, second: nil) }
    if length == 8, text.count == 14 || text.count == 17, text[8] &- 48 < 10 {
      guard let second = Self.compact(text) else { return nil }
      return CsvTime(day: day, second: second)
    }
    let mark = text[length]
    guard mark == UInt8(ascii: " ") || mark == UInt8(ascii: "T"),
      let second = Self.second(UnsafeBufferPointer(rebasing: text[(length + 1)...]))
    else { return nil }
    return CsvTime(day: day, second: second)
  }

  /// The time of day of `20210104093500` or `20210104093500000`.
  private static func compact(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let hour = number(text, 8, 2), hour < 24, let minute = number(text, 10, 2), minute < 60,
      let second = number(text, 12, 2), second < 60,
      text[14...].allSatisfy({ $0 == UInt8(ascii: "0") })
    else { return nil }
    return Int64(hour * 3_600 + minute * 60 + second)
  }

  /// Only days that exist.
  private mutating func day(_ date: Int) -> TradingDay? {
    if date == lastDate { return lastDay }
    let (year, month, dayOfMonth) = (date / 10_000, date / 100 % 100, date % 100)
    guard Self.years.contains(year),
      let days = DateText.days(year: year, month: month, day: dayOfMonth)
    else { return nil }
    let day = TradingDay(days: Int32(days))
    (lastDate, lastDay) = (date, day)
    return day
  }

  /// What 64 bits of nanoseconds reach, with room at both ends.
  static let years = 1680...2260

  /// The date as the number YYYYMMDD and how many bytes it takes.
  private static func date(_ text: UnsafeBufferPointer<UInt8>) -> (Int, Int)? {
    guard text.count >= 8, let year = number(text, 0, 4) else { return nil }
    let mark = text[4]
    if mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/") {
      guard text.count >= 10, text[7] == mark, let month = number(text, 5, 2),
        let day = number(text, 8, 2)
      else { return nil }
      return (year * 10_000 + month * 100 + day, 10)
    }
    guard let rest = number(text, 4, 4) else { return nil }
    return (year * 10_000 + rest, 8)
  }

  private static func second(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    let colon = UInt8(ascii: ":")
    guard text.count >= 5, text[2] == colon, let hour = number(text, 0, 2), hour < 24,
      let minute = number(text, 3, 2), minute < 60
    else { return nil }
    let upToMinute = Int64(hour * 3_600 + minute * 60)
    if text.count == 5 { return upToMinute }
    guard text.count >= 8, text[5] == colon, let second = number(text, 6, 2), second < 60 else {
      return nil
    }
    if text.count > 8 {
      guard text.count > 9, text[8] == UInt8(ascii: "."),
        text[9...].allSatisfy({ $0 == UInt8(ascii: "0") })
      else { return nil }
    }
    return upToMinute + Int64(second)
  }

  @inline(__always)
  private static func number(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int
  ) -> Int? {
    var value = 0
    for index in start..<(start + count) {
      let digit = text[index] &- 48
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}

/// Dates and times in columns of their own, which sources write more freely.
extension CsvClock {
  /// A date such as `2021-01-04`, `2021/1/4` or `20210104`; words after a blank, such as the
  /// weekday, are passed over.
  static func date(_ text: UnsafeBufferPointer<UInt8>) -> TradingDay? {
    let word = text.prefix { $0 != UInt8(ascii: " ") }
    let parts = word.split(omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/")
    }
    let numbers = parts.compactMap(whole)
    guard numbers.count == parts.count else { return nil }
    let date: (year: Int, month: Int, day: Int)
    switch (numbers.count, word.count) {
    case (3, _): date = (numbers[0], numbers[1], numbers[2])
    case (1, 8): date = (numbers[0] / 10_000, numbers[0] / 100 % 100, numbers[0] % 100)
    default: return nil
    }
    guard years.contains(date.year),
      let days = DateText.days(year: date.year, month: date.month, day: date.day)
    else { return nil }
    return TradingDay(days: Int32(days))
  }

  /// The second of `9:05`, `09:05:00`, `0905` or `090500`.
  static func timeOfDay(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var numbers = parts.compactMap(whole)
    guard numbers.count == parts.count else { return nil }
    if numbers.count == 1 {
      switch text.count {
      case 3...4: numbers = [numbers[0] / 100, numbers[0] % 100]
      case 5...6: numbers = [numbers[0] / 10_000, numbers[0] / 100 % 100, numbers[0] % 100]
      default: return nil
      }
    }
    guard (2...3).contains(numbers.count), numbers[0] < 24, numbers[1] < 60,
      numbers.count == 2 || numbers[2] < 60
    else { return nil }
    return Int64(numbers[0] * 3_600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0))
  }

  private static func whole(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard (1...8).contains(text.count), text.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return text.reduce(0) { $0 * 10 + Int($1 - 48) }
  }
}
