import Numerics

/// What the figures take for granted; a report states it.
public struct Convention: Hashable, Sendable {
  /// Trading days that make a year.
  public let daysPerYear: Int
  /// Draws of the bootstrap, what its interval holds and where its randomness starts.
  public let draws: Int
  public let confidence: Double
  public let seed: UInt64

  public init(
    daysPerYear: Int = 242, draws: Int = 1_000, confidence: Double = 0.9, seed: UInt64 = 1
  ) {
    precondition(daysPerYear > 0 && draws >= 0, "a year has days")
    precondition(0 < confidence && confidence < 1, "an interval holds a share of the draws")
    self.daysPerYear = daysPerYear
    self.draws = draws
    self.confidence = confidence
    self.seed = seed
  }

  /// The same for figures without an interval.
  var withoutDraws: Convention {
    Convention(daysPerYear: daysPerYear, draws: 0, confidence: confidence, seed: seed)
  }

  /// n^⅓ days, the rate at which blocks should grow; at least one.
  public func meanBlockDays(of count: Int) -> Double {
    max(1, pow(Double(count), 1.0 / 3))
  }
}
