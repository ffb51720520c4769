public import Market
public import Trading

/// An exchange inside the process: an order rests until a later bar trades at its limit or better.
///
/// It holds no money and no clock. An order can never meet the bar that caused it, since the loop shows a bar
/// to the exchange before the desk sees it.
public struct PaperExchange: Venue, Sendable {
  /// How kind the exchange is to orders.
  public struct Manners: Hashable, Sendable {
    /// What a marketable order pays beyond the bar's opening price.
    public let slippageTicks: Int64
    /// The share of a bar's volume that one order may take.
    public let participation: Rate

    public init(slippageTicks: Int64, participation: Rate) {
      precondition(slippageTicks >= 0, "slippage never helps")
      precondition(participation > .zero && participation <= .one, "a share of the volume")
      self.slippageTicks = slippageTicks
      self.participation = participation
    }
  }

  public static var reachesOutside: Bool { false }

  private let manners: Manners
  private var terms: [InstrumentDay?]
  private var resting: [Resting] = []
  private var lastTrade: UInt64 = 0

  public init(instruments: Int, manners: Manners) {
    self.manners = manners
    terms = Array(repeating: nil, count: instruments)
  }

  public mutating func observe(_ event: Event, into events: inout [Event]) {
    switch event.kind {
    case .dayBegan: expireAll(at: event.at, into: &events)
    case .terms(let day): terms[day.instrument.value] = day
    case .bar(let bar) where !resting.isEmpty: match(bar, at: event.at, into: &events)
    default: break
    }
  }

  public mutating func perform(_ command: Command, at instant: Instant, into events: inout [Event])
  {
    switch command {
    case .submit(let order):
      if let refusal = refusal(of: order) {
        events.append(Event(at: instant, .refused(order.id, refusal)))
        return
      }
      resting.append(Resting(order: order))
      events.append(Event(at: instant, .accepted(order.id)))
    case .cancel(let id):
      guard let index = resting.firstIndex(where: { $0.order.id == id }) else { return }
      resting.remove(at: index)
      events.append(Event(at: instant, .cancelled(id)))
    }
  }

  private func refusal(of order: Order) -> Refusal? {
    guard order.instrument.value < terms.count, let day = terms[order.instrument.value] else {
      return .unknownInstrument
    }
    if !day.isOnTick(order.limit) { return .offTick }
    if !day.isWithinLimits(order.limit) { return .outsideLimits }
    if order.lots > day.largestOrder { return .badLots }
    if order.offset == .open, !day.takes(order.lots, order.side, held: 0) { return .badLots }
    if resting.contains(where: { $0.order.id == order.id }) { return .duplicate }
    return nil
  }

  private mutating func expireAll(at instant: Instant, into events: inout [Event]) {
    for entry in resting { events.append(Event(at: instant, .expired(entry.order.id))) }
    resting.removeAll(keepingCapacity: true)
  }
}

/// An order in the exchange's hands.
private struct Resting: Sendable {
  let order: Order
  var filled: Int64 = 0

  var remaining: Int64 { order.lots - filled }
}

// MARK: - Matching

extension PaperExchange {
  /// Fills what the bar reached, oldest order first, within the bar's share of volume.
  private mutating func match(_ bar: Bar, at instant: Instant, into events: inout [Event]) {
    guard let day = terms[bar.instrument.value] else { return }
    var room = manners.participation.of(bar.volume)
    var index = 0
    while index < resting.count {
      let entry = resting[index]
      guard entry.order.instrument == bar.instrument, room > 0,
        let price = price(of: entry.order, in: bar, day)
      else {
        index += 1
        continue
      }
      let lots = min(entry.remaining, room)
      room -= lots
      events.append(Event(at: instant, .fill(trade(entry.order, lots: lots, price: price))))
      resting[index].filled += lots
      if resting[index].remaining == 0 { resting.remove(at: index) } else { index += 1 }
    }
  }

  private mutating func trade(_ order: Order, lots: Int64, price: Price) -> Fill {
    lastTrade += 1
    return Fill(
      trade: TradeID(lastTrade), order: order.id, instrument: order.instrument, side: order.side,
      offset: order.offset, lots: lots, price: price)
  }

  /// What the order gets within the bar: its opening price and slippage where that is within the limit, the limit
  /// itself where the bar traded through it, nothing where it stood locked at the day's limit against it.
  private func price(of order: Order, in bar: Bar, _ day: InstrumentDay) -> Price? {
    if isLocked(bar, against: order.side, day) { return nil }
    let sign = order.side.sign
    if (order.limit.units - bar.open.units) * sign >= 0 {
      let slipped = day.marketable(bar.open, order.side, ticks: manners.slippageTicks)
      return (slipped.units - order.limit.units) * sign > 0 ? order.limit : slipped
    }
    let best = order.side == .buy ? bar.low : bar.high
    return (order.limit.units - best.units) * sign > 0 ? order.limit : nil
  }

  /// At the upper limit nobody sells, at the lower nobody buys.
  private func isLocked(_ bar: Bar, against side: Side, _ day: InstrumentDay) -> Bool {
    guard bar.low == bar.high else { return false }
    return side == .buy ? bar.low == day.highest : bar.high == day.lowest
  }
}
