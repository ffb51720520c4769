import Market
import Trading

/// The books of one instrument, rebuilt from its fills with the market's own arithmetic.
///
/// This is the second entry of a double-entry account: it never sees the desk, and must agree with it to the cent.
struct Book: Sendable {
  /// What the instrument adds to the account at its mark.
  struct Value: Hashable, Sendable {
    var realised = Money.zero
    var unrealised = Money.zero
    /// Margins of the two legs; what of them is paid, the product's contracts decide together.
    var longMargin = Money.zero
    var shortMargin = Money.zero
    /// The worth of both legs together.
    var exposure = Money.zero
  }

  private(set) var position = Position()
  private(set) var terms: InstrumentDay?
  private(set) var mark: Price?
  private(set) var value = Value()
  /// Bars seen, the clock of holding times.
  private var bars = 0
  /// The last price before the current day, or its first one where there is none; `nil` until it has traded today.
  private var dayBase: Price?
  private var realisedUnitLots: Int64 = 0
  private var long: OpenTrip?
  private var short: OpenTrip?

  mutating func beginDay() {
    position.long.roll()
    position.short.roll()
    dayBase = nil
  }

  /// The price's move since the day before; `nil` where the instrument has not traded today.
  var dayReturn: Double? {
    guard let dayBase, let mark, dayBase.units > 0 else { return nil }
    return Double(mark.units - dayBase.units) / Double(dayBase.units)
  }

  mutating func adopt(_ terms: InstrumentDay) {
    self.terms = terms
    if mark == nil { mark = terms.reference }
    revalue()
  }

  /// The day a share trades without a right; money paid for it belongs to the trip that holds it.
  mutating func apply(_ action: CorporateAction) {
    guard let terms else { return }
    let before = value.realised
    realisedUnitLots += position.lose(action, on: terms.grid)
    mark = mark.map { action.reference(after: $0, on: terms.grid, tick: terms.tick) }
    revalue()
    if long != nil {
      long?.gross += value.realised - before
    } else {
      short?.gross += value.realised - before
    }
  }

  mutating func see(_ bar: Bar) {
    if dayBase == nil { dayBase = bars > 0 ? mark : bar.open }
    bars += 1
    mark = bar.close
    if !position.isFlat { revalue() }
  }

  /// What the fill costs as a part of its order.
  func owed(_ fill: Fill, of charge: inout OrderCharge) -> Money {
    terms.map { charge.owe(fill, leg: position[fill.side, .close], $0) } ?? .zero
  }

  /// Books a fill that cost `charge`; gives the round trip it ended.
  mutating func book(_ fill: Fill, charge: Money, at instant: Instant) -> RoundTrip? {
    var trip: RoundTrip?
    var missing = fill.lots
    var due = charge
    if fill.offset != .open {
      let leg = position[fill.side, .close]
      let taken = (terms?.closing ?? .yesterdayFirst).taken(fill.lots, from: leg, fill.offset)
      if taken.total > 0 {
        trip = close(taken, fill, charge: due, at: instant)
        missing -= taken.total
        due = .zero
      }
    }
    // Lots that were not there to close have been traded all the same: they open the other side.
    if missing > 0 { open(missing, fill, charge: due, at: instant) }
    if mark == nil { mark = fill.price }
    revalue()
    return trip
  }

  private mutating func open(_ lots: Int64, _ fill: Fill, charge: Money, at instant: Instant) {
    position[fill.side, .open].open(lots: lots, at: fill.price)
    var trip = self[fill.side] ?? OpenTrip(entered: instant, entryBar: bars)
    trip.lots += lots
    trip.entryUnitLots += fill.price.units * lots
    trip.fees += charge
    self[fill.side] = trip
  }

  private mutating func close(_ taken: Lots, _ fill: Fill, charge: Money, at instant: Instant)
    -> RoundTrip?
  {
    let cost = position[fill.side, .close].close(taken)
    let proceeds = fill.price.units * taken.total
    realisedUnitLots += fill.side == .sell ? proceeds - cost : cost - proceeds
    let before = value.realised
    revalue()
    let side = fill.side.opposite
    guard var trip = self[side] else { return nil }
    trip.exitUnitLots += proceeds
    trip.gross += value.realised - before
    trip.fees += charge
    let isFlat = position[fill.side, .close].lots == 0
    self[side] = isFlat ? nil : trip
    return isFlat ? trip.finished(fill.instrument, side, at: instant, bar: bars) : nil
  }

  /// What open round trips have earned so far, their fees taken off.
  var openProfit: Money {
    let taken = [long, short].compactMap { $0 }.reduce(Money.zero) { $0 + $1.gross - $1.fees }
    return taken + value.unrealised
  }

  private subscript(side: Side) -> OpenTrip? {
    get { side == .buy ? long : short }
    set { if side == .buy { long = newValue } else { short = newValue } }
  }

  private mutating func revalue() {
    guard let terms, let mark else { return }
    let lots = position.long.lots + position.short.lots
    value = Value(
      realised: terms.grid.worth(unitLots: realisedUnitLots, multiplier: terms.multiplier),
      unrealised: terms.grid.worth(
        unitLots: position.unrealisedUnitLots(at: mark), multiplier: terms.multiplier),
      longMargin: terms.margin(mark, lots: position.long.lots),
      shortMargin: terms.margin(mark, lots: position.short.lots),
      exposure: terms.worth(mark, lots: lots))
  }
}
