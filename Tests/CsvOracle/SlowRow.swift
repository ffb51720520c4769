import Foundation
import Market

/// How the rows of a fuzzed file are written.
public struct CsvDialect: Sendable {
  public let stampsEnd: Bool
  public let isNewestFirst: Bool
  /// Whether lines end as on Windows.
  public let hasReturns: Bool
  /// Whether there is a column that is passed over.
  public let hasNote: Bool

  var columns: Int { hasNote ? 10 : 9 }

  public init(_ seed: UInt64) {
    (stampsEnd, isNewestFirst) = (seed & 1 == 0, seed & 2 != 0)
    (hasReturns, hasNote) = (seed & 4 != 0, seed & 8 != 0)
  }
}

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

  /// `nil` where the row must be refused.
  init?(_ line: String, _ dialect: CsvDialect, after last: Int?) {
    guard line.utf8.count <= 4_096 else { return nil }
    let fields = Self.fields(line)
    guard fields.count == dialect.columns, Self.isSymbol(fields[0]),
      let stamp = Self.seconds(fields[1]), stamp % 60 == 0
    else { return nil }
    closedAtSeconds = dialect.stampsEnd ? stamp : stamp + 60
    if let last, dialect.isNewestFirst ? closedAtSeconds >= last : closedAtSeconds <= last {
      return nil
    }
    var prices: [Decimal] = []
    for field in fields[2...5] {
      guard let price = Self.number(field), price > 0, price < 10_000_000_000,
        price.exponent >= -8
      else { return nil }
      prices.append(price)
    }
    guard prices[1] >= prices.max()!, prices[2] <= prices.min()! else { return nil }
    guard let volume = Self.whole(fields[6]),
      let turnover = Self.number(fields[7]) ?? Self.scientific(fields[7]),
      turnover.exponent >= -18, let interest = Self.whole(fields[8])
    else { return nil }
    self.prices = prices
    self.volume = volume
    self.turnover = Double(fields[7])!
    openInterest = interest
  }

  /// Between commas, or between quotes that a comma or the end follows.
  private static func fields(_ line: String) -> [String] {
    if line.hasPrefix("\""), let close = line.dropFirst().firstIndex(of: "\"") {
      let rest = line[line.index(after: close)...]
      let field = String(line[line.index(after: line.startIndex)..<close])
      if rest.isEmpty { return [field] }
      if rest.hasPrefix(",") { return [field] + fields(String(rest.dropFirst())) }
    }
    guard let comma = line.firstIndex(of: ",") else { return [line] }
    return [String(line[..<comma])] + fields(String(line[line.index(after: comma)...]))
  }

  private static func isSymbol(_ text: String) -> Bool {
    text.hasSuffix(".LOCAL") && (7...38).contains(text.utf8.count)
      && text.dropLast(6).allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0))
      } && !text.hasPrefix(".") && !text.contains("..")
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

  /// A plain number, e, perhaps a sign, and one to three digits: together below 10¹⁸.
  private static func scientific(_ text: String) -> Decimal? {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard parts.count == 2, let number = number(String(parts[0])) else { return nil }
    let unsigned =
      parts[1].first.map { "+-".contains($0) } == true ? parts[1].dropFirst() : parts[1]
    guard (1...3).contains(unsigned.count),
      unsigned.allSatisfy({ $0.isASCII && $0.isNumber }), let power = Int(parts[1])
    else { return nil }
    if number == 0 { return 0 }
    guard power < 100, power > -100 else { return nil }
    let value = number * (power < 0 ? 1 / pow(10, -power) : pow(10, power))
    return value < pow(10, 18) ? value : nil
  }

  private static func whole(_ text: String) -> Decimal? {
    guard let number = number(text) ?? scientific(text), number <= 9_007_199_254_740_992 else {
      return nil
    }
    var (given, rounded) = (number, Decimal())
    NSDecimalRound(&rounded, &given, 0, .plain)
    return rounded == number ? number : nil
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
