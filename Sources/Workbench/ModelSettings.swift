import Console
import Features
import Models

extension WorkSettings {
  /// The kinds that are asked for side by side; `nil` where one is.
  public var kinds: [String]? {
    settings.choice("model.kind") == "all" ? settings.list("model.all").map(\.choice) : nil
  }

  /// What learns from the recipe's features, and how.
  func modelParameters(_ recipe: Recipe) throws(Failure) -> ModelParameters {
    let kind = settings.choice("model.kind")
    guard kind != "all" else {
      throw Failure(
        .usage, "model.kind all is several kinds; this takes one",
        remedy: "Name it with --model; train walk and train fit take all.")
    }
    guard kind == "ensemble" else { return try parameters(kind, recipe) }
    var members: [ModelParameters] = []
    for member in settings.list("ensemble.members") {
      members.append(try parameters(member.choice, recipe))
    }
    let weights = settings.list("ensemble.weights").map(\.number)
    let joining = Committee.Joining(rawValue: settings.choice("ensemble.joining")) ?? .mean
    return try checked { () throws(ModelsError) in
      .committee(
        try CommitteeParameters(
          members, weights: weights.isEmpty ? nil : weights, joining: joining))
    }
  }

  /// One kind of model, averaged over seeds where several are asked for and chance has a part.
  private func parameters(
    _ kind: String, _ recipe: Recipe
  ) throws(Failure) -> ModelParameters {
    let one = try alone(kind, recipe)
    let seeds = settings.integer("model.seeds")
    guard seeds > 1, kind == "trees" || kind == "forest" else { return one }
    return try checked { () throws(ModelsError) in
      .committee(try CommitteeParameters(seeds, seedsOf: one))
    }
  }

  private func alone(_ kind: String, _ recipe: Recipe) throws(Failure) -> ModelParameters {
    switch kind {
    case "zero": return .zero
    case "last": return .lastValue(column: try lastReturn(recipe))
    case "trees":
      let growth = try growth("trees", recipe)
      return try checked { () throws(ModelsError) in .boosted(try boosting(growth)) }
    case "forest":
      let growth = try growth("forest", recipe)
      return try checked { () throws(ModelsError) in .forest(try foresting(growth)) }
    case "lstm": return try checked { () throws(ModelsError) in .network(try networking) }
    default:
      return try checked { () throws(ModelsError) in
        .ridge(try RidgeParameters(overlapBars: label.horizonBars))
      }
    }
  }

  /// Starts from the forecast of nothing, so that stopping early may find that nothing is best.
  private func boosting(_ shared: GrowthParameters) throws(ModelsError) -> BoostParameters {
    var growth = shared
    growth.order = GrowthParameters.Order(rawValue: settings.choice("trees.order")) ?? .leafwise
    growth.leaves = settings.integer("trees.leaves")
    growth.treeFeatures = settings.ratio("trees.features")
    growth.nodeFeatures = settings.ratio("trees.node_features")
    growth.leastGain = settings.number("trees.least_gain")
    growth.l1 = settings.number("trees.l1")
    growth.l2 = settings.number("trees.l2")
    return try BoostParameters(
      growth: growth, loss: loss, rounds: settings.integer("trees.rounds"),
      rate: settings.ratio("trees.rate"), rowShare: settings.ratio("trees.rows"),
      patience: settings["trees.patience"].orNil?.integer, startsAtZero: true,
      seed: UInt64(settings.integer("trees.seed")))
  }

  private var loss: Loss {
    switch settings.choice("trees.loss") {
    case "absolute": .absolute
    case "huber": .huber(threshold: settings.ratio("trees.huber"))
    case "quantile": .quantile(share: settings.ratio("trees.quantile"))
    default: .squared
    }
  }

