public import Market

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

  public init() {}

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
