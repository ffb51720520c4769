import Bytes

/// The finest step a series is stored in: 10⁻ᵏ of the currency, found at import.
public struct Grid: Hashable, Sendable {
  /// The k of 10⁻ᵏ.
  public let decimals: UInt8

  public static let most: UInt8 = 8

  public init(decimals: UInt8) {
    precondition(decimals <= Grid.most, "a grid has at most eight decimals")
    self.decimals = decimals
  }

  /// Grid units in one unit of the currency.
  public var unitsPerOne: Int64 {
    var units: Int64 = 1
    for _ in 0..<decimals { units *= 10 }
    return units
  }

  /// The nearest price on the grid; only for values that come from statistics, never for money.
  public func nearest(_ value: Double) -> Price {
    Price(units: Int64((value * Double(unitsPerOne)).rounded(.toNearestOrEven)))
  }
}

/// A price, counted in units of its series' storage grid.
public struct Price: Hashable, Comparable, Sendable {
  public let units: Int64

  public init(units: Int64) {
    self.units = units
  }

  public static func < (left: Price, right: Price) -> Bool {
    left.units < right.units
  }

  /// The price as a number, for features and reports; orders and money never use it.
  public func value(on grid: Grid) -> Double {
    Double(units) / Double(grid.unitsPerOne)
  }

  /// Exact decimal text, as in `3512.50`.
  public func text(on grid: Grid) -> String {
    DecimalText.text(units, decimals: Int(grid.decimals))
  }

  public func moved(units change: Int64) -> Price {
    Price(units: units + change)
  }
}

/// A share of something in hundred-millionths, so that 0.0000341 is exact.
public struct Rate: Hashable, Comparable, Sendable {
  public let hundredMillionths: Int64

  public static let zero = Rate(hundredMillionths: 0)
  public static let one = Rate(hundredMillionths: 100_000_000)

  public init(hundredMillionths: Int64) {
    self.hundredMillionths = hundredMillionths
  }

  /// Hundredths of a percent: 1 is 0.01 %.
  public init(basisPoints: Int64) {
    hundredMillionths = basisPoints * 10_000
  }

  /// The nearest rate to a number such as 0.02.
  public init(nearest value: Double) {
    hundredMillionths = Int64((value * 100_000_000).rounded(.toNearestOrEven))
  }

  public var value: Double { Double(hundredMillionths) / 100_000_000 }

  public static func < (left: Rate, right: Rate) -> Bool {
    left.hundredMillionths < right.hundredMillionths
  }

  /// `value` times this rate, halves away from zero.
  public func of(_ value: Int64) -> Int64 {
    Int64(roundedQuotient(Int128(value) * Int128(hundredMillionths), 100_000_000))
  }
}

/// Division rounding halves away from zero, the way statements of account are rounded.
func roundedQuotient(_ dividend: Int128, _ divisor: Int128) -> Int128 {
  let half = divisor / 2
  return dividend >= 0 ? (dividend + half) / divisor : -((-dividend + half) / divisor)
}
