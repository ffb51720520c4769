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
    let mark = text[length]
    guard mark == UInt8(ascii: " ") || mark == UInt8(ascii: "T"),
      let second = Self.second(UnsafeBufferPointer(rebasing: text[(length + 1)...]))
    else { return nil }
    return CsvTime(day: day, second: second)
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
  private static let years = 1680...2260

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
