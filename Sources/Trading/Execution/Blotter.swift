public import Market

/// One order the desk has sent and how far it has come.
public struct Ticket: Hashable, Sendable {
  public let order: Order
  public internal(set) var state = OrderState.sent
  public internal(set) var filled: Int64 = 0
  public internal(set) var isCancelling = false
  /// Bars of its instrument that have closed since it was sent.
  var ageBars = 0
  /// The lots its close lays a hand on.
  var frozen = Lots.none
  /// The margin its opening keeps aside.
  var reserved = Money.zero
  /// What its trades have cost.
  public internal(set) var charge = OrderCharge()

  init(_ order: Order) {
    self.order = order
  }

  public var remaining: Int64 { order.lots - filled }

  /// A new day: the lots of today it works on are yesterday's.
  mutating func roll() {
    frozen = Lots(today: 0, yesterday: frozen.total)
  }
}

/// The desk's working orders, the names it has given out, and the trades it has already booked.
public struct Blotter: Hashable, Sendable {
  /// Working orders, oldest first; a finished one leaves.
  public internal(set) var tickets: [Ticket] = []
  private var lastOrder: UInt64
  private var booked: Set<TradeID> = []

  /// `lastOrder` is the last name given out before: none is ever used twice.
  public init(lastOrder: UInt64 = 0) {
    self.lastOrder = lastOrder
  }

  mutating func beginDay() {
    booked.removeAll(keepingCapacity: true)
    for index in tickets.indices { tickets[index].roll() }
  }

  mutating func nextName() -> OrderID {
    lastOrder += 1
    return OrderID(lastOrder)
  }

  mutating func enter(_ ticket: Ticket) {
    tickets.append(ticket)
  }

  func index(of order: OrderID) -> Int? {
    tickets.firstIndex { $0.order.id == order }
  }

  /// Takes a finished order off the blotter.
  mutating func finish(_ index: Int, as state: OrderState) -> Ticket {
    var ticket = tickets.remove(at: index)
    ticket.state = state
    return ticket
  }

  /// Whether this trade has not been booked before; from now on it has.
  mutating func isNew(_ trade: TradeID) -> Bool {
    booked.insert(trade).inserted
  }

  mutating func age(_ instrument: InstrumentIndex) {
    for index in tickets.indices where tickets[index].order.instrument == instrument {
      tickets[index].ageBars += 1
    }
  }

  /// Lots that working orders may still open, in the instruments asked for.
  func opening(_ isCounted: (InstrumentIndex) -> Bool) -> Int64 {
    tickets.reduce(0) { sum, ticket in
      ticket.order.offset == .open && isCounted(ticket.order.instrument)
        ? sum + max(ticket.remaining, 0) : sum
    }
  }

  /// Lots still to come for an instrument, buys less sells.
  public func pending(_ instrument: InstrumentIndex) -> Int64 {
    tickets.reduce(0) { sum, ticket in
      ticket.order.instrument == instrument ? sum + ticket.order.side.sign * ticket.remaining : sum
    }
  }
}