  private func foresting(_ shared: GrowthParameters) throws(ModelsError) -> ForestParameters {
    var growth = shared
    growth.leaves = GrowthParameters.mostLeaves
    growth.nodeFeatures = settings.ratio("forest.features")
    return try ForestParameters(
      growth: growth, trees: settings.integer("forest.trees"),
      bootstraps: settings.flag("forest.bootstrap"), rowShare: settings.ratio("forest.rows"),
      keepsLabels: settings.flag("forest.quantiles"),
      seed: UInt64(settings.integer("forest.seed")))
  }

  private var networking: NetworkParameters {
    get throws(ModelsError) {
      var network = NetworkParameters()
      network.window = settings.integer("lstm.window")
      network.recurrent = settings.list("lstm.units").map(\.integer)
      let activation = NetworkShape.Activation(rawValue: settings.choice("lstm.activation"))
      network.dense = settings.list("lstm.dense").map {
        NetworkShape.Dense(units: $0.integer, activation: activation ?? .linear)
      }
      network.dropout = settings.ratio("lstm.dropout")
      network.loss =
        switch settings.choice("lstm.loss") {
        case "absolute": .absolute
        case "huber": .huber(threshold: 1)
        default: .squared
        }
      network.rate = settings.ratio("lstm.rate")
      network.schedule =
        switch settings.choice("lstm.schedule") {
        case "cosine": .cosine(warmUpEpochs: settings.integer("lstm.warm_up"))
        case "plateau": .plateau(epochs: 3, factor: 0.5)
        default: .constant
        }
      network.decay = settings.number("lstm.decay")
      network.clip = settings["lstm.clip"].orNil?.number
      network.batch = settings.integer("lstm.batch")
      network.epochs = settings.integer("lstm.epochs")
      network.patience = settings["lstm.patience"].orNil?.integer
      network.stride = settings.integer("lstm.stride")
      network.mostWindows = settings["lstm.windows"].orNil?.integer
      network.averaging = settings.number("lstm.averaging")
      // A slope is of means, and only squared errors ask for means.
      network.shrinks = settings.flag("lstm.shrink") && network.loss == .squared
      network.overlapBars = label.horizonBars
      network.members = settings.integer("lstm.members")
      network.seeds = NetworkSeeds(
        weights: UInt64(settings.integer("lstm.seed")),
        order: UInt64(settings.integer("lstm.order_seed")),
        dropout: UInt64(settings.integer("lstm.dropout_seed")))
      return try network.checked()
    }
  }

  /// What both kinds say of their leaves and of single features.
  private func growth(_ section: String, _ recipe: Recipe) throws(Failure) -> GrowthParameters {
    var growth = GrowthParameters()
    growth.depth = settings["\(section).depth"].orNil?.integer
    growth.leastLeafRows = settings.integer("\(section).least_leaf")
    growth.leastLeafShare = settings.ratio("\(section).least_share")
    growth.bins = settings.integer("\(section).bins")
    growth.categories = Set(try columns("\(section).categories", recipe))
    growth.directions = [GrowthParameters.Direction](repeating: .free, count: recipe.count)
    for column in try columns("\(section).falling", recipe) {
      growth.directions[column] = .falling
    }
    for column in try columns("\(section).rising", recipe) {
      guard growth.directions[column] == .free else {
        throw Failure(
          .usage, "\(section): \(recipe.names[column]) is both in rising and in falling")
      }
      growth.directions[column] = .rising
    }
    return growth
  }

  /// The places of the features that a setting names.
  private func columns(_ key: String, _ recipe: Recipe) throws(Failure) -> [Int] {
    var columns: [Int] = []
    for name in settings.list(key).map(\.text) {
      guard let column = recipe.names.firstIndex(of: name) else {
        let meant = suggestion(for: name, among: recipe.names).map { " (did you mean \"\($0)\"?)" }
        throw Failure(
          .usage, "\(key): recipe \(recipe.name) has no feature \"\(name)\"\(meant ?? "")")
      }
      columns.append(column)
    }
    return columns
  }

  private func checked<Value>(
    _ make: () throws(ModelsError) -> Value
  ) throws(Failure) -> Value {
    do { return try make() } catch { throw Failure(.usage, "\(error)") }
  }
}
