public import Market
import Numerics

/// A market made up from a seed: the same bars on every machine, with nothing or a known something to find.
public struct SyntheticMarket: Hashable, Sendable {
  public let schedule: Schedule
  /// The drift in it; `.none` makes a market in which nobody can expect to gain.
  public let signal: PlantedSignal
  /// How its liveliness and what leads where change over time; `nil` where they do not.
  public let regimes: Regimes?
  /// Whether a bar is a minute or a day.
  public let interval: BarInterval
  public let seed: UInt64

  public init(
    schedule: Schedule, signal: PlantedSignal = .none, regimes: Regimes? = nil,
    interval: BarInterval = .minute, seed: UInt64
  ) {
    precondition(interval == .minute || interval == .day, "longer bars are made of minutes")
    self.schedule = schedule
    self.signal = signal
    self.regimes = regimes
    self.interval = interval
    self.seed = seed
  }

  /// The bars of one instrument over the trading days of a range; each index has its own luck.
  public func bars(
    of instrument: InstrumentIndex, _ terms: SyntheticTerms = SyntheticTerms(),
    days: ClosedRange<TradingDay>
  ) -> [Bar] {
    let generator = Xoshiro256(seed: seed).split(stream: UInt64(instrument.value))
    var path = SyntheticPath(instrument, terms, signal, generator)
    var weather = regimes.map { Weather($0, seed: seed, instrument) }
    var bars: [Bar] = []
    for day in days {
      let shape =
        interval == .day ? DayShape(whole: day, schedule) : DayShape(day, schedule)
      if shape.minutes.isEmpty { continue }
      if let regime = weather?.next() { path.regime = regime }
      path.walk(day, shape, into: &bars)
    }
    return bars
  }

  /// The share of open(t+1) → open(t+1+h) that past bars explain out of sample.
  public func rSquared(horizonBars: Int, _ terms: SyntheticTerms = SyntheticTerms()) -> Double {
    signal.rSquared(horizonBars: horizonBars, roundingShare: terms.roundingShare)
  }
}
