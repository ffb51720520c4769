public import Market
import Numerics

/// What a generated instrument is like; the defaults resemble a steel future.
public struct SyntheticTerms: Hashable, Sendable {
  public var grid = Grid(decimals: 0)
  /// The order tick in grid units.
  public var tick: Int64 = 1
  public var start = Price(units: 3_500)
  public var multiplier: Int64 = 10
  /// How far a day's prices may go from the close before; without one, half the price.
  public var priceLimit: Rate? = Rate(basisPoints: 800)
  /// The standard deviation of a minute's news as a return.
  public var deviation = 0.0006
  /// Degrees of freedom of the Student-t news; fewer are wilder.
  public var tailDegrees = 5.0
  public var meanVolume = 400.0
  /// Shares have none.
  public var hasOpenInterest = true

  public init() {}

  /// The deviation of a whole day of so many equally lively bars.
  public func daily(barsPerDay: Double = 345) -> SyntheticTerms {
    var terms = self
    terms.deviation = deviation * barsPerDay.squareRoot()
    terms.meanVolume = meanVolume * barsPerDay
    return terms
  }

  /// What a share resembles: twenty in the currency, whole cents, a tenth a day.
  public static var share: SyntheticTerms {
    var terms = SyntheticTerms()
    terms.grid = Grid(decimals: 2)
    terms.start = Price(units: 2_000)
    terms.multiplier = 1
    terms.priceLimit = Rate(basisPoints: 1_000)
    terms.meanVolume = 40_000
    terms.hasOpenInterest = false
    return terms
  }

  /// The same with a daily deviation of its own between 1 % and 4 %: a panel in which no instrument
  /// can be expected to gain, but some are wilder than others.
  public func ofPanel(_ instrument: InstrumentIndex, barsPerDay: Double) -> SyntheticTerms {
    var terms = self
    // Multiples of the golden section fill the unit evenly, however many there are.
    let place = Double(instrument.value) * 0.618_033_988_749_894_9
    let daily = 0.01 * Numerics.exp((place - place.rounded(.down)) * 1.386_294_361_119_890_6)
    terms.deviation = daily / barsPerDay.squareRoot()
    return terms
  }

  /// The variance of rounding a price to its tick over that of a minute's news.
  public var roundingShare: Double {
    let tickReturn = Double(tick) / Double(start.units)
    return tickReturn * tickReturn / 12 / (deviation * deviation)
  }

  /// The prices a day may trade at.
  func band(around reference: Price) -> ClosedRange<Int64> {
    let limit = priceLimit ?? Rate(basisPoints: 5_000)
    let band = ProductRules.band(around: reference, limit, tick: tick)
    let lowest = max(band.lowest.units, tick)
    return lowest...max(band.highest.units, lowest)
  }
}
