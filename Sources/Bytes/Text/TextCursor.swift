/// A place in a text of ASCII bytes; the text itself is handed in, so that nothing is copied.
struct TextCursor {
  private(set) var offset = 0
  private let end: Int

  init(_ count: Int) { end = count }

  var isAtEnd: Bool { offset == end }

  /// The next byte if it is a digit, as its value.
  @inline(__always)
  mutating func digit(_ text: Span<UInt8>) -> UInt8? {
    guard offset < end else { return nil }
    let value = text[offset] &- UInt8(ascii: "0")
    guard value < 10 else { return nil }
    offset += 1
    return value
  }

  /// Passes over `byte` if it comes next.
  @inline(__always)
  mutating func take(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
    guard offset < end, text[offset] == byte else { return false }
    offset += 1
    return true
  }

  /// Passes over a sign; true if it was a minus.
  @inline(__always)
  mutating func sign(_ text: Span<UInt8>) -> Bool {
    if take(UInt8(ascii: "-"), text) { return true }
    _ = take(UInt8(ascii: "+"), text)
    return false
  }

  /// Exactly `count` digits as a number, or `nil` at the first byte that is none.
  @inline(__always)
  mutating func number(_ count: Int, _ text: Span<UInt8>) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit(text) else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}

/// Written out, so that the compiler lays it down and no start-up check stands before each use.
let powersOfTen: [Int64] = [
  1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
  1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
  1_000_000_000_000_000_000,
]

/// Two digits at a place known to lie inside the text, or 1000 and more where one of them is none.
@inline(__always)
func twoDigits(_ text: Span<UInt8>, _ offset: Int) -> Int {
  let tens = Int(text[unchecked: offset] &- UInt8(ascii: "0"))
  let ones = Int(text[unchecked: offset + 1] &- UInt8(ascii: "0"))
  return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones
}

/// The start of a text for an error message, with unprintable bytes replaced.
func excerpt(_ text: Span<UInt8>) -> String {
  var shown = (0..<min(40, text.count)).map { text[$0] }
  for index in shown.indices where !(0x20..<0x7F ~= shown[index]) {
    shown[index] = UInt8(ascii: "?")
  }
  return String(decoding: shown, as: UTF8.self) + (text.count > 40 ? "…" : "")
}
