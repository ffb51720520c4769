public import Market

/// What one trading day did to the account.
public struct DailyResult: Hashable, Sendable {
  public let day: TradingDay
  public let began: Instant
  /// Equity when the day began and when the next one did.
  public let opening: Money
  public internal(set) var closing: Money
  public internal(set) var fees = Money.zero
  public internal(set) var turnover = Money.zero
  public internal(set) var fills = 0
  /// The worth of all positions at the last closed instant.
  public internal(set) var exposure = Money.zero
  /// The equal-weighted return of all instruments that traded on the day, close to close: what holding everything
  /// would have made before costs.
  public internal(set) var marketReturn = 0.0

  init(day: TradingDay, began: Instant, opening: Money) {
    self.day = day
    self.began = began
    self.opening = opening
    closing = opening
  }

  public var profit: Money { closing - opening }

  /// Profit as a share of the opening equity; `nil` where there was nothing left to lose.
  public var simpleReturn: Double? {
    opening > .zero ? profit.value / opening.value : nil
  }
}

/// Equity at every closed instant, oldest first.
public struct EquityCurve: Hashable, Sendable {
  public private(set) var instants: [Instant] = []
  public private(set) var equity: [Money] = []

  public init() {}

  public var count: Int { instants.count }

  public mutating func append(_ money: Money, at instant: Instant) {
    instants.append(instant)
    equity.append(money)
  }
}
