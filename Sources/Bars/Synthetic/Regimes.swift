public import Market
import Numerics

/// What a market is like for a while.
public struct Regime: Hashable, Sendable {
  /// Times the usual deviation.
  public let liveliness: Double
  /// Times the planted strength: below zero trends turn into reversals.
  public let lean: Double

  public init(liveliness: Double, lean: Double) {
    self.liveliness = liveliness
    self.lean = lean
  }

  static let usual = Regime(liveliness: 1, lean: 1)
}

/// Two regimes in turn, each for a random number of days: what held in one is wrong in the other.
public struct Regimes: Hashable, Sendable {
  public let calm: Regime
  public let wild: Regime
  /// How long one lasts on average.
  public let meanDays: Double

  public init(
    calm: Regime = Regime(liveliness: 0.7, lean: 1),
    wild: Regime = Regime(liveliness: 1.5, lean: -1), meanDays: Double = 20
  ) {
    precondition(meanDays >= 1, "a regime lasts")
    self.calm = calm
    self.wild = wild
    self.meanDays = meanDays
  }

  /// Which of some trading days of one instrument are wild, by seed: known to tests, not to models.
  public func isWild(days: Int, seed: UInt64, of instrument: InstrumentIndex) -> [Bool] {
    var weather = Weather(self, seed: seed, instrument)
    return (0..<days).map { _ in weather.next() == wild }
  }
}

/// The regimes of one instrument from day to day, drawn apart from its prices.
struct Weather {
  private let regimes: Regimes
  private var dice: Xoshiro256
  private var isWild = false

  init(_ regimes: Regimes, seed: UInt64, _ instrument: InstrumentIndex) {
    self.regimes = regimes
    dice = Xoshiro256(seed: seed ^ 0x5EA5_0115).split(stream: UInt64(instrument.value))
  }

  mutating func next() -> Regime {
    if dice.uniform() * regimes.meanDays < 1 { isWild.toggle() }
    return isWild ? regimes.wild : regimes.calm
  }
}
