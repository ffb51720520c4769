/// How a random forest is grown; that it exists means that its numbers were checked.
public struct ForestParameters: Hashable, Sendable {
  public private(set) var growth: GrowthParameters
  public let trees: Int
  /// Whether each tree learns from a sample of the rows with replacement.
  public let bootstraps: Bool
  /// How many rows are drawn for a tree, as a share of all; without replacement these are all different.
  public let rowShare: Double
  /// Whether a label of each leaf is kept, so that a forecast has quantiles; no forecast changes by it.
  public let keepsLabels: Bool
  public private(set) var seed: UInt64

  public static let mostTrees = 10_000

  /// Full depth, leaves of five rows, a third of the features at every node.
  public static let usualGrowth: GrowthParameters = {
    var growth = GrowthParameters()
    growth.leaves = GrowthParameters.mostLeaves
    growth.leastLeafRows = 5
    growth.nodeFeatures = 1.0 / 3
    return growth
  }()

  public init(
    growth: GrowthParameters = usualGrowth, trees: Int = 100, bootstraps: Bool = true,
    rowShare: Double = 1, keepsLabels: Bool = false, seed: UInt64 = 1
  ) throws(ModelsError) {
    try growth.check()
    try inRange("trees", trees, 1...Self.mostTrees)
    try inShare("rows of a tree", rowShare)
    self.growth = growth
    self.rowShare = rowShare
    self.trees = trees
    self.bootstraps = bootstraps
    self.keepsLabels = keepsLabels
    self.seed = seed
  }

  /// The same with its growth changed to what is as sound.
  func growing(_ change: (GrowthParameters) -> GrowthParameters) -> ForestParameters {
    var other = self
    other.growth = change(growth)
    return other
  }

  func reseeded(by step: UInt64) -> ForestParameters {
    var other = self
    other.seed = seed &+ step
    return other
  }
}

/// A forest with what its trees say of rows they have not seen.
public struct Forested: Hashable, Sendable {
  public let ensemble: TreeEnsemble
  /// By training row: the mean of the trees that did not learn from it; `nil` where all did.
  public let outOfBag: [Double?]
  /// 1 − Σ(y − p)² / Σ(y − ȳ)² over the rows that have one; `nil` where there are none.
  public let outOfBagR2: Double?
}
