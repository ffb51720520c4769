public import Market
public import Trading

/// One line of a run: what came in, what followed from it, what was asked and what was turned down.
public enum Record: Hashable, Sendable {
  /// An event from outside, as the loop took it.
  case taken(Event)
  /// An event the loop made itself: a forecast, or a report of the embedded exchange.
  case caused(Event)
  case command(Command, at: Instant)
  case denial(Denial, at: Instant)
  case alarm(Alarm, at: Instant)

  public var at: Instant {
    switch self {
    case .taken(let event), .caused(let event): event.at
    case .command(_, let at), .denial(_, let at), .alarm(_, let at): at
    }
  }
}

/// Where a run's records go.
public protocol Recording {
  mutating func append(_ record: Record)
  /// Makes everything appended so far survive a crash; called before a command leaves the process.
  mutating func secure()
}

/// Records kept in memory, for backtests and tests.
public struct RecordList: Recording, Sendable {
  public private(set) var records: [Record] = []

  public init() {}

  public mutating func append(_ record: Record) { records.append(record) }

  public mutating func secure() {}
}

/// Keeps no record at all, only how many there were.
public struct RecordCount: Recording, Sendable {
  public private(set) var count = 0

  public init() {}

  public mutating func append(_ record: Record) { count += 1 }

  public mutating func secure() {}
}
