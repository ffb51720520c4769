public import Market

/// Makes longer bars of shorter ones, by session and trading day; history is the same code in a loop.
///
/// A bar is closed by the bar that reaches its end, by the first bar beyond it, or by the clock.
public struct Aggregator: Sendable {
  public let interval: BarInterval
  /// Bars that could not be placed: outside trading, or behind a bar already closed.
  public private(set) var strayBars = 0

  private let schedule: Schedule
  private var forming: FormingBar?
  private var closedUntil = Instant(nanoseconds: .min)

  public init(_ interval: BarInterval, schedule: Schedule) {
    self.interval = interval
    self.schedule = schedule
  }

  /// Takes the next bar and appends what it closes: nothing, one bar, or two where the last
  /// minutes of the bar before it are missing.
  public mutating func update(_ bar: Bar, into closed: inout [Bar]) {
    if let slot = forming?.slot, slot.covers(closing: bar.closedAt) {
      forming?.add(bar)
    } else {
      guard let slot = schedule.slot(closing: bar.closedAt, interval), slot.closes > closedUntil,
        forming.map({ $0.slot.closes < slot.closes }) ?? true
      else {
        strayBars += 1
        return
      }
      if let done = finish() { closed.append(done) }
      forming = FormingBar(slot: slot, first: bar)
    }
    if let done = close(at: bar.closedAt) { closed.append(done) }
  }

  /// Closes the bar that ends at or before `instant`; whoever calls has handed in all bars until then.
  public mutating func close(at instant: Instant) -> Bar? {
    guard let end = forming?.slot.closes, end <= instant else { return nil }
    return finish()
  }

  private mutating func finish() -> Bar? {
    guard let done = forming else { return nil }
    forming = nil
    closedUntil = done.slot.closes
    return done.bar
  }
}

extension Aggregator {
  /// All longer bars of a history, the last one closed by the clock.
  public static func bars(
    of history: [Bar], _ interval: BarInterval, schedule: Schedule
  ) -> [Bar] {
    var aggregator = Aggregator(interval, schedule: schedule)
    var closed: [Bar] = []
    for bar in history { aggregator.update(bar, into: &closed) }
    if let last = aggregator.close(at: Instant(nanoseconds: .max)) { closed.append(last) }
    return closed
  }
}

/// A bar that is not over yet.
private struct FormingBar: Sendable {
  let slot: Slot
  private(set) var bar: Bar

  init(slot: Slot, first: Bar) {
    self.slot = slot
    bar = Bar(
      instrument: first.instrument, tradingDay: slot.tradingDay, closedAt: slot.closes,
      open: first.open, high: first.high, low: first.low, close: first.close,
      volume: first.volume, turnover: first.turnover, openInterest: first.openInterest)
  }

  mutating func add(_ next: Bar) {
    bar = Bar(
      instrument: bar.instrument, tradingDay: bar.tradingDay, closedAt: bar.closedAt,
      open: bar.open, high: max(bar.high, next.high), low: min(bar.low, next.low),
      close: next.close, volume: bar.volume + next.volume, turnover: bar.turnover + next.turnover,
      openInterest: next.openInterest)
  }
}
