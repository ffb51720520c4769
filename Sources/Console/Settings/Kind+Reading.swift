/// From a scalar's text to its value; ranges are checked by the caller.
extension Kind {
  /// Nil if the text does not have the kind's form.
  func scalar(_ text: String) -> Value? {
    switch self {
    case .text: return .text(text)
    case .flag: return readFlag(text).map { .flag($0) }
    case .integer: return DecimalText(text)?.integer().map { .integer(Int($0)) }
    case .number: return DecimalText(text)?.double().map { .number($0) }
    case .ratio: return readRatio(text).map { .ratio($0) }
    case .duration: return readNanoseconds(text).map { .duration(nanoseconds: $0) }
    case .ticks: return readTicks(text).map { .ticks($0) }
    case .money(let currency, _):
      return readHundredths(text, currency).map { .money(hundredths: $0) }
    case .date: return readDate(text).map { .date($0) }
    case .timeOfDay: return readTimeOfDay(text).map { .timeOfDay(seconds: $0) }
    case .choice(let names): return names.contains(text) ? .choice(text) : nil
    case .optional(let kind): return kind.scalar(text)
    case .list, .table, .section: return nil
    }
  }

  /// Whether a value of this kind lies within the kind's range.
  func contains(_ value: Value) -> Bool {
    switch (self, value) {
    case (.integer(let range), .integer(let n)): range.contains(n)
    case (.number(let range), .number(let x)): range.contains(x)
    case (.ratio(let range), .ratio(let x)): range.contains(x)
    case (.duration(let range), .duration(let nanoseconds)): range.contains(nanoseconds)
    case (.ticks(let range), .ticks(let n)): range.contains(n)
    case (.money(_, let range), .money(let hundredths)): range.contains(hundredths)
    case (.optional(let kind), _): kind.contains(value)
    default: true
    }
  }
}

private func readFlag(_ text: String) -> Bool? {
  text == "true" ? true : text == "false" ? false : nil
}

/// The decimal point is moved in the text, so that 2% and 0.02 are the same double.
private func readRatio(_ text: String) -> Double? {
  if text.hasSuffix("%") { return DecimalText(text.dropLast())?.double(shift: -2) }
  if text.hasSuffix("bp") { return DecimalText(text.dropLast(2))?.double(shift: -4) }
  return DecimalText(text)?.double()
}

/// Longest first among those that end alike.
let durationUnits: [(name: String, nanoseconds: Int64)] = [
  ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
  ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
]

private func readNanoseconds(_ text: String) -> Int64? {
  guard let unit = durationUnits.first(where: { text.hasSuffix($0.name) }),
    let amount = DecimalText(text.dropLast(unit.name.count))?.integer(), amount >= 0
  else { return nil }
  let (product, overflow) = amount.multipliedReportingOverflow(by: unit.nanoseconds)
  return overflow ? nil : product
}

private func readTicks(_ text: String) -> Int? {
  let words = text.split(separator: " ")
  guard words.count == 2, let count = DecimalText(words[0])?.integer() else { return nil }
  return words[1] == "ticks" || (words[1] == "tick" && count == 1) ? Int(count) : nil
}

private func readHundredths(_ text: String, _ currency: String) -> Int64? {
  let words = text.split(separator: " ", omittingEmptySubsequences: false)
  guard words.count == 1 || (words.count == 2 && words[1] == currency) else { return nil }
  return DecimalText(words[0], grouping: [",", "_"])?.integer(decimals: 2)
}

private func readDate(_ text: String) -> CivilDate? {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ isDigits($0) }) else { return nil }
  return CivilDate(year: Int(parts[0])!, month: Int(parts[1])!, day: Int(parts[2])!)
}

private func readTimeOfDay(_ text: String) -> Int? {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  guard parts.count == 2 || parts.count == 3,
    parts.allSatisfy({ $0.utf8.count == 2 && isDigits($0) })
  else { return nil }
  let numbers = parts.map { Int($0)! } + [0]
  guard numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
  return numbers[0] * 3_600 + numbers[1] * 60 + numbers[2]
}
