/// Exact decimal numbers: `3512.5` with two decimals is the integer 351250, and back.
///
/// No binary floating point is involved, so a price read and written again is the same price.
public enum DecimalText {
  /// The most decimals an Int64 can hold beside one whole digit.
  public static let mostDecimals = 18

  private static let expected = "a decimal number like 3512.50"

  /// Reads a number as units of 10^-`decimals`.
  ///
  /// Zeros beyond the grid are exact and accepted; any other digit there is refused with the number
  /// of decimals that would hold it. `nan`, signs without digits, blanks and (unless allowed)
  /// exponents are refused.
  public static func parse(
    _ text: Span<UInt8>, decimals: Int, allowExponent: Bool = false
  ) throws(BytesError) -> Int64 {
    precondition(0...mostDecimals ~= decimals, "decimals must lie in 0...18")
    if let units = short(text, decimals: decimals) { return units }
    let number = try scan(text, allowExponent: allowExponent)
    guard number.decimals <= decimals else {
      throw .tooManyDecimals(
        offset: 0, needed: number.decimals, allowed: decimals, found: excerpt(text))
    }
    guard let units = scaled(number.digits, by: decimals - number.decimals) else {
      throw .overflow(offset: 0, found: excerpt(text))
    }
    return number.isNegative ? -units : units
  }

  public static func parse(
    _ text: String, decimals: Int, allowExponent: Bool = false
  ) throws(BytesError) -> Int64 {
    let bytes = Array(text.utf8)
    return try parse(bytes.span, decimals: decimals, allowExponent: allowExponent)
  }

  /// How many decimals the number needs to be held exactly: 1 for `3512.50`, 0 for `12e3`.
  public static func decimalsNeeded(
    _ text: Span<UInt8>, allowExponent: Bool = false
  ) throws(BytesError) -> Int {
    try scan(text, allowExponent: allowExponent).decimals
  }

  public static func decimalsNeeded(
    _ text: String, allowExponent: Bool = false
  ) throws(BytesError) -> Int {
    let bytes = Array(text.utf8)
    return try decimalsNeeded(bytes.span, allowExponent: allowExponent)
  }

  /// Units of 10^-`decimals` as text with exactly that many decimals.
  public static func text(_ units: Int64, decimals: Int) -> String {
    var bytes: [UInt8] = []
    append(units, decimals: decimals, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same without making a string; nothing is allocated once `target` has its capacity.
  public static func append(_ units: Int64, decimals: Int, to target: inout [UInt8]) {
    precondition(0...mostDecimals ~= decimals, "decimals must lie in 0...18")
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { buffer in
      var rest = units.magnitude
      var start = buffer.count
      var written = 0
      while rest > 0 || written <= decimals {
        if written == decimals && decimals > 0 {
          start -= 1
          buffer[start] = UInt8(ascii: ".")
        }
        start -= 1
        buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
        written += 1
      }
      if units < 0 {
        start -= 1
        buffer[start] = UInt8(ascii: "-")
      }
      target.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start...]))
    }
  }
}

extension DecimalText {
  /// The plain case that files are full of; `nil` sends anything unusual the careful way.
  private static func short(_ text: Span<UInt8>, decimals: Int) -> Int64? {
    guard 1...18 ~= text.count else { return nil }
    let isNegative = text[0] == UInt8(ascii: "-")
    var digits: Int64 = 0
    var point = -1
    let first = isNegative ? 1 : 0
    for index in first..<text.count {
      // `index` runs within the span's count, so its check is left out of the hottest loop of import.
      let byte = text[unchecked: index]
      let value = byte &- UInt8(ascii: "0")
      if value < 10 {
        digits = digits &* 10 &+ Int64(value)
      } else if byte == UInt8(ascii: "."), point < 0 {
        point = index
      } else {
        return nil
      }
    }
    guard text.count - first > (point < 0 ? 0 : 1) else { return nil }
    let given = point < 0 ? 0 : text.count - point - 1
    if given == decimals { return isNegative ? -digits : digits }
    guard given <= decimals, let units = scaled(digits, by: decimals - given) else { return nil }
    return isNegative ? -units : units
  }

  /// A number in lowest terms: `digits · 10^-decimals`, with no zero at the end of its decimals.
  private struct Number {
    var digits: Int64 = 0
    var decimals = 0
    var isNegative = false
  }

  private static func scan(
    _ text: Span<UInt8>, allowExponent: Bool
  ) throws(BytesError) -> Number {
    var cursor = TextCursor(text.count)
    var number = Number()
    number.isNegative = cursor.sign(text)
    let firstDigit = cursor.offset
    try digits(text, &cursor, into: &number, areDecimals: false)
    var seen = cursor.offset - firstDigit
    if cursor.take(UInt8(ascii: "."), text) {
      let first = cursor.offset
      try digits(text, &cursor, into: &number, areDecimals: true)
      seen += cursor.offset - first
    }
    guard seen > 0 else { throw bad(text, cursor.offset) }
    if allowExponent, cursor.offset < text.count { try exponent(text, &cursor, into: &number) }
    guard cursor.offset == text.count else { throw bad(text, cursor.offset) }
    return number
  }

  /// Reads a run of digits; zeros in the decimals count only when another digit follows.
  private static func digits(
    _ text: Span<UInt8>, _ cursor: inout TextCursor, into number: inout Number, areDecimals: Bool
  ) throws(BytesError) {
    var zeros = 0
    while let digit = cursor.digit(text) {
      if areDecimals && digit == 0 {
        zeros += 1
        continue
      }
      let shift = areDecimals ? zeros + 1 : 1
      guard let shifted = scaled(number.digits, by: shift),
        case let (sum, tooLarge) = shifted.addingReportingOverflow(Int64(digit)), !tooLarge
      else { throw .overflow(offset: cursor.offset - 1, found: excerpt(text)) }
      number.digits = sum
      number.decimals += areDecimals ? shift : 0
      zeros = 0
    }
  }

  /// Moves the point by a written exponent, keeping the number in lowest terms.
  private static func exponent(
    _ text: Span<UInt8>, _ cursor: inout TextCursor, into number: inout Number
  ) throws(BytesError) {
    guard cursor.take(UInt8(ascii: "e"), text) || cursor.take(UInt8(ascii: "E"), text) else {
      throw bad(text, cursor.offset)
    }
    let isNegative = cursor.sign(text)
    let first = cursor.offset
    var power = 0
    while let digit = cursor.digit(text) { power = min(power * 10 + Int(digit), 10_000) }
    guard cursor.offset > first else { throw bad(text, cursor.offset) }
    guard number.digits != 0 else { return }
    number.decimals += isNegative ? power : -power
    while number.decimals > 0, number.digits % 10 == 0 {
      number.digits /= 10
      number.decimals -= 1
    }
    guard number.decimals < 0 else { return }
    guard let digits = scaled(number.digits, by: -number.decimals) else {
      throw .overflow(offset: 0, found: excerpt(text))
    }
    number.digits = digits
    number.decimals = 0
  }

  /// `digits · 10^power`, or `nil` when it does not fit.
  private static func scaled(_ digits: Int64, by power: Int) -> Int64? {
    guard digits != 0 else { return 0 }
    guard power <= mostDecimals else { return nil }
    let (product, tooLarge) = digits.multipliedReportingOverflow(by: powersOfTen[power])
    return tooLarge ? nil : product
  }

  private static func bad(_ text: Span<UInt8>, _ offset: Int) -> BytesError {
    .badText(offset: offset, expected: expected, found: excerpt(text))
  }
}
