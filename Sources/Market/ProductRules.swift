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
  /// What stocks and funds have beside; `nil` for futures.
  public var board: BoardRules?

  public init(
    product: String, exchange: Exchange, funding: Funding, hours: Timeline<[Hours]>,
    nightPauses: [ClosedRange<TradingDay>], tick: Timeline<Tick>, multiplier: Timeline<Int64>,
    size: Timeline<OrderSize>, priceLimit: Timeline<Rate>, margin: Timeline<Rate>,
    fees: Timeline<Fees>, closing: Timeline<ClosingRule>, nextDay: Timeline<Bool>,
    board: BoardRules? = nil
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
  /// `code` and `listing` matter where a board's instruments differ.
  public func day(
    _ day: TradingDay, of instrument: InstrumentIndex, grid: Grid, reference: Price?,
    code: String = "", listing: ListingState = .seasoned
  ) throws(RuleGap) -> InstrumentDay {
    let tick = try tick(on: day, grid: grid, reference: reference)
    let size = try required(size, "size", day)
    let lot = board?.lot(of: code, on: day) ?? size.lot
    let band = reference.flatMap { self.band(around: $0, on: day, tick: tick, listing) }
    return InstrumentDay(
      instrument: instrument, day: day, grid: grid, tick: tick,
      multiplier: try required(multiplier, "multiplier", day), lotSize: lot,
      largestOrder: size.largest, reference: reference, lowest: band?.lowest,
      highest: band?.highest, margin: funding == .cash ? .one : try required(margin, "margin", day),
      fees: try required(fees, "fees", day), closing: try required(closing, "closing", day),
      isNextDay: nextDay[day] ?? false, mayShort: funding == .margin,
      board: board?.day(day, lot: lot, grid: grid, zone: exchange.zone))
  }

  /// The step at the reference price, or the finest where none is known.
  private func tick(
    on day: TradingDay, grid: Grid, reference: Price?
  ) throws(RuleGap) -> Int64 {
    let bands = board?.ticks[day] ?? []
    let found = reference.flatMap { price in bands.last { $0.step(on: grid).from <= price } }
    let step: Tick
    if let band = found ?? bands.first {
      step = band.tick
    } else {
      step = try required(tick, "tick", day)
    }
    if let units = step.units(on: grid) { return units }
    // Without a reference the finest of several steps may well be finer than the series.
    guard found == nil, bands.count > 1 else {
      throw .gridTooCoarse(
        product: product, gridDecimals: grid.decimals, tickDecimals: step.decimals)
    }
    return 1
  }

  /// The day's price limits; `nil` where there are none.
  private func band(
    around reference: Price, on day: TradingDay, tick: Int64, _ listing: ListingState
  ) -> (lowest: Price, highest: Price)? {
    if let limits = board?.limits[day] {
      return limits.span(listing)?.band(around: reference, tick: tick)
    }
    return priceLimit[day].map { Self.band(around: reference, $0, tick: tick) }
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

  private func required<Value>(
    _ timeline: Timeline<Value>, _ rule: String, _ day: TradingDay
  ) throws(RuleGap) -> Value {
    guard let value = timeline[day] else {
      throw .missing(rule: rule, product: product, day: day)
    }
    return value
  }
}
