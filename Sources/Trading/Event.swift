public import Market

/// Something that happened, at the time the loop learned of it.
public struct Event: Hashable, Sendable {
  public let at: Instant
  public let kind: Kind

  public enum Kind: Hashable, Sendable {
    /// A trading day starts: what was bought yesterday ages, and the day's counters begin anew.
    case dayBegan(TradingDay)
    /// The rules of one instrument for the day that has begun.
    indirect case terms(InstrumentDay)
    /// A continuous series goes on in another contract: what was wanted of the old one is wanted of the new.
    case rolled(from: InstrumentIndex, to: InstrumentIndex)
    /// A share trades without a right from this day on: whoever holds it has the shares or the money.
    indirect case action(CorporateAction)
    case bar(Bar)
    /// All bars of this instant are in.
    case instantClosed
    case forecast(Forecast)
    case accepted(OrderID)
    case refused(OrderID, Refusal)
    case fill(Fill)
    case cancelled(OrderID)
    /// A cancel came to nothing: the order works on.
    case cancelRefused(OrderID)
    case expired(OrderID)
  }

  public init(at: Instant, _ kind: Kind) {
    self.at = at
    self.kind = kind
  }
}

/// What the desk asks of a venue.
public enum Command: Hashable, Sendable {
  case submit(Order)
  case cancel(OrderID)
}

/// A wish that risk turned down, with the figure that was too large and the limit it met.
public struct Denial: Hashable, Sendable {
  public let instrument: InstrumentIndex
  public let rule: RiskRule
  public let side: Side
  public let offset: Offset
  public let lots: Int64
  public let limit: Price
  /// What the order would have come to, in the rule's unit: price units, lots, minor money or days.
  public let measured: Int64
  public let allowed: Int64

  public init(
    instrument: InstrumentIndex, rule: RiskRule, side: Side, offset: Offset, lots: Int64,
    limit: Price, measured: Int64, allowed: Int64
  ) {
    self.instrument = instrument
    self.rule = rule
    self.side = side
    self.offset = offset
    self.lots = lots
    self.limit = limit
    self.measured = measured
    self.allowed = allowed
  }
}

/// Something no healthy day brings; it is booked as far as it can be, and a person must look.
public enum Alarm: Hashable, Sendable {
  /// A trade of an order the desk does not work (any more).
  case strayFill(OrderID)
  /// A trade beyond what was ordered.
  case overfill(OrderID)
  /// A report about an order the desk never sent.
  case strayReport(OrderID)
  /// A trade that closes lots which are not held.
  case missingLots(OrderID)
  /// A position that must be gone by this day's close, and is being closed.
  case mustLeave(InstrumentIndex)
}

/// What one step of the desk brought forth; the caller keeps and empties it, so that no step allocates.
public struct Decisions: Sendable {
  public var commands: [Command] = []
  public var denials: [Denial] = []
  public var alarms: [Alarm] = []

  public init() {}

  public var isEmpty: Bool { commands.isEmpty && denials.isEmpty && alarms.isEmpty }

  public mutating func clear() {
    commands.removeAll(keepingCapacity: true)
    denials.removeAll(keepingCapacity: true)
    alarms.removeAll(keepingCapacity: true)
  }
}

/// The other side of every command. A simulated venue answers at once into `events`; a real one answers
/// later, through the inbox, and leaves them alone.
public protocol Venue {
  /// Whether commands leave this process, so that their records must be durable first.
  static var reachesOutside: Bool { get }
  /// Shows the venue an event before the desk sees it; a simulated venue matches here.
  mutating func observe(_ event: Event, into events: inout [Event])
  /// Carries a command out.
  mutating func perform(_ command: Command, at instant: Instant, into events: inout [Event])
}
