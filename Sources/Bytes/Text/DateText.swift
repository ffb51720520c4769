/// Dates of the proleptic Gregorian calendar as days since 1970-01-01, and their texts.
///
/// Years run from 0001 to 9999. Nothing here knows a time zone: the text means what its owner says.
public enum DateText {
  private static let expectedDate = "a date like 2020-01-31"
  private static let expectedCompact = "a date like 20200131"

  /// Days from 1970-01-01 to a civil date, or `nil` if there is no such date.
  ///
  /// Years start in March here, so that the leap day comes last: day of year = (153·m + 2) / 5 + d.
  public static func days(year: Int, month: Int, day: Int) -> Int? {
    guard 1...9999 ~= year, 1...12 ~= month, 1...length(year, month) ~= day else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted % 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The civil date of a day number; the inverse of `days`.
  public static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// 1 for Monday to 7 for Sunday.
  public static func weekday(days: Int) -> Int {
    let sinceMonday = (days + 3) % 7
    return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1
  }

  public static func length(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }
}

extension DateText {
  /// Reads `2020-01-31` (or with slashes) as a day number.
  public static func parse(_ text: Span<UInt8>) throws(BytesError) -> Int {
    if text.count == 10, let days = fixedDate(text) { return days }
    var cursor = TextCursor(text.count)
    guard let days = date(text, &cursor), cursor.isAtEnd else {
      throw bad(text, cursor.offset, expectedDate)
    }
    return days
  }

  /// Reads `20200131` as a day number.
  public static func parseCompact(_ text: Span<UInt8>) throws(BytesError) -> Int {
    var cursor = TextCursor(text.count)
    guard let year = cursor.number(4, text), let month = cursor.number(2, text),
      let day = cursor.number(2, text), cursor.isAtEnd,
      let days = days(year: year, month: month, day: day)
    else { throw bad(text, cursor.offset, expectedCompact) }
    return days
  }

  public static func parse(_ text: String) throws(BytesError) -> Int {
    let bytes = Array(text.utf8)
    return try parse(bytes.span)
  }

  public static func parseCompact(_ text: String) throws(BytesError) -> Int {
    let bytes = Array(text.utf8)
    return try parseCompact(bytes.span)
  }

  /// `2020-01-31`.
  public static func text(days: Int) -> String {
    var bytes: [UInt8] = []
    append(days: days, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `20200131`.
  public static func compact(days: Int) -> String {
    let (year, month, day) = civil(days: days)
    return DecimalText.text(Int64(100_000_000 + year * 10_000 + month * 100 + day), decimals: 0)
      .dropFirst().description
  }

  public static func append(days: Int, to target: inout [UInt8]) {
    let (year, month, day) = civil(days: days)
    precondition(1...9999 ~= year, "years run from 0001 to 9999")
    append(year, width: 4, to: &target)
    target.append(UInt8(ascii: "-"))
    append(month, width: 2, to: &target)
    target.append(UInt8(ascii: "-"))
    append(day, width: 2, to: &target)
  }

  /// A number with leading zeros.
  static func append(_ number: Int, width: Int, to target: inout [UInt8]) {
    var unit = Int(powersOfTen[width - 1])
    while unit > 0 {
      target.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / unit % 10))
      unit /= 10
    }
  }

  /// The first ten bytes as `2020-01-31`; `nil` sends anything else the careful way.
  @inline(__always)
  static func fixedDate(_ text: Span<UInt8>) -> Int? {
    let dash = UInt8(ascii: "-")
    guard text.count >= 10, text[unchecked: 4] == dash, text[unchecked: 7] == dash else {
      return nil
    }
    let year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
    return days(year: year, month: twoDigits(text, 5), day: twoDigits(text, 8))
  }

  /// A date at the cursor, or `nil` with the cursor where it went wrong.
  static func date(_ text: Span<UInt8>, _ cursor: inout TextCursor) -> Int? {
    guard let year = cursor.number(4, text) else { return nil }
    let slash = UInt8(ascii: "/")
    let mark = cursor.take(slash, text) ? slash : UInt8(ascii: "-")
    guard mark == slash || cursor.take(mark, text) else { return nil }
    guard let month = cursor.number(2, text), cursor.take(mark, text),
      let day = cursor.number(2, text)
    else { return nil }
    return days(year: year, month: month, day: day)
  }

  static func bad(_ text: Span<UInt8>, _ offset: Int, _ expected: String) -> BytesError {
    .badText(offset: offset, expected: expected, found: excerpt(text))
  }
}
