/// A charge per trade: a share of its value, an amount per lot, or both.
public struct Fee: Hashable, Sendable {
  public let rate: Rate
  public let perLot: Money

  public static let none = Fee(rate: .zero, perLot: .zero)

  public init(rate: Rate, perLot: Money) {
    self.rate = rate
    self.perLot = perLot
  }

  public func charge(worth: Money, lots: Int64) -> Money {
    worth.times(rate) + perLot.times(lots)
  }
}

/// What trading costs on a day, by what the trade does.
public struct Fees: Hashable, Sendable {
  public let open: Fee
  public let close: Fee
  public let closeToday: Fee
  /// The least commission of a whole order.
  public let minimum: Money
  /// Taken from every sale, as stamp duty is.
  public let saleTax: Rate

  public static let none = Fees(open: .none, close: .none, closeToday: .none)

  public init(open: Fee, close: Fee, closeToday: Fee, minimum: Money = .zero, saleTax: Rate = .zero)
  {
    self.open = open
    self.close = close
    self.closeToday = closeToday
    self.minimum = minimum
    self.saleTax = saleTax
  }
}

/// Which lots a close takes and which fee they pay: two rules, as exchanges set them apart.
public struct ClosingRule: Hashable, Sendable {
  /// Which lots leave first.
  public enum Taking: UInt8, CaseIterable, Sendable {
    /// As the order's flag says.
    case byFlag
    case yesterdayFirst
    case todayFirst
  }

  /// Which rate is charged.
  public enum Charging: UInt8, CaseIterable, Sendable {
    /// Each lot by its age.
    case byLot
    /// Today's rate as long as lots of today exist, whichever lot leaves.
    case todayFirst
  }

  public let taking: Taking
  public let charging: Charging

  public static let flagged = ClosingRule(taking: .byFlag, charging: .byLot)
  public static let yesterdayFirst = ClosingRule(taking: .yesterdayFirst, charging: .byLot)

  public init(taking: Taking, charging: Charging) {
    self.taking = taking
    self.charging = charging
  }
}

/// What holds for one instrument on one trading day, in the exact units the desk works in.
public struct InstrumentDay: Hashable, Sendable {
  public let instrument: InstrumentIndex
  public let day: TradingDay
  public let grid: Grid
  /// The order tick in grid units.
  public let tick: Int64
  public let multiplier: Int64
  /// Order sizes are multiples of this.
  public let lotSize: Int64
  public let largestOrder: Int64
  /// The settlement or closing price before this day; limits are counted from it.
  public let reference: Price?
  public let lowest: Price?
  public let highest: Price?
  /// Margin as a share of the contract's value; one where the price is paid in full.
  public let margin: Rate
  public let fees: Fees
  public let closing: ClosingRule
  /// Whether lots bought today may only be sold from tomorrow.
  public let isNextDay: Bool
  public let mayShort: Bool
  /// What stocks and funds have beside; `nil` for futures.
  public let board: BoardDay?
  /// What futures have beside; `nil` for anything else.
  public let contract: ContractDay?
  /// Why nothing may be opened; `nil` where opening is allowed.
  public let stop: OpeningStop?
  /// When it trades on this day, oldest first; empty where nobody has told, and then it always does.
  public let sessions: [Session]

  public init(
    instrument: InstrumentIndex, day: TradingDay, grid: Grid, tick: Int64, multiplier: Int64,
    lotSize: Int64, largestOrder: Int64, reference: Price?, lowest: Price?, highest: Price?,
    margin: Rate, fees: Fees, closing: ClosingRule, isNextDay: Bool, mayShort: Bool,
    board: BoardDay? = nil, contract: ContractDay? = nil, stop: OpeningStop? = nil,
    sessions: [Session] = []
  ) {
    precondition(tick > 0 && multiplier > 0 && lotSize > 0, "an instrument has a size")
    precondition(sessions.allSatisfy { $0.tradingDay == day }, "the hours are of the day")
    self.instrument = instrument
    self.day = day
    self.grid = grid
    self.tick = tick
    self.multiplier = multiplier
    self.lotSize = lotSize
    self.largestOrder = largestOrder
    self.reference = reference
    self.lowest = lowest
    self.highest = highest
    self.margin = margin
    self.fees = fees
    self.closing = closing
    self.isNextDay = isNextDay
    self.mayShort = mayShort
    self.board = board
    self.contract = contract
    self.stop = stop
    self.sessions = sessions
  }
}

extension InstrumentDay {
  /// The first instrument of the run whose product is this one's, itself where it stands alone.
  public var product: InstrumentIndex { contract?.product ?? instrument }

  public var paysLargerSide: Bool { contract?.paysLargerSide ?? false }

  /// What must hold of any instrument's day.
  public var isSound: Bool {
    let isOrdered = lowest.flatMap { low in highest.map { low <= $0 } } ?? true
    let isBanded = lowest.map { $0.units % tick == 0 } ?? true
    return isOrdered && isBanded && largestOrder >= lotSize && margin > .zero
      && fees.open.rate >= .zero && fees.open.perLot >= .zero
      && zip(sessions, sessions.dropFirst()).allSatisfy { $0.closes <= $1.opens }
  }

  public func isOnTick(_ price: Price) -> Bool {
    guard let steps = board?.steps, !steps.isEmpty else { return price.units % tick == 0 }
    return steps.isOnTick(price)
  }

  public func isWithinLimits(_ price: Price) -> Bool {
    (lowest.map { $0 <= price } ?? true) && (highest.map { price <= $0 } ?? true)
  }

  /// The nearest tick that is no better for `side`: up for a buy, down for a sell, kept within the limits.
  public func marketable(_ price: Price, _ side: Side, ticks: Int64) -> Price {
    let rounded = stepped(price, side, ticks: ticks)
    if let highest, rounded > highest { return highest }
    if let lowest, rounded < lowest { return lowest }
    return rounded
  }

  /// The worst tick for `side` that lies within a share of `base` and within the limits.
  public func farthest(from base: Price, _ side: Side, within share: Rate) -> Price {
    let bound = Price(units: base.units + side.sign * share.of(base.units))
    return marketable(bound, side.opposite, ticks: 0)
  }

  private func stepped(_ price: Price, _ side: Side, ticks: Int64) -> Price {
    if let steps = board?.steps, !steps.isEmpty {
      let start = side == .buy ? steps.ceiling(price) : steps.floor(price)
      return steps.moved(start, ticks: side.sign * ticks)
    }
    let wished = price.units + side.sign * ticks * tick
    let down = wished.floorDivided(by: tick) * tick
    return Price(units: side == .buy && down != wished ? down + tick : down)
  }

  public func worth(_ price: Price, lots: Int64) -> Money {
    grid.worth(price, lots: lots, multiplier: multiplier)
  }

  /// The money `lots` tie up at a price.
  public func margin(_ price: Price, lots: Int64) -> Money {
    worth(price, lots: lots).times(margin)
  }
}
