import Market
import Trading

/// The lots an account holds at the exchange, known from its trades there: the exchange lets nobody sell what is
/// not held, not old enough, or offered already, whatever the desk believes.
struct Custody: Sendable {
  private var positions: [Position]

  init(instruments: Int) {
    positions = Array(repeating: Position(), count: instruments)
  }

  /// What was bought yesterday may be sold from now on.
  mutating func beginDay() {
    for index in positions.indices {
      positions[index].long.roll()
      positions[index].short.roll()
    }
  }

  /// Why the account may not trade so; `offered` lots are at work in closes of the same lots.
  func refusal(of order: Order, _ day: InstrumentDay, offered: Int64) -> Refusal? {
    guard order.offset != .open else {
      if order.side == .sell, !day.mayShort { return .notEnoughPosition }
      return day.takes(order.lots, order.side, held: 0) ? nil : .badLots
    }
    let leg = positions[order.instrument.value][order.side, order.offset]
    if order.lots > closable(leg, order.offset, day) - offered { return .notEnoughPosition }
    return day.takes(order.lots, order.side, held: leg.lots) ? nil : .badLots
  }

  private func closable(_ leg: Leg, _ offset: Offset, _ day: InstrumentDay) -> Int64 {
    switch (day.closing.taking, offset) {
    case (.byFlag, .closeToday): leg.today
    case (.byFlag, _): leg.yesterday
    default: day.isNextDay ? leg.yesterday : leg.lots
    }
  }

  mutating func book(_ fill: Fill, _ day: InstrumentDay) {
    let index = fill.instrument.value
    guard fill.offset != .open else {
      positions[index][fill.side, .open].open(lots: fill.lots, at: fill.price)
      return
    }
    let leg = positions[index][fill.side, fill.offset]
    let taken = day.closing.taken(fill.lots, from: leg, fill.offset)
    if taken.total > 0 { _ = positions[index][fill.side, fill.offset].close(taken) }
  }
}
