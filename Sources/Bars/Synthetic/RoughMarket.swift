public import Market
import Numerics

/// What sound bars lack: days without trading, days locked at their limit, minutes without a bar.
///
/// The gate must tell the first and the last of them, a backtest must not fill against a locked day.
/// Up and down are as likely, so that nothing can be expected of a lock.
public struct RoughMarket: Sendable {
  /// How often it happens.
  public struct Shares: Hashable, Sendable {
    /// Of all days, those on which a suspension begins.
    public var suspension = 0.01
    /// A suspension lasts between one day and this many.
    public var longestSuspension = 5
    public var locked = 0.02
    /// Of all minutes.
    public var missing = 0.002

    public init() {}
  }

  public private(set) var bars: [Bar] = []
  public private(set) var suspended: [TradingDay] = []
  public private(set) var locked: [TradingDay] = []
  public private(set) var missing = 0

  private let terms: SyntheticTerms
  private var dice: Xoshiro256
  /// What locks have done to all later prices.
  private var share = 1.0

  public init(
    roughening whole: [Bar], _ terms: SyntheticTerms, shares: Shares = Shares(), seed: UInt64
  ) {
    self.terms = terms
    dice = Xoshiro256(seed: seed ^ 0x0B57_AC1E)
      .split(stream: UInt64(whole.first?.instrument.value ?? 0))
    var left = 0
    for rows in QualityGate.days(of: BarColumns(whole)) {
      let day = whole[rows.lowerBound].tradingDay
      if left == 0, dice.uniform() < shares.suspension, rows.lowerBound > 0 {
        left = 1 + Int(dice.uniform() * Double(shares.longestSuspension))
      }
      if left > 0 {
        left -= 1
        suspended.append(day)
        continue
      }
      let isLocked = dice.uniform() < shares.locked
      if isLocked, let close = bars.last?.close {
        lock(whole[rows], after: close, up: dice.uniform() < 0.5)
        locked.append(day)
      } else {
        keep(whole[rows], missing: rows.count > 1 ? shares.missing : 0)
      }
    }
  }

  private mutating func keep(_ day: ArraySlice<Bar>, missing lost: Double) {
    let band = terms.band(around: bars.last?.close ?? terms.start)
    for bar in day {
      if lost > 0, dice.uniform() < lost {
        missing += 1
        continue
      }
      let prices = [bar.open, bar.high, bar.low, bar.close].map { scaled($0, band) }
      bars.append(bar.with(prices, volume: bar.volume))
    }
  }

  /// A day that opens at its limit and never leaves it: little is traded, since nobody takes the other side.
  private mutating func lock(_ day: ArraySlice<Bar>, after close: Price, up: Bool) {
    let band = terms.band(around: close)
    let limit = Price(units: up ? band.upperBound : band.lowerBound)
    for bar in day {
      bars.append(bar.with(Array(repeating: limit, count: 4), volume: bar.volume / 20))
    }
    if let last = day.last, last.close.units > 0 {
      share = Double(limit.units) / Double(last.close.units)
    }
  }

  private func scaled(_ price: Price, _ band: ClosedRange<Int64>) -> Price {
    guard share != 1 else { return price }
    let ticks = (Double(price.units) * share / Double(terms.tick)).rounded(.toNearestOrEven)
    return Price(units: min(band.upperBound, max(band.lowerBound, Int64(ticks) * terms.tick)))
  }
}

extension Bar {
  /// The same minute at other prices: open, high, low, close.
  fileprivate func with(_ prices: [Price], volume: Int64) -> Bar {
    let before = open.units + high.units + low.units + close.units
    let now = prices.reduce(0) { $0 + $1.units }
    let worth =
      self.volume > 0
      ? turnover * Double(now) / Double(before) * Double(volume) / Double(self.volume) : 0
    return Bar(
      instrument: instrument, tradingDay: tradingDay, closedAt: closedAt, open: prices[0],
      high: prices[1], low: prices[2], close: prices[3], volume: volume,
      turnover: now == before && volume == self.volume ? turnover : worth.rounded(),
      openInterest: openInterest)
  }
}
