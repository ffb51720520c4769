/// A price step as written: `units` of 10⁻ᵈᵉᶜⁱᵐᵃˡˢ.
public struct Tick: Hashable, Sendable {
  public let units: Int64
  public let decimals: UInt8

  public init(units: Int64, decimals: UInt8) {
    precondition(units > 0, "a step moves")
    self.units = units
    self.decimals = decimals
  }

  /// The step in units of a grid; `nil` where the grid is too coarse for it.
  public func units(on grid: Grid) -> Int64? {
    guard grid.decimals >= decimals else { return nil }
    return units * Grid(decimals: grid.decimals - decimals).unitsPerOne
  }
}

/// How an order's size is counted.
public struct OrderSize: Hashable, Sendable {
  public let lot: Int64
  public let largest: Int64

  public init(lot: Int64, largest: Int64) {
    self.lot = lot
    self.largest = largest
  }

  /// The same for an instrument with a lot of its own: the largest order is as many lots.
  func inLots(of own: Int64?) -> OrderSize {
    own.map { OrderSize(lot: $0, largest: largest / lot * $0) } ?? self
  }
}

/// The dated rules of one product on one exchange.
public struct ProductRules: Hashable, Sendable {
  public let product: String
  public let exchange: Exchange
  public let funding: Funding
  public var hours: Timeline<[Hours]>
  public var nightPauses: [ClosedRange<TradingDay>]
  public var tick: Timeline<Tick>
  public var multiplier: Timeline<Int64>
  public var size: Timeline<OrderSize>
  /// How far a price may go from the reference, as a share of it.
  public var priceLimit: Timeline<Rate>
  public var margin: Timeline<Rate>
  public var fees: Timeline<Fees>
  public var closing: Timeline<ClosingRule>
  /// Whether lots bought today may only be sold from tomorrow.
  public var nextDay: Timeline<Bool>
  /// What futures have beside; `nil` for anything else.
  public var futures: ContractRules?
  /// What stocks and funds have beside; `nil` for anything else.
  public var board: BoardRules?

  public init(
    product: String, exchange: Exchange, funding: Funding, hours: Timeline<[Hours]>,
    nightPauses: [ClosedRange<TradingDay>], tick: Timeline<Tick>, multiplier: Timeline<Int64>,
    size: Timeline<OrderSize>, priceLimit: Timeline<Rate>, margin: Timeline<Rate>,
    fees: Timeline<Fees>, closing: Timeline<ClosingRule>, nextDay: Timeline<Bool>,
    futures: ContractRules? = nil, board: BoardRules? = nil
  ) {
    self.product = product
    self.exchange = exchange
    self.funding = funding
    self.hours = hours
    self.nightPauses = nightPauses
    self.tick = tick
    self.multiplier = multiplier
    self.size = size
    self.priceLimit = priceLimit
    self.margin = margin
    self.fees = fees
    self.closing = closing
    self.nextDay = nextDay
    self.futures = futures
    self.board = board
  }
}

/// Why an instrument's day cannot be told.
public enum RuleGap: Error, Hashable, Sendable {
  case missing(rule: String, product: String, day: TradingDay)
  case gridTooCoarse(product: String, gridDecimals: UInt8, tickDecimals: UInt8)
}

extension ProductRules {
  /// The rules of a day made exact for one instrument; limits need the price before the day.
  /// What is known of the day itself wins; a contract near its delivery has its least margin.
  /// `code` matters on boards whose instruments have lots of their own; `product` is the first
  /// instrument of the run that shares this product; `stop` is what the caller knows against opening;
  /// `sessions` are the day's hours.
  public func day(
    _ day: TradingDay, of instrument: InstrumentIndex, grid: Grid, reference: Price?,
    known: KnownDay = .nothing, contract: Contract? = nil, code: String = "",
    product: InstrumentIndex? = nil, stop: OpeningStop? = nil, sessions: [Session] = []
  ) throws(RuleGap) -> InstrumentDay {
    let reference = known.reference(funding) ?? reference
    let tick = try tick(on: day, grid: grid, reference: reference)
    let size = try required(size, "size", day).inLots(of: board?.lot(of: code, on: day))
    let band = reference.flatMap { self.band(around: $0, on: day, tick: tick, known, contract) }
    return InstrumentDay(
      instrument: instrument, day: day, grid: grid, tick: tick,
      multiplier: try required(multiplier, "multiplier", day), lotSize: size.lot,
      largestOrder: size.largest, reference: reference, lowest: known.lowest ?? band?.lowest,
      highest: known.highest ?? band?.highest, margin: try margin(day, known, contract),
      fees: try fees(day, known),
      closing: try required(closing, "closing", day), isNextDay: nextDay[day] ?? false,
      mayShort: funding == .margin,
      board: board?.day(day, lot: size.lot, grid: grid, zone: exchange.zone),
      contract: futures?.day(day, contract, product: product ?? instrument),
      stop: known.stop ?? contract?.stop(on: day) ?? stop, sessions: sessions)
  }

  private func fees(_ day: TradingDay, _ known: KnownDay) throws(RuleGap) -> Fees {
    if let known = known.fees { return known }
    return try required(fees, "fees", day)
  }

  private func margin(
    _ day: TradingDay, _ known: KnownDay, _ contract: Contract?
  ) throws(RuleGap) -> Rate {
    if let known = known.margin { return known }
    guard funding == .margin else { return .one }
    let usual = try required(margin, "margin", day)
    let least = contract.flatMap { contract in
      futures?.delivery[day]?.leastMargin(contract.stage(on: day))
    }
    return max(usual, least ?? usual, widenedMargin(on: day, known) ?? usual)
  }

  /// The last ticks inside the limits: up rounded down, down rounded up.
  package static func band(around reference: Price, _ limit: Rate, tick: Int64) -> (
    lowest: Price, highest: Price
  ) {
    let room = Int128(reference.units) * Int128(limit.hundredMillionths)
    let whole = Int128(reference.units) * 100_000_000
    let unit = Int128(tick) * 100_000_000
    let highest = (whole + room) / unit
    let lowest = (whole - room + unit - 1) / unit
    return (Price(units: Int64(lowest) * tick), Price(units: Int64(highest) * tick))
  }

  func required<Value>(
    _ timeline: Timeline<Value>, _ rule: String, _ day: TradingDay
  ) throws(RuleGap) -> Value {
    guard let value = timeline[day] else {
      throw .missing(rule: rule, product: product, day: day)
    }
    return value
  }
}
