public import Market
public import Trading

/// The rules of an instrument for a day, given the last price before it; how they are known is the caller's affair.
public typealias DailyTerms =
  @Sendable (InstrumentIndex, TradingDay, _ reference: Price?) throws(RuleGap) -> InstrumentDay

/// Histories of bars as the one stream of events that a live day would bring, in order of (close, instrument).
///
/// Before the first bar of a trading day come the day and the terms of every instrument that trades in it;
/// after the last bar of an instant it is closed.
public struct Tape {
  private let histories: [[Bar]]
  private let terms: DailyTerms
  private var next: [Int]
  private var lastClose: [Price?]
  private var day: TradingDay?
  /// Which instruments have been told their terms of the current day.
  private var told: [Bool]
  private var queue: [Event] = []
  private var queued = 0
  private var remaining: Int

  /// One history per instrument index, each in order of time.
  public init(_ histories: [[Bar]], terms: @escaping DailyTerms) {
    self.histories = histories
    self.terms = terms
    next = Array(repeating: 0, count: histories.count)
    lastClose = Array(repeating: nil, count: histories.count)
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
    if day.map({ $0 < bar.tradingDay }) ?? true {
      day = bar.tradingDay
      for index in told.indices { told[index] = false }
      queue.append(Event(at: instant, .dayBegan(bar.tradingDay)))
    }
    let index = bar.instrument.value
    guard !told[index] else { return }
    told[index] = true
    let rules = try terms(bar.instrument, bar.tradingDay, lastClose[index])
    queue.append(Event(at: instant, .terms(rules)))
  }
}

/// Plays a tape through a loop to its end: a backtest.
public func play<V: Venue, F: Forecasting, R: Recording>(
  _ tape: Tape, through loop: inout TradingLoop<V, F, R>
) throws(RuleGap) {
  var tape = tape
  while let event = try tape.advance() { loop.take(event) }
}
