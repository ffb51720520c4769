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
/// after the last bar of an instant it is closed. Bars within a day bring these with the first of them. A day's one
/// bar would bring them when nobody takes orders any more: then they come when its hours begin, and that instant is
/// closed too, so that what was wished for after the last close goes to the opening.
public struct Tape {
  private let histories: [[Bar]]
  private let tellsOpenings: Bool
  private let terms: DailyTerms
  private var next: [Int]
  private var lastClose: [Price?]
  private var day: TradingDay?
  /// Oldest first; those before the first day of the tape are over.
  private let turns: [Turn]
  private var nextTurn = 0
  /// The day whose terms each instrument was told last.
  private var told: [TradingDay?]
  /// What each instrument will be told when its next day begins.
  private var ahead: [InstrumentDay?]
  private var now: Instant?
  private var queue: [Event] = []
  private var queued = 0
  private var remaining: Int

  /// One history per instrument index, each in order of time; `closes` are the last prices before them, where known.
  /// `tellsOpenings` is for bars of a day.
  public init(
    _ histories: [[Bar]], closes: [Price?] = [], turns: [Turn] = [], tellsOpenings: Bool = false,
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
    told = Array(repeating: nil, count: histories.count)
    ahead = Array(repeating: nil, count: histories.count)
    self.tellsOpenings = tellsOpenings
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

  /// Queues all events of the earliest instant that has a bar left, or of the opening before it.
  private mutating func fillInstant() throws(RuleGap) {
    guard let instant = earliest() else { return }
    if tellsOpenings, try open(before: instant) { return }
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
    close(instant)
  }

  private mutating func close(_ instant: Instant) {
    queue.append(Event(at: instant, .instantClosed))
    now = instant
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
    let index = bar.instrument.value
    guard told[index] != bar.tradingDay else { return }
    announce(try terms(of: bar), at: instant)
  }

  private mutating func announce(_ rules: InstrumentDay, at instant: Instant) {
    if day.map({ $0 < rules.day }) ?? true { begin(rules.day, at: instant) }
    told[rules.instrument.value] = rules.day
    ahead[rules.instrument.value] = nil
    queue.append(Event(at: instant, .terms(rules)))
  }

  /// Asked once, when the instrument's bar before is told.
  private func terms(of bar: Bar) throws(RuleGap) -> InstrumentDay {
    let index = bar.instrument.value
    if let rules = ahead[index] { return rules }
    return try terms(bar.instrument, bar.tradingDay, lastClose[index])
  }

  private mutating func begin(_ new: TradingDay, at instant: Instant) {
    let isFirst = day == nil
    day = new
    queue.append(Event(at: instant, .dayBegan(new)))
    while nextTurn < turns.count, turns[nextTurn].day <= new {
      if !isFirst { queue.append(Event(at: instant, turns[nextTurn].kind)) }
      nextTurn += 1
    }
  }
}

// MARK: - Openings

extension Tape {
  /// Queues the earliest opening before the bars of `closing`; `false` where there is none.
  private mutating func open(before closing: Instant) throws(RuleGap) -> Bool {
    var found: Instant?
    for index in histories.indices {
      guard let opens = try opening(of: index), opens < found ?? closing else { continue }
      found = opens
    }
    guard let found else { return false }
    for index in histories.indices where try opening(of: index) == found {
      if let rules = ahead[index] { announce(rules, at: found) }
    }
    close(found)
    return true
  }

  /// When the hours of an instrument's next day begin, if that is to be told: never before what was told already, and
  /// not where the bar itself comes as early.
  private mutating func opening(of index: Int) throws(RuleGap) -> Instant? {
    guard next[index] < histories[index].count else { return nil }
    let bar = histories[index][next[index]]
    guard told[index] != bar.tradingDay else { return nil }
    let rules = try terms(of: bar)
    ahead[index] = rules
    guard let opens = rules.sessions.first?.opens else { return nil }
    let begins = max(opens, now ?? opens)
    return begins < bar.closedAt ? begins : nil
  }
}

/// Plays a tape through a loop to its end: a backtest.
public func play<V: Venue, F: Forecasting, R: Recording>(
  _ tape: Tape, through loop: inout TradingLoop<V, F, R>
) throws(RuleGap) {
  var tape = tape
  while let event = try tape.advance() { loop.take(event) }
}
