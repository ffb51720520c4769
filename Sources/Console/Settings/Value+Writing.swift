extension Value {
  /// The value in the form a person writes it in, which reads back as the same value.
  public func text(as kind: Kind) -> String {
    switch (self, kind) {
    case (_, .optional(let kind)): self == .nothing ? "null" : text(as: kind)
    case (.text(let text), _), (.choice(let text), _): quotedIfNeeded(text)
    case (.flag(let flag), _): flag ? "true" : "false"
    case (.integer(let n), _): "\(n)"
    case (.number(let x), _): numberText(x)
    case (.ratio(let x), _): ratioText(x)
    case (.duration(let nanoseconds), _): durationText(nanoseconds)
    case (.ticks(let n), _): n == 1 ? "1 tick" : "\(n) ticks"
    case (.money(let hundredths), .money(let currency, _)): moneyText(hundredths, currency)
    case (.date(let day), _): dateText(day)
    case (.timeOfDay(let seconds), _): timeText(seconds)
    case (.list(let items), .list(let kind)):
      "[" + items.map { $0.text(as: kind) }.joined(separator: ", ") + "]"
    case (.table(let rows), .table(let kind)):
      "{"
        + rows.map { "\(quotedIfNeeded($0.name)): \($0.value.text(as: kind))" }
        .joined(separator: ", ") + "}"
    case (.section(let settings), _):
      "{" + settings.rows.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    default: preconditionFailure("\(self) is not of this kind")
    }
  }
}

private func numberText(_ number: Double) -> String {
  let text = "\(number)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A ratio in percent, or in basis points below one percent; exact, by moving the point in the
/// shortest decimal text of the double.
private func ratioText(_ ratio: Double) -> String {
  let isSmall = ratio.magnitude < 0.01 && ratio != 0
  let text = "\(ratio)"
  guard !text.contains("e"), let decimal = DecimalText(text) else { return text }
  let shift = isSmall ? 4 : 2
  let fraction = decimal.fraction + String(repeating: "0", count: shift)
  let whole = (decimal.whole + fraction.prefix(shift)).drop { $0 == "0" }
  var rest = String(fraction.dropFirst(shift))
  while rest.last == "0" { rest.removeLast() }
  return (decimal.isNegative ? "-" : "") + (whole.isEmpty ? "0" : whole)
    + (rest.isEmpty ? "" : "." + rest) + (isSmall ? "bp" : "%")
}

/// In the largest unit that holds it without a remainder.
private func durationText(_ nanoseconds: Int64) -> String {
  guard nanoseconds != 0 else { return "0s" }
  let unit = durationUnits.last { nanoseconds % $0.nanoseconds == 0 }!
  return "\(nanoseconds / unit.nanoseconds)\(unit.name)"
}

private func moneyText(_ hundredths: Int64, _ currency: String) -> String {
  let magnitude = hundredths.magnitude
  var whole = Array("\(magnitude / 100)")
  for index in stride(from: whole.count - 3, to: 0, by: -3) { whole.insert("_", at: index) }
  let cents = magnitude % 100
  return (hundredths < 0 ? "-" : "") + String(whole)
    + (cents == 0 ? "" : "." + padded(Int(cents), 2)) + " " + currency
}

private func dateText(_ day: CivilDate) -> String {
  "\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))"
}

private func timeText(_ seconds: Int) -> String {
  let minutes = "\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2))"
  return seconds % 60 == 0 ? minutes : minutes + ":" + padded(seconds % 60, 2)
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = "\(number)"
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// A text as YAML: bare if it surely means itself there, in double quotes otherwise.
func quotedIfNeeded(_ text: String) -> String {
  let isBare = text.utf8.allSatisfy { byte in
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
      || byte == UInt8(ascii: "-") || isLetterOrDigit(byte)
  }
  if isBare, let first = text.utf8.first, first != UInt8(ascii: "-"), text != "null" {
    return text
  }
  return jsonText(text)
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default: false
  }
}
