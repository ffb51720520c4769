/// The desk's own name of an order: unique within an account for ever, as it is never reused.
public struct OrderID: Hashable, Comparable, Sendable {
  public let value: UInt64

  public init(_ value: UInt64) {
    self.value = value
  }

  public static func < (left: OrderID, right: OrderID) -> Bool {
    left.value < right.value
  }
}

/// The venue's name of one execution; a report that repeats it is the same trade told twice.
public struct TradeID: Hashable, Comparable, Sendable {
  public let value: UInt64

  public init(_ value: UInt64) {
    self.value = value
  }

  public static func < (left: TradeID, right: TradeID) -> Bool {
    left.value < right.value
  }
}

/// Which way an order trades.
public enum Side: UInt8, CaseIterable, Sendable {
  case buy
  case sell

  /// +1 for a buy, −1 for a sell.
  public var sign: Int64 { self == .buy ? 1 : -1 }

  public var opposite: Side { self == .buy ? .sell : .buy }
}

/// Which lots an order opens or closes; venues without offsets read `open` for every order.
public enum Offset: UInt8, CaseIterable, Sendable {
  case open
  /// Yesterday's lots where the exchange tells days apart, else whichever its rule takes.
  case close
  case closeToday
}

/// How long an order lives.
public enum Lifetime: UInt8, CaseIterable, Sendable {
  case day
  case immediateOrCancel
  case fillOrKill
  /// Trades after the close alone, at the closing price.
  case afterHours
}

/// An instruction to trade `lots` at `limit` or better.
public struct Order: Hashable, Sendable {
  public let id: OrderID
  public let instrument: InstrumentIndex
  public let side: Side
  public let offset: Offset
  public let lots: Int64
  public let limit: Price
  public let lifetime: Lifetime

  public init(
    id: OrderID, instrument: InstrumentIndex, side: Side, offset: Offset, lots: Int64,
    limit: Price, lifetime: Lifetime = .day
  ) {
    precondition(lots > 0, "an order trades something")
    self.id = id
    self.instrument = instrument
    self.side = side
    self.offset = offset
    self.lots = lots
    self.limit = limit
    self.lifetime = lifetime
  }
}

/// One execution of an order, whole or in part.
public struct Fill: Hashable, Sendable {
  public let trade: TradeID
  public let order: OrderID
  public let instrument: InstrumentIndex
  public let side: Side
  public let offset: Offset
  public let lots: Int64
  public let price: Price

  public init(
    trade: TradeID, order: OrderID, instrument: InstrumentIndex, side: Side, offset: Offset,
    lots: Int64, price: Price
  ) {
    precondition(lots > 0, "a fill trades something")
    self.trade = trade
    self.order = order
    self.instrument = instrument
    self.side = side
    self.offset = offset
    self.lots = lots
    self.price = price
  }
}

/// Why a venue refused an order.
public enum Refusal: UInt8, CaseIterable, Sendable {
  case unknownInstrument
  case marketClosed
  case offTick
  case outsideLimits
  case badLots
  case notEnoughPosition
  case notEnoughMoney
  case duplicate
  case other
  /// Too far from the best price for continuous trading.
  case outsideCage
}

/// Where an order stands; it only ever moves forward. A refused cancel moves nothing.
public enum OrderState: UInt8, CaseIterable, Sendable {
  /// Sent, not yet answered: counts as exposure.
  case sent
  case working
  case partlyFilled
  case filled
  case cancelled
  case refused
  case expired

  public var isFinal: Bool { self >= .filled }

  /// Whether the venue may move an order from here to `next`.
  public func canBecome(_ next: OrderState) -> Bool {
    switch (self, next) {
    case (.sent, _): next != .sent
    case (.working, .partlyFilled), (.working, .filled), (.working, .cancelled),
      (.working, .expired):
      true
    case (.partlyFilled, .partlyFilled), (.partlyFilled, .filled), (.partlyFilled, .cancelled),
      (.partlyFilled, .expired):
      true
    default: false
    }
  }
}

extension OrderState: Comparable {
  public static func < (left: OrderState, right: OrderState) -> Bool {
    left.rawValue < right.rawValue
  }
}
