import Bytes

/// The unit of account.
public enum Currency: UInt8, CaseIterable, Sendable {
  case cny
  case hkd
  case usd

  public var code: String {
    switch self {
    case .cny: "CNY"
    case .hkd: "HKD"
    case .usd: "USD"
    }
  }
}

/// An exact amount in hundredths of the account's currency.
public struct Money: Hashable, Comparable, Sendable {
  public let minor: Int64

  public static let zero = Money(minor: 0)

  public init(minor: Int64) {
    self.minor = minor
  }

  /// Whole units of the currency.
  public init(whole: Int64) {
    minor = whole * 100
  }

  public static func < (left: Money, right: Money) -> Bool { left.minor < right.minor }
  public static func + (left: Money, right: Money) -> Money {
    Money(minor: left.minor + right.minor)
  }
  public static func - (left: Money, right: Money) -> Money {
    Money(minor: left.minor - right.minor)
  }
  public static prefix func - (money: Money) -> Money { Money(minor: -money.minor) }
  public static func += (left: inout Money, right: Money) { left = left + right }
  public static func -= (left: inout Money, right: Money) { left = left - right }

  /// The amount as a number, for ratios in reports.
  public var value: Double { Double(minor) / 100 }

  public func times(_ rate: Rate) -> Money {
    Money(minor: rate.of(minor))
  }

  public func times(_ count: Int64) -> Money {
    Money(minor: minor * count)
  }
}

extension Money: CustomStringConvertible {
  public var description: String { DecimalText.text(minor, decimals: 2) }
}

extension Grid {
  /// What `unitLots` — grid units times lots — are worth at a contract size, halves away from zero.
  public func worth(unitLots: Int64, multiplier: Int64) -> Money {
    let scaled = Int128(unitLots) * Int128(multiplier) * 100
    return Money(minor: Int64(roundedQuotient(scaled, Int128(unitsPerOne))))
  }

  /// What `lots` are worth at a price.
  public func worth(_ price: Price, lots: Int64, multiplier: Int64) -> Money {
    worth(unitLots: price.units * lots, multiplier: multiplier)
  }
}
