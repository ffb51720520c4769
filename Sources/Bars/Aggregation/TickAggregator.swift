public import Market

/// Makes bars of quotes: a bar is made of trades, so a quote counts where the day's volume has grown.
public struct TickAggregator: Sendable {
  /// Quotes passed over because they lie outside trading.
  public private(set) var outside = 0
  /// Quotes passed over because something newer was known.
  public private(set) var stale = 0

  private var gate: TickGate
  private var aggregator: Aggregator
  private let schedule: Schedule
  private let instrument: InstrumentIndex
  private var day: TradingDay?
  private var volume: Int64 = 0
  private var turnover = 0.0

  public init(_ interval: BarInterval, schedule: Schedule, instrument: InstrumentIndex) {
    self.schedule = schedule
    gate = TickGate(schedule)
    aggregator = Aggregator(interval, schedule: schedule)
    self.instrument = instrument
  }

  /// Takes the next quote and appends the bars it closes. `turnover` counts, as the volume does, from
  /// the start of the trading day.
  public mutating func update(_ quote: Quote, turnover money: Double, into closed: inout [Bar]) {
    switch gate.judge(at: quote.at, volume: quote.volume) {
    case .outside: outside += 1
    case .stale: stale += 1
    case .counts(let slot): add(quote, money, slot, &closed)
    }
    // Only once the last trades of a session have been told is its last bar over.
    let told = quote.at.advanced(byNanos: -Schedule.lateNanos)
    if let done = aggregator.close(at: told) { closed.append(done) }
  }

  /// Closes the bar that ends at or before `instant`, whether or not another quote comes.
  public mutating func close(at instant: Instant) -> Bar? {
    aggregator.close(at: instant)
  }

  private mutating func add(_ quote: Quote, _ money: Double, _ slot: Slot, _ closed: inout [Bar]) {
    let (before, moneyBefore) = told(before: quote, money, slot)
    (day, volume, turnover) = (slot.tradingDay, quote.volume, money)
    guard let price = quote.last, quote.volume > before else { return }
    let bar = Bar(
      instrument: instrument, tradingDay: slot.tradingDay, closedAt: stamp(quote.at, in: slot),
      open: price, high: price, low: price, close: price, volume: quote.volume - before,
      turnover: max(0, money - moneyBefore), openInterest: quote.openInterest)
    aggregator.update(bar, into: &closed)
  }

  /// What the day had traded when the quote came. A first quote in the midst of a day says nothing of
  /// what the minutes before it traded, and must not book it on its own.
  private func told(before quote: Quote, _ money: Double, _ slot: Slot) -> (Int64, Double) {
    if day == slot.tradingDay { return (volume, turnover) }
    let isFirstMinute = schedule.slot(of: slot.tradingDay)?.opens == slot.opens
    return isFirstMinute ? (0, 0) : (quote.volume, money)
  }

  /// An instant at which the aggregator books the quote in its slot without closing it.
  private func stamp(_ instant: Instant, in slot: Slot) -> Instant {
    if instant < slot.opens { return slot.opens }
    return min(instant.advanced(byNanos: 1), slot.closes.advanced(byNanos: -1))
  }
}

extension TickAggregator {
  /// All bars of a history of quotes whose trading is over by `clock`.
  public static func bars(
    of quotes: QuoteColumns, _ interval: BarInterval, schedule: Schedule,
    instrument: InstrumentIndex, clock: Instant
  ) -> (bars: [Bar], outside: Int, stale: Int) {
    var aggregator = TickAggregator(interval, schedule: schedule, instrument: instrument)
    var closed: [Bar] = []
    for row in 0..<quotes.count {
      aggregator.update(
        quotes.quote(row, of: instrument), turnover: quotes.turnover[row], into: &closed)
    }
    if let last = aggregator.close(at: clock) { closed.append(last) }
    return (closed, aggregator.outside, aggregator.stale)
  }
}
