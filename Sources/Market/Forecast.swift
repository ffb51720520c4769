/// The first eight bytes of a model version's content hash.
public struct ModelID: Hashable, Sendable, CustomStringConvertible {
  public let value: UInt64

  public init(_ value: UInt64) {
    self.value = value
  }

  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

/// What a model believes an instrument will return over its horizon, from the first price that can be had.
public struct Forecast: Hashable, Sendable {
  public let instrument: InstrumentIndex
  public let model: ModelID
  public let expectedReturn: Double
  /// The standard deviation of the outcome around the belief; 0 where the model gives none.
  public let deviation: Double
  /// The horizon in tradable bars.
  public let horizonBars: Int32

  public init(
    instrument: InstrumentIndex, model: ModelID, expectedReturn: Double, deviation: Double,
    horizonBars: Int32
  ) {
    precondition(expectedReturn.isFinite && deviation.isFinite, "a belief is a number")
    self.instrument = instrument
    self.model = model
    self.expectedReturn = expectedReturn
    self.deviation = deviation
    self.horizonBars = horizonBars
  }
}

/// Turns a closed bar into a belief, or into nothing while it warms up or cannot say.
public protocol Forecasting {
  mutating func forecast(after bar: Bar) -> Forecast?

  /// What can only be said once all instruments have had their bar of an instant: by who compares them.
  mutating func forecasts(closing instant: Instant) -> [Forecast]
}

extension Forecasting {
  /// Nothing, by who looks at each instrument alone.
  public mutating func forecasts(closing instant: Instant) -> [Forecast] { [] }
}
