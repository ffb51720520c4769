/// Binary floating-point numbers as text, exactly and without a locale.
public enum DoubleText {
  private static let expected = "a number like 0.125 or 1.5e-3"

  /// The shortest text that reads back as the same bits.
  public static func shortest(_ value: Double) -> String { value.description }

  /// Reads a finite number, rounded to the nearest; `nan`, `inf` and hexadecimal are refused.
  public static func parse(_ text: Span<UInt8>) throws(BytesError) -> Double {
    var cursor = TextCursor(text.count)
    let isNegative = cursor.sign(text)
    var form = Form()
    form.read(text, &cursor)
    guard form.digits > 0, cursor.isAtEnd, form.isComplete else {
      throw .badText(offset: cursor.offset, expected: expected, found: excerpt(text))
    }
    if let exact = form.exact { return isNegative ? -exact : exact }
    let whole = (0..<text.count).map { text[$0] }
    guard let value = Double(String(decoding: whole, as: UTF8.self)), value.isFinite else {
      throw .overflow(offset: 0, found: excerpt(text))
    }
    return value
  }

  public static func parse(_ text: String) throws(BytesError) -> Double {
    let bytes = Array(text.utf8)
    return try parse(bytes.span)
  }
}

/// The digits of a number; where both they and the power of ten are exact doubles, so is the quotient's
/// or product's rounding, and no slower path is needed.
private struct Form {
  var mantissa: UInt64 = 0
  var digits = 0
  var power = 0
  var isComplete = true

  mutating func read(_ text: Span<UInt8>, _ cursor: inout TextCursor) {
    while let digit = cursor.digit(text) { add(digit) }
    if cursor.take(UInt8(ascii: "."), text) {
      while let digit = cursor.digit(text) {
        add(digit)
        power -= 1
      }
    }
    guard cursor.take(UInt8(ascii: "e"), text) || cursor.take(UInt8(ascii: "E"), text) else {
      return
    }
    let isNegative = cursor.sign(text)
    var written = 0
    isComplete = false
    while let digit = cursor.digit(text) {
      written = min(written * 10 + Int(digit), 100_000)
      isComplete = true
    }
    power += isNegative ? -written : written
  }

  private mutating func add(_ digit: UInt8) {
    mantissa = mantissa &* 10 &+ UInt64(digit)
    digits += 1
  }

  var exact: Double? {
    guard digits <= 18, mantissa <= 1 << 53, -18...18 ~= power else { return nil }
    let ten = Double(powersOfTen[abs(power)])
    return power < 0 ? Double(mantissa) / ten : Double(mantissa) * ten
  }
}
