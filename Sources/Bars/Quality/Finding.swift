public import Market

/// What may be wrong with a day of bars.
public enum Fault: String, CaseIterable, Sendable {
  /// A trading day without a bar.
  case missingDay = "missing day"
  /// Bars that the hours expect are not there.
  case gap
  /// A bar outside the hours.
  case hours
  /// Time does not go on from bar to bar.
  case order
  /// A high that is not the highest price, or a low that is not the lowest.
  case prices
  /// A price of zero or below.
  case zeroPrice = "zero price"
  /// The same bar again and again.
  case stale
  /// A long run without any trade.
  case noTrade = "no trade"
  /// A price that goes where it cannot go, and stays.
  case jump
  /// A price that goes where it cannot go, and comes back at once.
  case spike
  /// Volume out of all proportion, or prices that move without any.
  case volume
  /// Turnover that volume times price does not explain.
  case turnover
  /// Open interest that changes by more than was traded.
  case openInterest = "open interest"
  /// Another contract's prices begin, unadjusted.
  case roll
  /// Stamps that name the other end of their bars.
  case stamps
  /// A column that is late or early by one bar against the others.
  case shifted
}

/// One thing wrong, where, and in what way.
public struct Finding: Hashable, Sendable {
  public let fault: Fault
  public let grade: Grade
  /// The bar it begins with; `nil` where it concerns the whole day.
  public let closedAt: Instant?
  public let detail: String

  init(_ fault: Fault, _ grade: Grade, at closedAt: Instant? = nil, _ detail: String) {
    self.fault = fault
    self.grade = grade
    self.closedAt = closedAt
    self.detail = detail
  }
}

/// How good a day of bars is: A nothing found, B told but harmless, C doubtful, D wrong.
public enum Grade: String, CaseIterable, Comparable, Sendable {
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"

  /// Better grades are less.
  public static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
}

/// A trading day of one series and what was found in it.
public struct DayQuality: Hashable, Sendable {
  public let day: TradingDay
  public let bars: Int
  /// How many bars the hours expect.
  public let expected: Int
  public internal(set) var findings: [Finding]

  public var grade: Grade { findings.map(\.grade).max() ?? .a }
}
