/// The length of a bar in trading time.
public enum BarInterval: Int32, CaseIterable, Sendable {
  case minute = 60
  case minute5 = 300
  case minute15 = 900
  case minute30 = 1_800
  case hour = 3_600
  case day = 86_400

  public var seconds: Int64 { Int64(rawValue) }

  /// The short name used in files and flags.
  public var name: String {
    switch self {
    case .minute: "1m"
    case .minute5: "5m"
    case .minute15: "15m"
    case .minute30: "30m"
    case .hour: "1h"
    case .day: "1d"
    }
  }

  public init?(name: some StringProtocol) {
    guard let found = BarInterval.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}

/// One closed bar. It becomes known at `closedAt`, never earlier.
public struct Bar: Hashable, Sendable {
  public let instrument: InstrumentIndex
  /// The day the bar is booked on: a night bar's is the next trading day.
  public let tradingDay: TradingDay
  public let closedAt: Instant
  public let open: Price
  public let high: Price
  public let low: Price
  public let close: Price
  /// Lots or shares traded within the bar.
  public let volume: Int64
  /// Money traded within the bar, as a statistic; 0 where the source has none.
  public let turnover: Double
  /// Contracts open at the close; 0 where there are none.
  public let openInterest: Int64

  public init(
    instrument: InstrumentIndex, tradingDay: TradingDay, closedAt: Instant,
    open: Price, high: Price, low: Price, close: Price,
    volume: Int64, turnover: Double = 0, openInterest: Int64 = 0
  ) {
    precondition(low <= open && low <= close && open <= high && close <= high, "a bar is ordered")
    precondition(volume >= 0, "volume is not negative")
    precondition(turnover.isFinite, "a turnover that is no number would differ from itself")
    self.instrument = instrument
    self.tradingDay = tradingDay
    self.closedAt = closedAt
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
    self.turnover = turnover
    self.openInterest = openInterest
  }

  /// The same bar under another run's index.
  public func under(_ index: InstrumentIndex) -> Bar {
    Bar(
      instrument: index, tradingDay: tradingDay, closedAt: closedAt, open: open, high: high,
      low: low, close: close, volume: volume, turnover: turnover, openInterest: openInterest)
  }
}
