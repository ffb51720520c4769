public import Engine
public import Market
public import Models
public import Trading
public import Training
public import VenuePaper

/// Repeats the out-of-sample forecasts of a walk: a backtest on them sees nothing the model has learned from.
public struct EvidenceForecasts: Forecasting, Sendable {
  private let instants: [Instant]
  private let returns: [Double]
  private let model: ModelID
  private let deviation: Double
  private let horizonBars: Int32
  /// Bars come in order, so the next forecast is looked for behind the last.
  private var next = 0

  public init(_ evidence: Evidence, model: ModelID, deviation: Double) {
    instants = evidence.instants
    returns = evidence.forecasts
    self.model = model
    self.deviation = deviation
    horizonBars = Int32(evidence.horizonBars)
  }

  public mutating func forecast(after bar: Bar) -> Forecast? {
    while next < instants.count, instants[next] < bar.closedAt { next += 1 }
    guard next < instants.count, instants[next] == bar.closedAt else { return nil }
    return Forecast(
      instrument: bar.instrument, model: model, expectedReturn: returns[next],
      deviation: deviation, horizonBars: horizonBars)
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
    case .adjusted(var adjusted):
      self = .none
      defer { self = .adjusted(adjusted) }
      return adjusted.forecast(after: bar)
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

  /// `warmUp` bars come before the run: the features see them, the desk does not.
  public init(
    desk: Desk, venue: PaperExchange, forecasts: Forecasts, warmUp: [[Bar]], histories: [[Bar]],
    closes: [Price?] = [], turns: [Turn] = [], terms: @escaping DailyTerms
  ) {
    self.closes = closes
    self.turns = turns
    self.desk = desk
    self.venue = venue
    self.histories = histories
    self.terms = terms
    var warmed = forecasts
    for bars in warmUp { for bar in bars { _ = warmed.forecast(after: bar) } }
    self.forecasts = warmed
  }

  public func loop<R: Recording>(recorder: R) -> PaperLoop<R> {
    TradingLoop(desk: desk, venue: venue, forecaster: forecasts, recorder: recorder)
  }

  public var tape: Tape { Tape(histories, closes: closes, turns: turns, terms: terms) }

  /// Plays all of it at once and returns what was recorded and the desk as it stands at the end.
  public func backtest() throws(RuleGap) -> (records: [Record], desk: Desk) {
    var loop = loop(recorder: RecordList())
    try play(tape, through: &loop)
    return (loop.recorder.records, loop.desk)
  }
}
