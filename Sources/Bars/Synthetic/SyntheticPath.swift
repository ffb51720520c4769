import Market
import Numerics

/// One instrument's price on its way, before and after rounding to the tick.
struct SyntheticPath {
  private let instrument: InstrumentIndex
  private let terms: SyntheticTerms
  private let signal: PlantedSignal
  private var generator: Xoshiro256
  /// The unrounded price in grid units.
  private var level: Double
  private var reference: Price
  /// The running mean of returns that the drift leans on.
  private var trend = 0.0
  /// The variance beside its long-run mean: GARCH(1,1), hₜ₊₁ = (1 − α − β) + α·hₜ·zₜ² + β·hₜ.
  private var variance = 1.0
  private var openInterest: Int64
  var regime = Regime.usual

  private static let alpha = 0.05
  private static let beta = 0.93
  private static let mostVariance = 25.0
  private static let widestNews = 12.0

  init(
    _ instrument: InstrumentIndex, _ terms: SyntheticTerms, _ signal: PlantedSignal,
    _ generator: Xoshiro256
  ) {
    self.instrument = instrument
    self.terms = terms
    self.signal = signal
    self.generator = generator
    level = Double(terms.start.units)
    reference = terms.start
    openInterest = Int64(terms.meanVolume * 1_000)
  }

  mutating func walk(_ day: TradingDay, _ shape: DayShape, into bars: inout [Bar]) {
    let band = terms.band(around: reference)
    for minute in shape.minutes { bars.append(bar(day, minute, band)) }
    if let last = bars.last { reference = last.close }
  }

  private mutating func bar(
    _ day: TradingDay, _ minute: DayShape.Minute, _ band: ClosedRange<Int64>
  ) -> Bar {
    let scale = level * terms.deviation * variance.squareRoot() * regime.liveliness
    let open = moved(level, by: scale * minute.gap * news(), within: band)
    let drifted = bounded(open + level * signal.strength * regime.lean * trend, band)
    let surprise = news()
    let spread = scale * minute.body
    let close = moved(drifted, by: spread * surprise, within: band)
    let (low, high) = extremes(open, close, spread)
    trend =
      PlantedSignal.memory * trend + (1 - PlantedSignal.memory) * (close - level) / level
    level = close
    variance = min(
      Self.mostVariance,
      1 - Self.alpha - Self.beta + variance * (Self.alpha * surprise * surprise + Self.beta))
    return traded(
      day, minute, prices: [open, high, low, close].map { onTick($0, band) },
      stir: min(4, surprise.magnitude))
  }

  private mutating func traded(
    _ day: TradingDay, _ minute: DayShape.Minute, prices: [Price], stir: Double
  ) -> Bar {
    let mood = Numerics.exp(0.5 * generator.normal() - 0.125)
    let volume = Int64(terms.meanVolume * minute.activity * mood * (0.45 + 0.75 * stir))
    let mean = prices.reduce(0) { $0 + $1.value(on: terms.grid) } / 4
    let change = Int64(0.1 * Double(volume) * generator.normal())
    openInterest = max(0, openInterest + change)
    return Bar(
      instrument: instrument, tradingDay: day, closedAt: minute.closes, open: prices[0],
      high: prices[1], low: prices[2], close: prices[3], volume: volume,
      turnover: (Double(volume * terms.multiplier) * mean).rounded(),
      openInterest: terms.hasOpenInterest ? openInterest : 0)
  }

  /// Student-t news of unit variance, cut where no market has ever been.
  private mutating func news() -> Double {
    let scale = ((terms.tailDegrees - 2) / terms.tailDegrees).squareRoot()
    let drawn = scale * generator.studentT(degrees: terms.tailDegrees)
    return min(Self.widestNews, max(-Self.widestNews, drawn))
  }

  /// A move cut alike on both sides, so that a price limit gives nobody an expectation.
  private func moved(_ price: Double, by move: Double, within band: ClosedRange<Int64>) -> Double {
    let room = max(0, min(price - Double(band.lowerBound), Double(band.upperBound) - price))
    return price + min(room, max(-room, move))
  }

  private func bounded(_ price: Double, _ band: ClosedRange<Int64>) -> Double {
    min(Double(band.upperBound), max(Double(band.lowerBound), price))
  }

  /// The least and greatest of a Brownian bridge with move x and deviation s: (x ± √(x² − 2s²·ln u)) / 2.
  private mutating func extremes(
    _ open: Double, _ close: Double, _ spread: Double
  ) -> (low: Double, high: Double) {
    let move = close - open
    let reach = { (u: Double) in
      (move * move - 2 * spread * spread * Numerics.log(u)).squareRoot()
    }
    let high = open + (move + reach(1 - generator.uniform())) / 2
    let low = open + (move - reach(1 - generator.uniform())) / 2
    return (low, high)
  }

  private func onTick(_ price: Double, _ band: ClosedRange<Int64>) -> Price {
    let units = Int64((price / Double(terms.tick)).rounded(.toNearestOrEven)) * terms.tick
    return Price(units: min(band.upperBound, max(band.lowerBound, units)))
  }
}
