/// Date-times such as `2020-01-31 21:05:00.500` as nanoseconds since 1970-01-01 00:00, without a zone.
public enum TimeText {
  public static let nanosPerSecond: Int64 = 1_000_000_000
  public static let nanosPerDay: Int64 = 86_400 * nanosPerSecond

  private static let expected = "a date and time like 2020-01-31 21:05:00"
  private static let expectedTime = "a time of day like 21:05 or 21:05:00.500"

  /// Reads a date, a blank or `T`, and a time of day; Int64 reaches from 1677 to 2262.
  public static func parse(_ text: Span<UInt8>) throws(BytesError) -> Int64 {
    if let nanos = fixed(text) { return nanos }
    var cursor = TextCursor(text.count)
    guard let days = DateText.date(text, &cursor),
      cursor.take(UInt8(ascii: " "), text) || cursor.take(UInt8(ascii: "T"), text),
      let time = timeOfDay(text, &cursor), cursor.isAtEnd
    else { throw DateText.bad(text, cursor.offset, expected) }
    let (dayNanos, tooFar) = Int64(days).multipliedReportingOverflow(by: nanosPerDay)
    let (nanos, beyond) = dayNanos.addingReportingOverflow(time)
    guard !tooFar, !beyond else { throw .overflow(offset: 0, found: excerpt(text)) }
    return nanos
  }

  /// The plain `2020-01-31 21:05:00`; `nil` sends anything else the careful way.
  private static func fixed(_ text: Span<UInt8>) -> Int64? {
    let colon = UInt8(ascii: ":")
    guard text.count == 19, text[unchecked: 10] == UInt8(ascii: " "),
      text[unchecked: 13] == colon, text[unchecked: 16] == colon,
      let days = DateText.fixedDate(text), abs(days) < 106_000
    else { return nil }
    let (hour, minute, second) = (twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17))
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return Int64(days * 86_400 + hour * 3600 + minute * 60 + second) * nanosPerSecond
  }

  /// Reads `21:05`, `21:05:00` or `21:05:00.500` as nanoseconds since midnight.
  public static func parseTimeOfDay(_ text: Span<UInt8>) throws(BytesError) -> Int64 {
    var cursor = TextCursor(text.count)
    guard let time = timeOfDay(text, &cursor), cursor.isAtEnd else {
      throw DateText.bad(text, cursor.offset, expectedTime)
    }
    return time
  }

  public static func parse(_ text: String) throws(BytesError) -> Int64 {
    let bytes = Array(text.utf8)
    return try parse(bytes.span)
  }

  public static func parseTimeOfDay(_ text: String) throws(BytesError) -> Int64 {
    let bytes = Array(text.utf8)
    return try parseTimeOfDay(bytes.span)
  }

  /// `2020-01-31 21:05:00`, with a fraction of 3, 6 or 9 digits only where the instant has one.
  public static func text(nanos: Int64) -> String {
    var bytes: [UInt8] = []
    append(nanos: nanos, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  public static func append(nanos: Int64, to target: inout [UInt8]) {
    let (days, time) = split(nanos)
    DateText.append(days: days, to: &target)
    target.append(UInt8(ascii: " "))
    append(timeOfDay: time, to: &target)
  }

  /// The day number of an instant and the nanoseconds since its midnight.
  public static func split(_ nanos: Int64) -> (days: Int, timeOfDay: Int64) {
    let (quotient, remainder) = nanos.quotientAndRemainder(dividingBy: nanosPerDay)
    return remainder < 0
      ? (Int(quotient) - 1, remainder + nanosPerDay) : (Int(quotient), remainder)
  }

  private static func append(timeOfDay: Int64, to target: inout [UInt8]) {
    let seconds = Int(timeOfDay / nanosPerSecond)
    let colon = UInt8(ascii: ":")
    DateText.append(seconds / 3600, width: 2, to: &target)
    target.append(colon)
    DateText.append(seconds / 60 % 60, width: 2, to: &target)
    target.append(colon)
    DateText.append(seconds % 60, width: 2, to: &target)
    var fraction = Int(timeOfDay % nanosPerSecond)
    guard fraction > 0 else { return }
    var width = 9
    while fraction.isMultiple(of: 1000) {
      fraction /= 1000
      width -= 3
    }
    target.append(UInt8(ascii: "."))
    DateText.append(fraction, width: width, to: &target)
  }

  private static func timeOfDay(_ text: Span<UInt8>, _ cursor: inout TextCursor) -> Int64? {
    let colon = UInt8(ascii: ":")
    guard let hour = cursor.number(2, text), hour < 24, cursor.take(colon, text),
      let minute = cursor.number(2, text), minute < 60
    else { return nil }
    var nanos = Int64(hour * 3600 + minute * 60) * nanosPerSecond
    guard cursor.take(colon, text) else { return nanos }
    guard let second = cursor.number(2, text), second < 60 else { return nil }
    nanos += Int64(second) * nanosPerSecond
    guard cursor.take(UInt8(ascii: "."), text) else { return nanos }
    var unit = nanosPerSecond
    while let digit = cursor.digit(text) {
      unit /= 10
      guard unit > 0 else { return nil }
      nanos += Int64(digit) * unit
    }
    return unit < nanosPerSecond ? nanos : nil
  }
}
