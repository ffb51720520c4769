/// What a source told of one instrument's day. Each value that is known wins over the dated rules,
/// which only say what is usual.
public struct KnownDay: Hashable, Sendable {
  /// Whether an instrument can be traded.
  public enum Listing: UInt8, CaseIterable, Sendable {
    case notYet
    case listed
    case suspended
    /// In its last weeks, under a rule of its own.
    case delisting
    case delisted
  }

  public var previousClose: Price?
  public var previousSettle: Price?
  public var settle: Price?
  public var lowest: Price?
  public var highest: Price?
  public var margin: Rate?
  public var fees: Fees?
  /// Whether the company is under special treatment.
  public var isSpecial: Bool?
  public var listing: Listing?
  /// 1 on the first day of trading; nothing where the instrument is long listed.
  public var dayNumber: Int?
  /// How many days in a row before this one ended at the same limit, which widens a future's limits.
  public var lockedDays: Int?
  /// What a price of this day is multiplied by to compare it with those before a payout; a statistic.
  public var adjustment: Double?
  /// The indexes it is a member of, by name.
  public var indexes: [String]?
  public var industry: String?

  public static let nothing = KnownDay()

  public init() {}

  /// The price limits are counted from: the settlement of a future, the close of anything else.
  public func reference(_ funding: Funding) -> Price? {
    funding == .margin ? previousSettle ?? previousClose : previousClose ?? previousSettle
  }

  /// What must hold of values that are known together.
  public var isSound: Bool {
    let isOrdered = lowest.flatMap { low in highest.map { low <= $0 } } ?? true
    return isOrdered && (adjustment.map { $0 > 0 && $0.isFinite } ?? true)
  }

  /// Later news over earlier: what `other` knows wins.
  public func updated(by other: KnownDay) -> KnownDay {
    var day = self
    day.previousClose = other.previousClose ?? previousClose
    day.previousSettle = other.previousSettle ?? previousSettle
    day.settle = other.settle ?? settle
    day.lowest = other.lowest ?? lowest
    day.highest = other.highest ?? highest
    day.margin = other.margin ?? margin
    day.fees = other.fees ?? fees
    day.isSpecial = other.isSpecial ?? isSpecial
    day.listing = other.listing ?? listing
    day.dayNumber = other.dayNumber ?? dayNumber
    day.lockedDays = other.lockedDays ?? lockedDays
    day.adjustment = other.adjustment ?? adjustment
    day.indexes = other.indexes ?? indexes
    day.industry = other.industry ?? industry
    return day
  }
}
