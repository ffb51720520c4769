import Bytes
public import Market

/// Numbers as people read them: grouped by thousands, with a true minus, and a dash for what is absent.
public enum NumberText {
  public static let absent = "–"
  /// Keeps a number and its unit on one line.
  static let thinSpace = "\u{202F}"

  /// `1,234,567.89`, without decimals where `isWhole`.
  public static func money(_ money: Money?, isWhole: Bool = false) -> String {
    guard let money else { return absent }
    guard isWhole else { return grouped(money.description) }
    return fixed(money.value, decimals: 0)
  }

  public static func fixed(_ value: Double?, decimals: Int) -> String {
    guard let value, value.isFinite else { return absent }
    return grouped(DoubleText.fixed(value, decimals: decimals))
  }

  /// A share of one as a percentage: 0.0123 is `1.23 %`.
  public static func percent(_ value: Double?, decimals: Int = 2) -> String {
    guard let value, value.isFinite else { return absent }
    return fixed(value * 100, decimals: decimals) + thinSpace + "%"
  }

  /// A share of one in hundredths of a percent.
  public static func basisPoints(_ value: Double?, decimals: Int = 2) -> String {
    guard let value, value.isFinite else { return absent }
    return fixed(value * 10_000, decimals: decimals) + thinSpace + "bp"
  }

  public static func count(_ value: Int) -> String {
    grouped(String(value))
  }

  /// `2020-01-31 21:05`, on the clock of a zone.
  public static func moment(_ instant: Instant?, _ zone: Zone) -> String {
    guard let instant else { return absent }
    let (day, seconds) = zone.local(instant)
    return day.description + " " + DateTicks.clock(seconds)
  }

  /// Sets commas into the digits before the point, and the sign apart.
  static func grouped(_ digits: String) -> String {
    let isNegative = digits.hasPrefix("-")
    let parts = digits.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    let whole = Array(parts[0])
    var text = isNegative ? "−" : ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return parts.count > 1 ? text + "." + parts[1] : text
  }
}

/// What a chart's numbers are, and so how its axis writes them.
public enum Measure: Hashable, Sendable {
  case number
  /// Shares of one, written as percentages.
  case percent
  /// Amounts of the account's currency.
  case money

  /// A tick of an axis, with as many decimals as its neighbours need.
  func tick(_ value: Double, decimals: Int) -> String {
    switch self {
    case .number, .money: NumberText.fixed(value, decimals: min(decimals, 18))
    case .percent: NumberText.percent(value, decimals: max(0, decimals - 2))
    }
  }

  /// A single value within a sentence.
  func text(_ value: Double) -> String {
    switch self {
    case .number: NumberText.fixed(value, decimals: 4)
    case .percent: NumberText.percent(value)
    case .money: NumberText.fixed(value, decimals: 0)
    }
  }
}
