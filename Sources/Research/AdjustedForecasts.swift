public import Market
internal import Models

/// Shows adjusted bars to forecasts that learned from them, while raw ones are traded.
///
/// A continuous series is forecast from the bars of whichever contract is the main one; the forecast
/// is handed on under that contract's name, since that is what can be traded.
public struct AdjustedForecasts: Forecasting, Sendable {
  /// Which series a traded instrument's bars belong to, and when.
  public struct Route: Hashable, Sendable {
    /// The series' index among those that are forecast.
    public let series: InstrumentIndex
    public let factors: PriceFactors
    public let grid: Grid
    /// The days on which the series is made of this instrument; `nil` for all of them.
    public let days: ClosedRange<TradingDay>?

    public init(
      series: InstrumentIndex, factors: PriceFactors, grid: Grid,
      days: ClosedRange<TradingDay>? = nil
    ) {
      self.series = series
      self.factors = factors
      self.grid = grid
      self.days = days
    }

    /// Whether the series is the instrument itself, bar by bar.
    public var isPlain: Bool { factors.steps.isEmpty && days == nil }
  }

  private var forecasts: Forecasts
  /// By traded instrument.
  private let routes: [Route]
  /// By series, the instrument whose bar it was shown last.
  private var shown: [InstrumentIndex?]

  public init(_ forecasts: Forecasts, routes: [Route]) {
    self.forecasts = forecasts
    self.routes = routes
    let series = routes.map(\.series.value).max().map { $0 + 1 } ?? 0
    shown = [InstrumentIndex?](repeating: nil, count: series)
  }

  public mutating func forecast(after bar: Bar) -> Forecast? {
    let route = routes[bar.instrument.value]
    guard route.days?.contains(bar.tradingDay) ?? true else { return nil }
    let adjusted = route.isPlain ? bar : route.factors.adjusted(bar, on: route.grid)
    shown[route.series.value] = bar.instrument
    return forecasts.forecast(after: adjusted.under(route.series))?.under(bar.instrument)
  }

  func input(of instrument: InstrumentIndex) -> ForecastInput? {
    forecasts.input(of: routes[instrument.value].series)
  }

  public mutating func forecasts(closing instant: Instant) -> [Forecast] {
    forecasts.forecasts(closing: instant).compactMap { belief in
      shown[belief.instrument.value].map { belief.under($0) }
    }
  }
}

extension Forecast {
  /// The same belief of another instrument.
  fileprivate func under(_ instrument: InstrumentIndex) -> Forecast {
    Forecast(
      instrument: instrument, model: model, expectedReturn: expectedReturn, deviation: deviation,
      horizonBars: horizonBars)
  }
}
