/// A decimal number as text: sign, digits, point and exponent, and nothing a locale would add.
///
/// Our own reading comes first because `Double(_:)` also takes "nan", "inf" and "0x1p3".
struct DecimalText {
  let isNegative: Bool
  /// At least one digit; no leading zero before another digit.
  let whole: Substring
  /// Without trailing check; empty when there is no point.
  let fraction: Substring
  let exponent: Int

  init?(_ text: some StringProtocol, grouping: [Character] = ["_"]) {
    var rest = Substring(text)
    isNegative = rest.first == "-"
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    let mantissa = rest.prefix { $0 != "e" && $0 != "E" }
    let power = rest.dropFirst(mantissa.count)
    let parts = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = ungrouped(parts[0], grouping), whole.count == 1 || whole.first != "0" else {
      return nil
    }
    self.whole = whole
    fraction = parts.count == 2 ? parts[1] : ""
    if parts.count == 2, !isDigits(fraction) { return nil }
    guard !power.isEmpty else {
      exponent = 0
      return
    }
    var digits = power.dropFirst()
    let isTiny = digits.first == "-"
    if digits.first == "-" || digits.first == "+" { digits.removeFirst() }
    guard isDigits(digits), digits.count <= 4, let size = Int(digits) else { return nil }
    exponent = isTiny ? -size : size
  }

  /// The nearest double to the number times ten to `shift`; nil if it overflows, or vanishes.
  func double(shift: Int = 0) -> Double? {
    let digits = fraction.isEmpty ? "\(whole)" : "\(whole).\(fraction)"
    guard let magnitude = Double("\(digits)e\(exponent + shift)"), magnitude.isFinite else {
      return nil
    }
    let isZero = digits.allSatisfy { $0 == "0" || $0 == "." }
    if magnitude == 0, !isZero { return nil }
    return isNegative && !isZero ? -magnitude : magnitude
  }

  /// The whole number that the text is times ten to `decimals`; nil if it is none, or too large.
  func integer(decimals: Int = 0) -> Int64? {
    guard exponent == 0, fraction.count <= decimals else { return nil }
    let padding = String(repeating: "0", count: decimals - fraction.count)
    return Int64((isNegative ? "-" : "") + whole + fraction + padding)
  }
}

/// The digits without their separators; nil unless every group after the first has three digits.
private func ungrouped(_ text: Substring, _ grouping: [Character]) -> Substring? {
  guard let separator = grouping.first(where: { text.contains($0) }) else {
    return isDigits(text) ? text : nil
  }
  let groups = text.split(separator: separator, omittingEmptySubsequences: false)
  let isRegular = groups.dropFirst().allSatisfy { $0.utf8.count == 3 && isDigits($0) }
  guard isRegular, isDigits(groups[0]), groups[0].count <= 3 else { return nil }
  return Substring(groups.joined())
}

/// ASCII digits, at least one; the digits of other scripts are not numbers here.
func isDigits(_ text: some StringProtocol) -> Bool {
  !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
}
