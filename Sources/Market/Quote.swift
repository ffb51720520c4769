/// One price of the book and the lots that wait at it.
public struct Level: Hashable, Sendable {
  public let price: Price
  public let lots: Int64

  public init(price: Price, lots: Int64) {
    self.price = price
    self.lots = lots
  }
}

/// The book of one instrument at a moment, best prices first.
public struct Quote: Hashable, Sendable {
  /// More levels than this no venue of ours shows.
  public static let deepest = 20

  public let instrument: InstrumentIndex
  public let tradingDay: TradingDay
  public let at: Instant
  public let last: Price?
  public let bids: [Level]
  public let asks: [Level]
  /// Lots since the trading day began.
  public let volume: Int64
  public let openInterest: Int64

  public init(
    instrument: InstrumentIndex, tradingDay: TradingDay, at: Instant, last: Price?,
    bids: [Level], asks: [Level], volume: Int64, openInterest: Int64 = 0
  ) {
    self.instrument = instrument
    self.tradingDay = tradingDay
    self.at = at
    self.last = last
    self.bids = bids
    self.asks = asks
    self.volume = volume
    self.openInterest = openInterest
  }

  public var bid: Level? { bids.first }
  public var ask: Level? { asks.first }

  /// Ask less bid in grid units; `nil` where one side is empty, as at a price limit.
  public var spread: Int64? {
    guard let bid, let ask else { return nil }
    return ask.price.units - bid.price.units
  }

  /// What must hold of a book in continuous trading; in an auction bid and ask may cross.
  public var isSound: Bool {
    bids.count <= Self.deepest && asks.count <= Self.deepest && volume >= 0
      && (bids + asks).allSatisfy { $0.lots > 0 }
      && zip(bids, bids.dropFirst()).allSatisfy { $0.price > $1.price }
      && zip(asks, asks.dropFirst()).allSatisfy { $0.price < $1.price }
      && (spread.map { $0 > 0 } ?? true)
  }
}
