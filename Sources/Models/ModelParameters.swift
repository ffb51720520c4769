internal import Numerics

/// Which model is fitted and how; the parameters of each were checked when they were made.
public enum ModelParameters: Hashable, Sendable {
  case zero
  case lastValue(column: Int)
  case ridge(RidgeParameters)
  case boosted(BoostParameters)
  case forest(ForestParameters)
  case committee(CommitteeParameters)
  case network(NetworkParameters)

  /// The word for what comes of them; of several seeds that of one.
  public var name: String {
    switch self {
    case .zero: "zero"
    case .lastValue: "last-value"
    case .ridge: "ridge"
    case .boosted: "trees"
    case .forest: "forest"
    case .committee(let parameters): parameters.name
    case .network: "lstm"
    }
  }

  /// Whether rows are brought to mean 0 and deviation 1 first; a value that is repeated must stay what it is.
  public var wantsScaledRows: Bool {
    members.allSatisfy { if case .lastValue = $0 { false } else { true } }
  }

  /// Those of a committee, else itself alone.
  public var members: [ModelParameters] {
    if case .committee(let parameters) = self { parameters.members } else { [self] }
  }

  /// Whether it reads features at all, so that there is something to choose among.
  public var readsFeatures: Bool {
    switch self {
    case .zero, .lastValue: false
    case .ridge, .boosted, .forest, .network: true
    case .committee(let parameters): parameters.members.contains(where: \.readsFeatures)
    }
  }

  /// The share of the latest rows that tells when to stop; `nil` where nothing has to be told.
  public var heldOutShare: Double? {
    switch self {
    case .boosted(let parameters): parameters.patience == nil ? nil : 0.2
    case .network(let parameters): parameters.patience == nil ? nil : 0.2
    case .committee(let parameters): parameters.members.compactMap(\.heldOutShare).max()
    case .zero, .lastValue, .ridge, .forest: nil
    }
  }

  /// Fits on scaled rows and their labels; `validation` rows are those that were held out. Boosted trees may
  /// be built upon others of the same columns.
  public func fit(
    _ training: LabelledRows, validation: LabelledRows? = nil, continuing: TreeEnsemble? = nil,
    workers: Int = 1
  ) throws(ModelsError) -> Fitted {
    switch self {
    case .zero: return Fitted(.zero)
    case .lastValue(let column): return Fitted(.lastValue(column: column))
    case .ridge(let parameters):
      return Fitted(
        .ridge(try parameters.fit(training.rows, training.labels, weights: training.weights)))
    case .boosted(let parameters):
      let boosted = try parameters.fit(
        training, validation: validation, continuing: continuing, workers: workers)
      return Fitted(.boosted(boosted.ensemble), curve: boosted.curve)
    case .forest(let parameters):
      let forested = try parameters.fit(training, workers: workers)
      return Fitted(.forest(forested.ensemble), outOfBagR2: forested.outOfBagR2)
    case .committee(let parameters):
      var models: [Model] = []
      for member in parameters.members {
        models.append(try member.fit(training, validation: validation, workers: workers).model)
      }
      return Fitted(try parameters.joined(models, fittedOn: training.rows))
    case .network(let parameters):
      throw .badParameter(
        name: "lesson", found: "single rows", expected: "windows of \(parameters.window) rows")
    }
  }

  /// The same for some of the columns, in that order: what was said of a column goes with it.
  public func choosing(_ columns: [Int]) -> ModelParameters {
    switch self {
    case .zero, .lastValue, .ridge, .network: self
    case .boosted(let parameters): .boosted(parameters.growing { $0.choosing(columns) })
    case .forest(let parameters): .forest(parameters.growing { $0.choosing(columns) })
    case .committee(let parameters): .committee(parameters.mapped { $0.choosing(columns) })
    }
  }

  /// The same with another chance; networks see to the seeds of their members themselves.
  func reseeded(by step: UInt64) -> ModelParameters {
    switch self {
    case .zero, .lastValue, .ridge, .network: self
    case .boosted(let parameters): .boosted(parameters.reseeded(by: step))
    case .forest(let parameters): .forest(parameters.reseeded(by: step))
    case .committee(let parameters): .committee(parameters.mapped { $0.reseeded(by: step) })
    }
  }

  /// Columns whose numbers are names and must stay as they are.
  public var categories: Set<Int> {
    switch self {
    case .zero, .lastValue, .ridge, .network: []
    case .boosted(let parameters): parameters.growth.categories
    case .forest(let parameters): parameters.growth.categories
    case .committee(let parameters):
      parameters.members.reduce(into: []) { $0.formUnion($1.categories) }
    }
  }
}
