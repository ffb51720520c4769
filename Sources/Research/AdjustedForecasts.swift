public import Market

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

  public init(_ forecasts: Forecasts, routes: [Route]) {
    self.forecasts = forecasts
    self.routes = routes
  }

  public mutating func forecast(after bar: Bar) -> Forecast? {
    let route = routes[bar.instrument.value]
    guard route.days?.contains(bar.tradingDay) ?? true else { return nil }
    let shown = route.isPlain ? bar : route.factors.adjusted(bar, on: route.grid)
    guard let belief = forecasts.forecast(after: shown.under(route.series)) else { return nil }
    return Forecast(
      instrument: bar.instrument, model: belief.model, expectedReturn: belief.expectedReturn,
      deviation: belief.deviation, horizonBars: belief.horizonBars)
  }
}
