public import Market
public import Trading

/// The only loop there is. Backtest, paper and live differ in who calls `take` and in the venue.
public struct TradingLoop<V: Venue, F: Forecasting, R: Recording> {
  public private(set) var desk: Desk
  public var recorder: R
  private var venue: V
  private var forecaster: F
  private var pending: [Event] = []
  private var decisions = Decisions()

  public init(desk: Desk, venue: V, forecaster: F, recorder: R) {
    self.desk = desk
    self.venue = venue
    self.forecaster = forecaster
    self.recorder = recorder
  }

  /// The same loop, as it stands, with its records going elsewhere from now on.
  public consuming func recording<S: Recording>(into other: S) -> TradingLoop<V, F, S> {
    var loop = TradingLoop<V, F, S>(
      desk: desk, venue: venue, forecaster: forecaster, recorder: other)
    loop.pending = pending
    return loop
  }

  /// Takes one event from outside and everything it causes, to the end.
  ///
  /// The venue sees it first, so that what it matches stands in the books before the desk decides; the desk
  /// decides when the instant is closed, so that an order rests for the next bar at the earliest; forecasts
  /// that compare all instruments come just before.
  public mutating func take(_ event: Event) {
    venue.observe(event, into: &pending)
    settlePending()
    if case .instantClosed = event.kind {
      pending += forecaster.forecasts(closing: event.at).map { Event(at: event.at, .forecast($0)) }
      settlePending()
    }
    recorder.append(.taken(event))
    step(event)
    if case .bar(let bar) = event.kind, let forecast = forecaster.forecast(after: bar) {
      pending.append(Event(at: event.at, .forecast(forecast)))
    }
    settlePending()
  }

  /// Steps through caused events in the order they arose, with those that they cause in turn.
  private mutating func settlePending() {
    var next = 0
    while next < pending.count {
      let event = pending[next]
      recorder.append(.caused(event))
      step(event)
      next += 1
    }
    pending.removeAll(keepingCapacity: true)
  }

  private mutating func step(_ event: Event) {
    desk.step(event, into: &decisions)
    guard !decisions.isEmpty else { return }
    for alarm in decisions.alarms { recorder.append(.alarm(alarm, at: event.at)) }
    for denial in decisions.denials { recorder.append(.denial(denial, at: event.at)) }
    for command in decisions.commands { recorder.append(.command(command, at: event.at)) }
    if V.reachesOutside, !decisions.commands.isEmpty { recorder.secure() }
    for command in decisions.commands {
      venue.perform(command, at: event.at, into: &pending)
    }
    decisions.clear()
  }
}

/// Says nothing: for strategies that look at bars alone.
public struct NoForecasts: Forecasting, Sendable {
  public init() {}

  public mutating func forecast(after bar: Bar) -> Forecast? { nil }
}
