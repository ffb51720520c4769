/// A number without sign or exponent in lowest terms: `digits · 10^-decimals`.
struct CsvNumber {
  var digits: Int64 = 0
  var decimals = 0

  static let mostDigits = 18

  /// `nil` for anything but digits with at most one point and at least one digit.
  @inline(__always)
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    var significant = 0
    var zeros = 0
    var seen = 0
    while index < text.count {
      let digit = text[index] &- 48
      guard digit < 10 else { break }
      digits = digits &* 10 &+ Int64(digit)
      significant &+= digits == 0 ? 0 : 1
      seen &+= 1
      index &+= 1
      if significant > Self.mostDigits { return nil }
    }
    if index < text.count {
      guard text[index] == 46 else { return nil }
      index &+= 1
      while index < text.count {
        let digit = text[index] &- 48
        guard digit < 10 else { return nil }
        seen &+= 1
        index &+= 1
        // Zeros at the end of the decimals say nothing; they count once another digit follows.
        if digit == 0 {
          zeros &+= 1
          continue
        }
        guard add(digit, after: zeros, &significant) else { return nil }
        zeros = 0
      }
    }
    guard seen > 0 else { return nil }
  }

  @inline(__always)
  private mutating func add(_ digit: UInt8, after zeros: Int, _ significant: inout Int) -> Bool {
    for _ in 0...zeros {
      digits = digits &* 10
      significant &+= digits == 0 ? 0 : 1
      decimals &+= 1
      if significant > Self.mostDigits { return false }
    }
    digits = digits &+ Int64(digit)
    if significant == 0 { significant = 1 }
    return decimals <= Self.mostDigits
  }

  /// A number with an exponent of one to three digits, such as `1.2e5`, as programs write large
  /// volumes.
  init?(scientific text: UnsafeBufferPointer<UInt8>) {
    guard let mark = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }),
      let number = CsvNumber(UnsafeBufferPointer(rebasing: text[..<mark]))
    else { return nil }
    var power = text[(mark + 1)...]
    let isNegative = power.first == UInt8(ascii: "-")
    if isNegative || power.first == UInt8(ascii: "+") { power.removeFirst() }
    guard (1...3).contains(power.count), power.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    let exponent = power.reduce(0) { $0 * 10 + Int($1 - 48) }
    digits = number.digits
    decimals = number.decimals - (isNegative ? -exponent : exponent)
    if digits == 0 { decimals = 0 }
    while decimals > 0, digits % 10 == 0 { (digits, decimals) = (digits / 10, decimals - 1) }
    while decimals < 0 {
      guard digits < powersOfTen[Self.mostDigits - 1] else { return nil }
      (digits, decimals) = (digits * 10, decimals + 1)
    }
    guard decimals <= Self.mostDigits else { return nil }
  }

  /// The whole number that `factor` of it are; `nil` where a decimal is left.
  func whole(times factor: Int64) -> Int64? {
    if decimals == 0, factor == 1 { return digits }
    let (product, overflow) = digits.multipliedReportingOverflow(by: factor)
    let unit = powersOfTen[decimals]
    return overflow || product % unit != 0 ? nil : product / unit
  }

  /// Units of 10^-`grid`; the caller knows that the grid holds it.
  @inline(__always)
  func units(_ grid: Int) -> Int64 {
    digits &* powersOfTen[grid &- decimals]
  }

  /// The nearest double: exact digits over an exact power are rounded once; `nil` asks for slower reading.
  var double: Double? {
    digits <= 1 << 53 ? Double(digits) / Double(powersOfTen[decimals]) : nil
  }
}

/// 10⁰ … 10¹⁸.
let powersOfTen: [Int64] = (0...18).reduce(into: []) { powers, _ in
  powers.append((powers.last.map { $0 * 10 }) ?? 1)
}
