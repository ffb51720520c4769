public import Engine
internal import Features
public import Market
public import Models
public import Trading
public import Training
public import VenuePaper

/// Repeats the out-of-sample forecasts of a walk: a backtest on them sees nothing the model has learned from.
public struct EvidenceForecasts: Forecasting, Sendable {
  /// What was forecast of one series, in the order of time.
  fileprivate struct Column: Sendable {
    var instants: [Instant] = []
    var returns: [Double] = []
    /// Bars come in order, so the next forecast is looked for behind the last.
    var next = 0
  }

  private var columns: [Column]
  private let model: ModelID
  private let deviation: Double
  private let horizonBars: Int32

  /// `places` holds, by series, which of the model's it is; left out for a model of one.
  public init(
    _ evidence: Evidence, model: ModelID, deviation: Double, places: [Int?] = [0]
  ) {
    var own = [Column](repeating: Column(), count: 1 + (places.compactMap { $0 }.max() ?? 0))
    for row in evidence.instants.indices {
      let place = Int(evidence.instruments[row])
      guard place < own.count else { continue }
      own[place].instants.append(evidence.instants[row])
      own[place].returns.append(evidence.forecasts[row])
    }
    columns = places.map { $0.map { own[$0] } ?? Column() }
    self.model = model
    self.deviation = deviation
    horizonBars = Int32(evidence.horizonBars)
  }

  public mutating func forecast(after bar: Bar) -> Forecast? {
    guard columns.indices.contains(bar.instrument.value) else { return nil }
    return columns[bar.instrument.value].next(at: bar.closedAt).map { expected in
      Forecast(
        instrument: bar.instrument, model: model, expectedReturn: expected, deviation: deviation,
        horizonBars: horizonBars)
    }
  }
}

extension EvidenceForecasts.Column {
  fileprivate mutating func next(at instant: Instant) -> Double? {
    while next < instants.count, instants[next] < instant { next += 1 }
    return next < instants.count && instants[next] == instant ? returns[next] : nil
  }
}

extension Evidence {
  /// The trading day of the first forecast: a backtest on evidence begins there.
  public func firstDay(of bars: [Bar]) -> TradingDay? {
    guard let first = instants.first else { return bars.first?.tradingDay }
    return bars.first { first <= $0.closedAt }?.tradingDay
  }
}

/// Where forecasts come from in a run; a closed family, so that one loop serves them all.
public enum Forecasts: Forecasting, Sendable {
  /// None: for strategies that look at bars alone.
  case none
  case evidence(EvidenceForecasts)
  case model(Forecaster)
  case panel(PanelForecaster)
  /// Either of the two, shown adjusted bars of what is traded raw.
  indirect case adjusted(AdjustedForecasts)

  public mutating func forecast(after bar: Bar) -> Forecast? {
    switch self {
    case .none: return nil
    case .evidence(var evidence):
      self = .none
      defer { self = .evidence(evidence) }
      return evidence.forecast(after: bar)
    case .model(var forecaster):
      self = .none
      defer { self = .model(forecaster) }
      return forecaster.forecast(after: bar)
    case .panel(var panel):
      self = .none
      defer { self = .panel(panel) }
      return panel.forecast(after: bar)
    case .adjusted(var adjusted):
      self = .none
      defer { self = .adjusted(adjusted) }
      return adjusted.forecast(after: bar)
    }
  }

  public mutating func forecasts(closing instant: Instant) -> [Forecast] {
    switch self {
    case .none, .evidence, .model: return []
    case .panel(var panel):
      self = .none
      defer { self = .panel(panel) }
      return panel.forecasts(closing: instant)
    case .adjusted(var adjusted):
      self = .none
      defer { self = .adjusted(adjusted) }
      return adjusted.forecasts(closing: instant)
    }
  }

  /// What an instrument's forecast was made from; to be asked right after it. `nil` where no model is asked.
  public func input(of instrument: InstrumentIndex) -> ForecastInput? {
    switch self {
    case .none, .evidence: nil
    case .model(let forecaster): forecaster.input(of: instrument)
    case .panel(let panel): panel.input(of: instrument)
    case .adjusted(let adjusted): adjusted.input(of: instrument)
    }
  }

  /// Shows bars of the past in the order in which a run would have met them.
  mutating func warm(_ bars: [[Bar]]) {
    let timeline = Chronology(of: bars.map { $0.map(\.closedAt) })
    var next = [Int](repeating: 0, count: bars.count)
    for moment in 0..<timeline.count {
      for row in timeline.rows(at: moment) {
        let instrument = Int(timeline.instruments[row])
        let bar = bars[instrument][next[instrument]]
        next[instrument] += 1
        _ = forecast(after: bar)
        if row + 1 == timeline.rows(at: moment).upperBound { _ = forecasts(closing: bar.closedAt) }
      }
    }
  }
}

/// The loop of a paper run or a backtest: the same desk, the same exchange, whoever records.
public typealias PaperLoop<R: Recording> = TradingLoop<PaperExchange, Forecasts, R>

/// What a run is made of, before anyone records it.
public struct Simulation: Sendable {
  public let desk: Desk
  public let venue: PaperExchange
  public let forecasts: Forecasts
  public let histories: [[Bar]]
  public let terms: DailyTerms
  /// Rolls and corporate actions on the way.
  public let turns: [Turn]
  /// The last price of each instrument before the run, where known.
  public let closes: [Price?]
  /// Whether a day is told when its hours begin; for bars of a day.
  public let tellsOpenings: Bool

  /// `warmUp` bars come before the run: the features see them, the desk does not.
  public init(
    desk: Desk, venue: PaperExchange, forecasts: Forecasts, warmUp: [[Bar]], histories: [[Bar]],
    closes: [Price?] = [], turns: [Turn] = [], tellsOpenings: Bool = false,
    terms: @escaping DailyTerms
  ) {
    self.closes = closes
    self.turns = turns
    self.tellsOpenings = tellsOpenings
    self.desk = desk
    self.venue = venue
    self.histories = histories
    self.terms = terms
    var warmed = forecasts
    warmed.warm(warmUp)
    self.forecasts = warmed
  }

  public func loop<R: Recording>(recorder: R) -> PaperLoop<R> {
    TradingLoop(desk: desk, venue: venue, forecaster: forecasts, recorder: recorder)
  }

  public var tape: Tape {
    Tape(histories, closes: closes, turns: turns, tellsOpenings: tellsOpenings, terms: terms)
  }

  /// Plays all of it at once and returns what was recorded and the desk as it stands at the end.
  public func backtest() throws(RuleGap) -> (records: [Record], desk: Desk) {
    var loop = loop(recorder: RecordList())
    try play(tape, through: &loop)
    return (loop.recorder.records, loop.desk)
  }
}
