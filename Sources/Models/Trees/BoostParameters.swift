/// How trees are boosted; `fit` refuses numbers out of range before it starts.
public struct BoostParameters: Hashable, Sendable {
  public private(set) var growth: GrowthParameters
  public let loss: Loss
  /// The most trees.
  public let rounds: Int
  /// What of each tree's forecast is taken.
  public let rate: Double
  /// The share of rows that each tree sees.
  public let rowShare: Double
  /// Rounds without a better forecast of the validation rows after which it stops; needs such rows.
  public let patience: Int?
  /// Starts from the forecast of nothing rather than the best constant: early stopping may then find that
  /// nothing is what the features are worth.
  public let startsAtZero: Bool
  public private(set) var seed: UInt64

  public static let mostRounds = 100_000

  public init(
    growth: GrowthParameters = GrowthParameters(), loss: Loss = .squared, rounds: Int = 200,
    rate: Double = 0.05, rowShare: Double = 1, patience: Int? = nil, startsAtZero: Bool = false,
    seed: UInt64 = 1
  ) throws(ModelsError) {
    try growth.check()
    try loss.check()
    try inRange("rounds", rounds, 1...Self.mostRounds)
    try inShare("rate", rate)
    try inShare("rows of a tree", rowShare)
    if let patience { try inRange("patience", patience, 1...Self.mostRounds) }
    self.growth = growth
    self.loss = loss
    self.rounds = rounds
    self.rate = rate
    self.rowShare = rowShare
    self.patience = patience
    self.startsAtZero = startsAtZero
    self.seed = seed
  }

  /// The same with its growth changed to what is as sound.
  func growing(_ change: (GrowthParameters) -> GrowthParameters) -> BoostParameters {
    var other = self
    other.growth = change(growth)
    return other
  }

  func reseeded(by step: UInt64) -> BoostParameters {
    var other = self
    other.seed = seed &+ step
    return other
  }
}

/// A point of the learning curve: mean losses after so many trees.
public struct BoostRound: Hashable, Sendable {
  /// Trees grown by this fit.
  public let trees: Int
  public let training: Double
  public let validation: Double?
}

/// A boosted ensemble, and how it came to be.
public struct Boosted: Hashable, Sendable {
  /// Cut back to the best round where validation rows were given.
  public let ensemble: TreeEnsemble
  /// From the forecast without a tree on.
  public let curve: [BoostRound]
  public let best: BoostRound
}
