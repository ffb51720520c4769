import Foundation
import Market

/// What a row means, read the slow and obvious way: strings, regular expressions, Foundation's decimals.
struct SlowRow: Equatable {
  let closedAtSeconds: Int
  let prices: [Decimal]
  let volume: Decimal
  let turnover: Double
  let openInterest: Decimal

  init(
    closedAtSeconds: Int, prices: [Decimal], volume: Decimal, turnover: Double,
    openInterest: Decimal
  ) {
    self.closedAtSeconds = closedAtSeconds
    self.prices = prices
    self.volume = volume
    self.turnover = turnover
    self.openInterest = openInterest
  }

  /// `nil` where the row must be refused: a minute of always-open hours in UTC, stamped by its end.
  init?(_ line: String, after last: Int?) {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 9, line.utf8.count <= 4_096,
      fields[0].hasSuffix(".LOCAL"), (7...38).contains(fields[0].utf8.count),
      fields[0].dropLast(6).allSatisfy({
        $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0))
      }), !fields[0].hasPrefix("."), !fields[0].contains(".."),
      let seconds = Self.seconds(fields[1]), seconds % 60 == 0, last.map({ $0 < seconds }) ?? true
    else { return nil }
    var prices: [Decimal] = []
    for field in fields[2...5] {
      guard let price = Self.number(field), price > 0, price < 10_000_000_000,
        price.exponent >= -8
      else { return nil }
      prices.append(price)
    }
    guard prices[1] >= prices.max()!, prices[2] <= prices.min()! else { return nil }
    guard let volume = Self.whole(fields[6]), let turnover = Self.number(fields[7]),
      turnover.exponent >= -18, let interest = Self.whole(fields[8])
    else { return nil }
    closedAtSeconds = seconds
    self.prices = prices
    self.volume = volume
    self.turnover = Double(fields[7])!
    openInterest = interest
  }

  /// Plain digits of at most eighteen that count.
  private static func number(_ text: String) -> Decimal? {
    let plain = text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard plain, text.contains(where: \.isNumber), text.filter({ $0 == "." }).count <= 1 else {
      return nil
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    var digits = String(parts[0])
    if parts.count == 2 {
      var tail = parts[1]
      while tail.last == "0" { tail.removeLast() }
      digits += tail
    }
    guard digits.drop(while: { $0 == "0" }).count <= 18 else { return nil }
    return Decimal(string: text.hasPrefix(".") ? "0" + text : text)
  }

  private static func whole(_ text: String) -> Decimal? {
    guard let number = number(text), number.exponent >= 0, number <= 9_007_199_254_740_992 else {
      return nil
    }
    return number
  }

  private static func seconds(_ text: String) -> Int? {
    // Every digit becomes 0, and what is left is one of the known shapes.
    var shape = String(text.map { $0.isASCII && $0.isNumber ? "0" : $0 })
    if let point = shape.firstIndex(of: ".") {
      guard !text[point...].dropFirst().isEmpty,
        text[point...].dropFirst().allSatisfy({ $0 == "0" })
      else { return nil }
      shape = String(shape[..<point])
      guard shape.hasSuffix("00:00:00") else { return nil }
    }
    let dates = ["0000-00-00", "0000/00/00", "00000000"]
    let forms = dates.flatMap { date in
      ["T", " "].flatMap { mark in ["00:00", "00:00:00"].map { date + mark + $0 } }
    }
    guard forms.contains(shape) else { return nil }
    let digits = text.filter(\.isNumber).map { Int(String($0))! } + [0, 0]
    let number = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + $1 } }
    var parts = DateComponents()
    (parts.year, parts.month, parts.day) = (number(0..<4), number(4..<6), number(6..<8))
    (parts.hour, parts.minute, parts.second) = (number(8..<10), number(10..<12), number(12..<14))
    var calendar = Foundation.Calendar(identifier: .iso8601)
    calendar.timeZone = TimeZone(secondsFromGMT: 0)!
    guard let year = parts.year, (1680...2260).contains(year), parts.isValidDate(in: calendar),
      let date = calendar.date(from: parts)
    else { return nil }
    return Int(date.timeIntervalSince1970)
  }
}
