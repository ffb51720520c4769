public import Bytes
public import Market

/// What is asked of a hold-out, told before anyone looks.
public struct TrialQuestion: Equatable, Sendable {
  public enum Purpose: String, Sendable {
    /// Something was tried: it counts wherever luck has to be counted.
    case trial
    /// The same recipe once more on newer data: nothing was chosen, and nothing counts.
    case refresh
  }

  public var purpose: Purpose
  /// The program that asks: version and the hash of its executable.
  public var build: String
  /// The fingerprint of the bars.
  public var data: Digest
  /// The first and last instant of the history.
  public var from: Instant
  public var to: Instant
  /// The first and last instant forecast.
  public var testFrom: Instant
  public var testTo: Instant
  /// The series, blanks between them.
  public var symbols: String
  public var interval: String
  public var label: String
  public var recipe: Digest
  public var model: String
  /// Every parameter of the model and its preparation, in one spelling.
  public var parameters: String
  public var seed: UInt64
  public var folds: String

  public init(
    purpose: Purpose, build: String, data: Digest, from: Instant, to: Instant, testFrom: Instant,
    testTo: Instant, symbols: String, interval: String, label: String, recipe: Digest,
    model: String, parameters: String, seed: UInt64, folds: String
  ) {
    self.purpose = purpose
    self.build = build
    self.data = data
    self.from = from
    self.to = to
    self.testFrom = testFrom
    self.testTo = testTo
    self.symbols = symbols
    self.interval = interval
    self.label = label
    self.recipe = recipe
    self.model = model
    self.parameters = parameters
    self.seed = seed
    self.folds = folds
  }

  /// Whether two ask the same, whoever asked and when: the second answer is no second trial.
  public func isSame(as other: TrialQuestion) -> Bool {
    var other = other
    (other.purpose, other.build) = (purpose, build)
    return self == other
  }
}

/// What came out of it.
public struct TrialAnswer: Equatable, Sendable {
  public var metrics: [Origin.Metric]
  /// What a change of position by one cost the strategy, as a share of what is traded.
  public var cost: Double
  /// Of the strategy that holds the sign of each forecast over its horizon.
  public var daily: DailyReturns

  public init(metrics: [Origin.Metric], cost: Double, daily: DailyReturns) {
    self.metrics = metrics
    self.cost = cost
    self.daily = daily
  }
}

/// A trial as the ledger holds it; one that was cut short has no answer and was a look all the same.
public struct Trial: Equatable, Sendable {
  /// The line it begins on.
  public let number: Int
  public let begunAt: Instant
  public let question: TrialQuestion
  public internal(set) var endedAt: Instant?
  public internal(set) var answer: TrialAnswer?

  public func metric(_ name: String) -> Double? {
    answer?.metrics.first { $0.name == name }?.value
  }
}
