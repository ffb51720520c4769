/// A model, and what its fit tells of how it came to be.
public struct Fitted: Hashable, Sendable {
  public let model: Model
  /// Losses from the forecast without a tree on; empty where nothing is learned step by step, and for
  /// committees, whose members have theirs.
  public let curve: [BoostRound]
  /// What a forest says of rows its trees have not seen: 1 − Σ(y − p)² / Σ(y − ȳ)².
  public let outOfBagR2: Double?

  public init(_ model: Model, curve: [BoostRound] = [], outOfBagR2: Double? = nil) {
    self.model = model
    self.curve = curve
    self.outOfBagR2 = outOfBagR2
  }
}
