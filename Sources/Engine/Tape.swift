public import Market
public import Trading

/// The rules of an instrument for a day, given the last price before it; how they are known is the caller's affair.
public typealias DailyTerms =
  @Sendable (InstrumentIndex, TradingDay, _ reference: Price?) throws(RuleGap) -> InstrumentDay

/// What befalls an instrument at the beginning of a trading day, beside its terms.
public struct Turn: Hashable, Sendable {
  public let day: TradingDay
  public let kind: Event.Kind

  /// A continuous series goes on in another contract from a day on.
  public static func roll(
    on day: TradingDay, from old: InstrumentIndex, to new: InstrumentIndex
  ) -> Turn {
    Turn(day: day, kind: .rolled(from: old, to: new))
  }

  public static func action(_ action: CorporateAction) -> Turn {
    Turn(day: action.exDay, kind: .action(action))
  }
}

/// Histories of bars as the one stream of events that a live day would bring, in order of (close, instrument).
///
/// Before the first bar of a trading day come the day, its turns, and the terms of every instrument that trades in it;
/// after the last bar of an instant it is closed.
public struct Tape {
  private let histories: [[Bar]]
  private let terms: DailyTerms
  private var next: [Int]
  private var lastClose: [Price?]
  private var day: TradingDay?
  /// Oldest first; those before the first day of the tape are over.
  private let turns: [Turn]
  private var nextTurn = 0
  /// Which instruments have been told their terms of the current day.
  private var told: [Bool]
  private var queue: [Event] = []
  private var queued = 0
  private var remaining: Int

  /// One history per instrument index, each in order of time; `closes` are the last prices before them, where known.
  public init(
    _ histories: [[Bar]], closes: [Price?] = [], turns: [Turn] = [],
    terms: @escaping DailyTerms
  ) {
    precondition(closes.isEmpty || closes.count == histories.count, "a price per instrument")
    self.turns = turns.enumerated().sorted {
      ($0.element.day, $0.offset) < ($1.element.day, $1.offset)
    }
    .map(\.element)
    self.histories = histories
    self.terms = terms
    next = Array(repeating: 0, count: histories.count)
    lastClose = closes.isEmpty ? Array(repeating: nil, count: histories.count) : closes
    told = Array(repeating: false, count: histories.count)
    remaining = histories.reduce(0) { $0 + $1.count }
  }

  /// The next event; `nil` at the end of all histories.
  public mutating func advance() throws(RuleGap) -> Event? {
    if queued == queue.count {
      queue.removeAll(keepingCapacity: true)
      queued = 0
      guard remaining > 0 else { return nil }
      try fillInstant()
    }
    queued += 1
    return queue[queued - 1]
  }

  /// Queues all events of the earliest instant that has a bar left.
  private mutating func fillInstant() throws(RuleGap) {
    guard let instant = earliest() else { return }
    for index in histories.indices {
      while next[index] < histories[index].count, histories[index][next[index]].closedAt == instant
      {
        let bar = histories[index][next[index]]
        next[index] += 1
        remaining -= 1
        try announce(bar, at: instant)
        queue.append(Event(at: instant, .bar(bar)))
        lastClose[index] = bar.close
      }
    }
    queue.append(Event(at: instant, .instantClosed))
  }

  private func earliest() -> Instant? {
    var found: Instant?
    for index in histories.indices where next[index] < histories[index].count {
      let closes = histories[index][next[index]].closedAt
      if found.map({ closes < $0 }) ?? true { found = closes }
    }
    return found
  }

  /// Queues the day and the instrument's terms where the bar is the first to need them.
  private mutating func announce(_ bar: Bar, at instant: Instant) throws(RuleGap) {
    if day.map({ $0 < bar.tradingDay }) ?? true { begin(bar.tradingDay, at: instant) }
    let index = bar.instrument.value
    guard !told[index] else { return }
    told[index] = true
    let rules = try terms(bar.instrument, bar.tradingDay, lastClose[index])
    queue.append(Event(at: instant, .terms(rules)))
  }
}

extension Tape {
  private mutating func begin(_ new: TradingDay, at instant: Instant) {
    let isFirst = day == nil
    day = new
    for index in told.indices { told[index] = false }
    queue.append(Event(at: instant, .dayBegan(new)))
    while nextTurn < turns.count, turns[nextTurn].day <= new {
      if !isFirst { queue.append(Event(at: instant, turns[nextTurn].kind)) }
      nextTurn += 1
    }
  }
}

/// Plays a tape through a loop to its end: a backtest.
public func play<V: Venue, F: Forecasting, R: Recording>(
  _ tape: Tape, through loop: inout TradingLoop<V, F, R>
) throws(RuleGap) {
  var tape = tape
  while let event = try tape.advance() { loop.take(event) }
}
