/// Eight bytes of text at once: where its digits end, and what they are worth.
///
/// The first byte lies lowest. A digit's byte becomes its value, any other byte one above nine.
struct PlainWord {
  private let values: UInt64
  /// The high bit of every byte that is no digit.
  private let marks: UInt64

  @inline(__always)
  init(_ text: UnsafePointer<UInt8>) {
    let word = UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
    values = word ^ 0x3030_3030_3030_3030
    marks =
      (((values & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676) | values)
      & 0x8080_8080_8080_8080
  }

  /// How many digits it begins with; 8 where it is nothing else.
  @inline(__always)
  var digits: Int { marks.trailingZeroBitCount &>> 3 }

  /// How many bytes lie before the second one that is no digit; 8 where there is none.
  @inline(__always)
  var secondMark: Int { (marks & (marks &- 1)).trailingZeroBitCount &>> 3 }

  /// The values of bytes `from ..< to`, the first lowest; fewer than eight of them.
  @inline(__always)
  func bytes(_ from: Int, _ to: Int) -> UInt64 {
    (values &>> UInt64(from &* 8)) & ((1 &<< UInt64((to &- from) &* 8)) &- 1)
  }

  /// The number that `count` digit values make, of one to eight.
  @inline(__always)
  static func number(_ values: UInt64, _ count: Int) -> Int64 {
    number(values &<< UInt64((8 &- count) &* 8))
  }

  /// The number of eight digit values, the first lowest: neighbours are put together three times.
  @inline(__always)
  static func number(_ right: UInt64) -> Int64 {
    let pairs = (right &* 10 &+ (right &>> 8)) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
    let all = fours &* 10_000 &+ (fours &>> 32)
    return Int64(all & 0xFFFF_FFFF)
  }
}

/// Digits with at most seven before and seven behind the point: nearly every number of a file of bars.
struct PlainNumber {
  /// Digit values, the first lowest.
  let whole: UInt64
  let wholeDigits: Int
  let fraction: UInt64
  let fractionDigits: Int
  /// How many bytes it takes.
  let length: Int

  /// `nil` for anything else, which another reader looks at.
  @inline(__always)
  init?(_ text: UnsafePointer<UInt8>) {
    let word = PlainWord(text)
    let count = word.digits
    guard count &- 1 < 7, count > 0 else { return nil }
    whole = word.bytes(0, count)
    wholeDigits = count
    guard text[count] == UInt8(ascii: ".") else {
      (fraction, fractionDigits, length) = (0, 0, count)
      return
    }
    let end = word.secondMark
    if end < 8 {
      fraction = word.bytes(count &+ 1, end)
      fractionDigits = end &- count &- 1
    } else {
      let rest = PlainWord(text + count + 1)
      let digits = rest.digits
      guard digits < 8 else { return nil }
      fraction = rest.bytes(0, digits)
      fractionDigits = digits
    }
    length = count &+ 1 &+ fractionDigits
  }

  /// Units of 10^-`decimals`, below eight; `nil` where a decimal is left.
  @inline(__always)
  func units(_ decimals: Int) -> Int64? {
    guard fraction &>> UInt64(decimals &* 8) == 0 else { return nil }
    let count = wholeDigits &+ decimals
    if count <= 8 {
      return PlainWord.number(whole | (fraction &<< UInt64(wholeDigits &* 8)), count)
    }
    return PlainWord.number(whole, wholeDigits) &* powersOfTen[decimals]
      &+ PlainWord.number(fraction, decimals)
  }

  /// The nearest double: fourteen digits over a power of ten are rounded once.
  @inline(__always)
  var double: Double {
    let digits = PlainWord.number(whole, wholeDigits)
    guard fractionDigits > 0 else { return Double(digits) }
    let power = powersOfTen[fractionDigits]
    let all = digits &* power &+ PlainWord.number(fraction, fractionDigits)
    return Double(all) / Double(power)
  }
}

/// How a price was written in the row before: where the next one is written alike, a few masks read
/// it, and nobody need look for its point and its end.
struct PriceShape {
  /// What turns its digits into their values and its point into zero.
  private let flip: UInt64
  /// What brings a byte that is wrong here to its high bit, and those bits.
  private let excess: UInt64
  private let marks: UInt64
  private let whole: UInt64
  private let fraction: UInt64
  /// Digits behind those the grid holds, which must be zero.
  private let beyond: UInt64
  private let shift: UInt64
  private let factor: Int64
  let length: Int

  /// A shape that nothing has.
  static let none = PriceShape(wholeDigits: 1, fractionDigits: 0, decimals: 0, isReal: false)

  /// `nil` where a number is longer than eight bytes.
  init?(_ number: PlainNumber, decimals: Int) {
    guard number.length <= 8 else { return nil }
    self.init(
      wholeDigits: number.wholeDigits, fractionDigits: number.length - number.wholeDigits - 1,
      decimals: decimals, isReal: true)
  }

  /// `fractionDigits` is -1 where there is no point.
  private init(wholeDigits: Int, fractionDigits: Int, decimals: Int, isReal: Bool) {
    let count = wholeDigits + 1 + fractionDigits
    let bytes = { (range: Range<Int>, value: UInt64) in
      range.reduce(UInt64(0)) { $0 | value << UInt64($1 * 8) }
    }
    let point = fractionDigits < 0 ? count..<count : wholeDigits..<wholeDigits + 1
    let held = min(max(fractionDigits, 0), decimals)
    let digits = bytes(0..<count, 1) & ~bytes(point, 1)
    flip = digits * 0x30 | bytes(point, 0x2E)
    excess = digits * 0x76 | bytes(point, 0x7F)
    marks = isReal ? bytes(0..<count, 0x80) : .max
    whole = bytes(0..<wholeDigits, 0xFF)
    fraction = bytes(point.upperBound..<point.upperBound + held, 0xFF)
    beyond = bytes(min(point.upperBound + held, count)..<count, 0xFF)
    shift = UInt64((8 - wholeDigits - held) * 8)
    factor = powersOfTen[decimals - held]
    length = count
  }

  /// The units of a number of this shape; `nil` for anything else.
  @inline(__always)
  func units(_ text: UnsafePointer<UInt8>) -> Int64? {
    let word = UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
    let values = word ^ flip
    let wrong = (((values & 0x7F7F_7F7F_7F7F_7F7F) &+ excess) | values) & marks
    guard wrong | (values & beyond) == 0 else { return nil }
    let right = ((values & whole) | ((values & fraction) &>> 8)) &<< shift
    return PlainWord.number(right) &* factor
  }
}
