import Engine
import Market
import Research
import Trading

/// Goes along with a replay: makes every forecast anew, holds it against the recorded one, and notes what
/// changed the lots that are wanted.
struct OrderTrace {
  private(set) var reasons: [OrderReason] = []
  /// Forecasts made anew with the bits they had.
  private(set) var forecastsMade = 0
  /// The first forecast that came out otherwise.
  private(set) var difference: Difference?

  /// A forecast as it is recorded and as it comes out; one of them may be missing.
  struct Difference {
    let at: Instant
    let recorded: Forecast?
    let made: Forecast?
  }

  /// `nil` for a run without a model: then forecasts are taken as they are recorded.
  private var forecasts: Forecasts?
  private let hasGate: Bool
  /// Made anew, and not yet met in the records.
  private var due: ArraySlice<Forecast> = []
  private var isClosed = false
  /// By instrument.
  private var targets: [Int64]
  private var causes: [(cause: OrderCause, belief: OrderReason.Belief?)]
  private var latest: [OrderReason.Belief?]

  init(_ forecasts: Forecasts?, hasGate: Bool, instruments: Int) {
    self.forecasts = forecasts
    self.hasGate = hasGate
    targets = Array(repeating: 0, count: instruments)
    causes = Array(repeating: (.unknown, nil), count: instruments)
    latest = Array(repeating: nil, count: instruments)
  }

  mutating func follow(_ event: Event, _ desk: Desk, _ decisions: Decisions) {
    guard difference == nil else { return }
    compare(event)
    for instrument in event.instruments { note(event, instrument, desk.target(instrument)) }
    for case .submit(let order) in decisions.commands {
      let reason = causes[order.instrument.value]
      reasons.append(
        OrderReason(
          order: order, sentAt: event.at, cause: reason.cause,
          belief: reason.belief ?? latest[order.instrument.value]))
    }
  }

  /// A change that a fill brings is the end of another one's.
  private mutating func note(_ event: Event, _ instrument: InstrumentIndex, _ target: Int64) {
    let index = instrument.value
    guard target != targets[index] else { return }
    targets[index] = target
    switch event.kind {
    case .forecast: causes[index] = (target == 0 ? .exit : .enter, latest[index])
    case .bar: causes[index] = (hasGate ? .stop : .cross, nil)
    case .rolled: causes[index] = (.roll, nil)
    case .terms: causes[index] = (.leave, nil)
    default: break
    }
  }
}

// MARK: - Forecasts made anew

extension OrderTrace {
  /// The loop asks after each bar, and once more before an instant is closed.
  private mutating func compare(_ event: Event) {
    guard forecasts != nil else { return }
    switch event.kind {
    case .bar(let bar):
      expectNone(at: event.at)
      if let made = forecasts?.forecast(after: bar) { due = [made] }
    case .forecast(let recorded):
      if due.isEmpty { close(event.at) }
      meet(recorded, at: event.at)
    case .instantClosed:
      expectNone(at: event.at)
      close(event.at)
      expectNone(at: event.at)
      isClosed = false
    default: break
    }
  }

  private mutating func close(_ instant: Instant) {
    guard !isClosed else { return }
    isClosed = true
    due += forecasts?.forecasts(closing: instant) ?? []
  }

  private mutating func expectNone(at instant: Instant) {
    if let made = due.first, difference == nil {
      difference = Difference(at: instant, recorded: nil, made: made)
    }
  }

  private mutating func meet(_ recorded: Forecast, at instant: Instant) {
    let next = due.popFirst()
    guard let made = next, made == recorded,
      made.expectedReturn.bitPattern == recorded.expectedReturn.bitPattern,
      let input = forecasts?.input(of: recorded.instrument)
    else {
      difference = Difference(at: instant, recorded: recorded, made: next)
      return
    }
    forecastsMade += 1
    latest[recorded.instrument.value] = OrderReason.Belief(
      at: instant, forecast: recorded, input: input)
  }
}

extension Event {
  /// Whose wanted lots it can change.
  fileprivate var instruments: [InstrumentIndex] {
    switch kind {
    case .forecast(let forecast): [forecast.instrument]
    case .bar(let bar): [bar.instrument]
    case .terms(let terms): [terms.instrument]
    case .rolled(let old, let new): [old, new]
    case .fill(let fill): [fill.instrument]
    default: []
    }
  }
}
