public import Market
public import Trading

/// An exchange inside the process: an order rests until a later bar trades at its limit or better.
///
/// It holds no money and no clock. An order can never meet the bar that caused it, since the loop shows a bar
/// to the exchange before the desk sees it. What it takes is in `Admission.swift`, what a bar fills in
/// `Matching.swift`, trading at the closing price in `AfterHours.swift`.
public struct PaperExchange: Venue, Sendable {
  /// How kind the exchange is to orders.
  public struct Manners: Hashable, Sendable {
    /// What a marketable order pays beyond the bar's opening price.
    public let slippageTicks: Int64
    /// The share of a bar's volume that one order may take.
    public let participation: Rate
    /// The volume of after-hours trading as a share of the day's, where no bar tells it.
    public let afterHoursShare: Rate

    public init(
      slippageTicks: Int64, participation: Rate, afterHoursShare: Rate = Rate(basisPoints: 10)
    ) {
      precondition(slippageTicks >= 0, "slippage never helps")
      precondition(participation > .zero && participation <= .one, "a share of the volume")
      precondition(afterHoursShare >= .zero && afterHoursShare <= .one, "a share of the volume")
      self.slippageTicks = slippageTicks
      self.participation = participation
      self.afterHoursShare = afterHoursShare
    }
  }

  public static var reachesOutside: Bool { false }

  let manners: Manners
  var terms: [InstrumentDay?]
  var seen: [SeenDay]
  var custody: Custody
  /// Oldest first.
  var resting: [Resting] = []
  private var lastTrade: UInt64 = 0

  public init(instruments: Int, manners: Manners) {
    self.manners = manners
    terms = Array(repeating: nil, count: instruments)
    seen = Array(repeating: SeenDay(), count: instruments)
    custody = Custody(instruments: instruments)
  }

  public mutating func observe(_ event: Event, into events: inout [Event]) {
    if !resting.isEmpty { tradeAfterHours(at: event.at, into: &events) }
    switch event.kind {
    case .dayBegan: beginDay(at: event.at, into: &events)
    case .terms(let day): terms[day.instrument.value] = day
    case .bar(let bar): take(bar, at: event.at, into: &events)
    default: break
    }
  }

  public mutating func perform(_ command: Command, at instant: Instant, into events: inout [Event])
  {
    switch command {
    case .submit(let order):
      if let refusal = refusal(of: order, at: instant) {
        events.append(Event(at: instant, .refused(order.id, refusal)))
        return
      }
      resting.append(Resting(order: order))
      events.append(Event(at: instant, .accepted(order.id)))
    case .cancel(let id):
      guard let index = resting.firstIndex(where: { $0.order.id == id }) else { return }
      guard mayCancel(resting[index].order, at: instant) else {
        events.append(Event(at: instant, .cancelRefused(id)))
        return
      }
      resting.remove(at: index)
      events.append(Event(at: instant, .cancelled(id)))
    }
  }

  /// What was not traded is gone, and what was bought yesterday may be sold.
  private mutating func beginDay(at instant: Instant, into events: inout [Event]) {
    expire(at: instant, into: &events) { _ in true }
    custody.beginDay()
    for index in seen.indices { seen[index] = SeenDay() }
  }

  private mutating func take(_ bar: Bar, at instant: Instant, into events: inout [Event]) {
    guard let day = terms[bar.instrument.value] else { return }
    let kind = seen[bar.instrument.value].kind(of: bar, day)
    if !resting.isEmpty { match(bar, kind, day, at: instant, into: &events) }
    seen[bar.instrument.value].see(bar, kind)
    guard !resting.isEmpty else { return }
    let hasClosed = day.hasClosed(at: bar.closedAt)
    expire(at: instant, into: &events) { order in
      order.instrument == bar.instrument && order.lifetime != .afterHours
        && (hasClosed || order.lifetime != .day)
    }
  }

  /// Takes orders out whose time is over.
  private mutating func expire(
    at instant: Instant, into events: inout [Event], where isOver: (Order) -> Bool
  ) {
    for entry in resting where isOver(entry.order) {
      events.append(Event(at: instant, .expired(entry.order.id)))
    }
    resting.removeAll { isOver($0.order) }
  }

  /// Trades a part of the order at `index`, or all that is left of it; it leaves when nothing is.
  mutating func trade(
    _ index: Int, lots: Int64, price: Price, _ day: InstrumentDay, at instant: Instant,
    into events: inout [Event]
  ) {
    let order = resting[index].order
    lastTrade += 1
    let fill = Fill(
      trade: TradeID(lastTrade), order: order.id, instrument: order.instrument, side: order.side,
      offset: order.offset, lots: lots, price: price)
    custody.book(fill, day)
    events.append(Event(at: instant, .fill(fill)))
    resting[index].filled += lots
    if resting[index].remaining == 0 { resting.remove(at: index) }
  }
}

/// An order in the exchange's hands.
struct Resting: Sendable {
  let order: Order
  var filled: Int64 = 0

  var remaining: Int64 { order.lots - filled }
}
