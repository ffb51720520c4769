/// The quotes of one series as a struct of arrays, oldest first: how ticks are stored and loaded.
///
/// Prices are counted in units of the series' grid; 0 stands for none. Volume and turnover count
/// from the start of the trading day, as exchanges send them.
public struct QuoteColumns: Hashable, Sendable {
  /// Levels kept of each side of the book.
  public static let depth = 5

  public var atNanos: [Int64] = []
  /// Days since 1970-01-01.
  public var tradingDays: [Int32] = []
  public var last: [Int64] = []
  public var volume: [Int64] = []
  public var turnover: [Double] = []
  public var openInterest: [Int64] = []
  /// Bid price, bid lots, ask price and ask lots of the first level, then of the next.
  public var book: [[Int64]] = Array(repeating: [], count: 4 * Self.depth)

  public var count: Int { atNanos.count }

  public init() {}

  /// The row as a quote; an empty level ends its side.
  public func quote(_ row: Int, of instrument: InstrumentIndex) -> Quote {
    Quote(
      instrument: instrument, tradingDay: TradingDay(days: tradingDays[row]),
      at: Instant(nanoseconds: atNanos[row]), last: last[row] == 0 ? nil : Price(units: last[row]),
      bids: levels(row, offset: 0), asks: levels(row, offset: 2), volume: volume[row],
      openInterest: openInterest[row])
  }

  /// Adds a quote and the money turned over since the day began.
  public mutating func append(_ quote: Quote, turnover money: Double) {
    atNanos.append(quote.at.nanoseconds)
    tradingDays.append(quote.tradingDay.days)
    last.append(quote.last?.units ?? 0)
    volume.append(quote.volume)
    turnover.append(money)
    openInterest.append(quote.openInterest)
    for level in 0..<Self.depth {
      let (bid, ask) = (quote.bids.dropFirst(level).first, quote.asks.dropFirst(level).first)
      book[4 * level].append(bid?.price.units ?? 0)
      book[4 * level + 1].append(bid?.lots ?? 0)
      book[4 * level + 2].append(ask?.price.units ?? 0)
      book[4 * level + 3].append(ask?.lots ?? 0)
    }
  }

  private func levels(_ row: Int, offset: Int) -> [Level] {
    var levels: [Level] = []
    for level in 0..<Self.depth where book[4 * level + offset + 1][row] > 0 {
      levels.append(
        Level(
          price: Price(units: book[4 * level + offset][row]),
          lots: book[4 * level + offset + 1][row]))
    }
    return levels
  }
}
