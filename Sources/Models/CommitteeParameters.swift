public import Numerics

/// Who sits on a committee; that it exists means that its numbers were checked.
public struct CommitteeParameters: Hashable, Sendable {
  public let members: [ModelParameters]
  public let weights: [Double]
  public let joining: Committee.Joining

  /// All weigh alike where no weights are given. Members that are committees themselves must join into one
  /// model, as trees of several seeds do.
  public init(
    _ members: [ModelParameters], weights: [Double]? = nil, joining: Committee.Joining = .mean
  ) throws(ModelsError) {
    try inRange("members", members.count, 1...Committee.mostMembers)
    let weights = weights ?? members.map { _ in 1 }
    guard weights.count == members.count, weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw .badParameter(
        name: "weights", found: "\(weights)", expected: "\(members.count) positive numbers")
    }
    self.members = members
    self.weights = weights
    self.joining = joining
  }

  /// The same model with seeds of its own for each member: chance averages out.
  public init(_ count: Int, seedsOf parameters: ModelParameters) throws(ModelsError) {
    try self.init((0..<count).map { parameters.reseeded(by: UInt64($0)) })
  }

  /// The word for what `joined` makes.
  var name: String {
    let names = Set(members.map(\.name))
    guard joining == .mean, Set(weights).count == 1, names.count == 1, let name = names.first,
      name == "trees" || name == "forest"
    else { return "ensemble" }
    return name
  }

  func mapped(_ change: (ModelParameters) -> ModelParameters) -> CommitteeParameters {
    CommitteeParameters(self, members: members.map(change))
  }

  private init(_ other: CommitteeParameters, members: [ModelParameters]) {
    self.members = members
    (weights, joining) = (other.weights, other.joining)
  }

  /// One model of the members' own, fitted on `rows`: trees of one kind become one ensemble, so that all
  /// that can be asked of trees can be asked of it.
  public func joined(_ models: [Model], fittedOn rows: FloatMatrix) throws(ModelsError) -> Model {
    if joining == .mean, Set(weights).count == 1, let model = Model.merged(models) {
      return model
    }
    let scales = joining == .ranks ? models.map { RankScale(of: $0.predict(rows)) } : nil
    guard let committee = Committee(models, weights: weights, scales: scales) else {
      throw .badParameter(
        name: "members", found: "a committee among them", expected: "models that stand alone")
    }
    return .committee(committee)
  }
}

extension Model {
  /// Boosted trees of several fits, or forests of equally many trees, as one; `nil` for others.
  fileprivate static func merged(_ models: [Model]) -> Model? {
    let boosted = models.compactMap { if case .boosted(let trees) = $0 { trees } else { nil } }
    let forests = models.compactMap { if case .forest(let trees) = $0 { trees } else { nil } }
    if boosted.count == models.count { return TreeEnsemble(meanOf: boosted).map { .boosted($0) } }
    if forests.count == models.count { return TreeEnsemble(meanOf: forests).map { .forest($0) } }
    return nil
  }
}
