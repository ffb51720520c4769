import Bytes
public import Console
import Engine
public import Market
public import Research
import Trading

/// The reasons of a run's orders, found by going through its journal once more with the version it was traded
/// by: the desk must decide the same, and every forecast must come out with the bits that are recorded.
public struct RunReasons: Sendable {
  /// In the order in which they were sent.
  public let reasons: [OrderReason]
  public let forecastsMade: Int
  /// `nil` for strategies that look at bars alone.
  public let model: ProvenModel?
  public let symbols: [Symbol]
  public let grids: [Grid]
  /// The gate's.
  public let enter: Double
  public let exit: Double

  /// Of `work` the paths count; all else is as the journal tells.
  public init(_ journal: RecordedJournal, _ work: WorkSettings) throws(Failure) {
    let description = journal.description
    let own = try work.sealed(description.settingsText)
    var model: ProvenModel?
    if let version = description.version { model = try own.proven(version.hex) }
    let asked = try model.map { model throws(Failure) in try own.asked(model, description) }
    var trace = OrderTrace(
      asked?.forecasts, hasGate: own.settings.choice("strategy.kind") == "forecast_gate",
      instruments: description.symbols.count)
    _ = try description.replay(journal.records, of: journal.path) { trace.follow($0, $1, $2) }
    if let difference = trace.difference {
      throw description.refusal(difference, journal.path, bars: asked?.bars ?? [])
    }
    reasons = trace.reasons
    forecastsMade = trace.forecastsMade
    self.model = model
    symbols = description.symbols
    grids = description.grids
    enter = own.settings.ratio("strategy.enter")
    exit = own.settings.ratio("strategy.exit")
  }
}

extension WorkSettings {
  /// What a run asked for forecasts, as it stood before the first bar, and the names of the bars it is made of now.
  fileprivate func asked(
    _ model: ProvenModel, _ description: RunDescription
  ) throws(Failure) -> (forecasts: Forecasts, bars: [Digest]) {
    let slate = try slate()
    let traded = slate.traded.prefix(description.symbols.count)
    guard traded.map(\.symbol) == description.symbols else {
      throw Failure(
        .data,
        "the run traded \(description.symbols.map(\.description).joined(separator: ", ")), the archive "
          + "now makes \(slate.traded.map(\.symbol.description).joined(separator: ", ")) of its settings"
      )
    }
    let simulation = try simulation(
      slate, forecasts: try forecasts(model, slate.series), from: description.from)
    return (simulation.forecasts, traded.map(\.content))
  }
}

extension RunDescription {
  /// What is shown must be what decided.
  fileprivate func refusal(
    _ difference: OrderTrace.Difference, _ path: String, bars: [Digest]
  ) -> Failure {
    let text = { (forecast: Forecast?) in forecast.map { "\($0.expectedReturn)" } ?? "none" }
    let index = (difference.recorded ?? difference.made)?.instrument.value ?? 0
    let symbol = symbols[index]
    let isOther = bars.count == data.count && bars[index] != data[index]
    return Failure(
      .failed,
      "\(path): the forecast of \(symbol) at \(clockText(difference.at, symbol.exchange.zone)) is "
        + "recorded as \(text(difference.recorded)), made anew it is \(text(difference.made))",
      remedy: isOther
        ? "The archive holds other bars of \(symbol) than the run saw; data list --revisions tells."
        : nil)
  }
}
