import Console
import Features
import Models

extension WorkSettings {
  /// What learns, and how.
  var modelParameters: ModelParameters {
    get throws(ModelsError) {
      switch settings.choice("model.kind") {
      case "zero": .zero
      case "trees": .boosted(try boosting)
      case "forest": .forest(try foresting)
      case "lstm": .network(try networking)
      default: .ridge(try RidgeParameters(overlapBars: label.horizonBars))
      }
    }
  }

  /// Starts from the forecast of nothing, so that stopping early may find that nothing is best.
  private var boosting: BoostParameters {
    get throws(ModelsError) {
      var growth = leaves("trees")
      growth.leaves = settings.integer("trees.leaves")
      growth.treeFeatures = settings.ratio("trees.features")
      growth.l1 = settings.number("trees.l1")
      growth.l2 = settings.number("trees.l2")
      growth.bins = settings.integer("trees.bins")
      return try BoostParameters(
        growth: growth, loss: settings.choice("trees.loss") == "absolute" ? .absolute : .squared,
        rounds: settings.integer("trees.rounds"), rate: settings.ratio("trees.rate"),
        rowShare: settings.ratio("trees.rows"),
        patience: settings["trees.patience"].orNil?.integer, startsAtZero: true,
        seed: UInt64(settings.integer("trees.seed")))
    }
  }

  private var foresting: ForestParameters {
    get throws(ModelsError) {
      var growth = leaves("forest")
      growth.leaves = GrowthParameters.mostLeaves
      growth.nodeFeatures = settings.ratio("forest.features")
      return try ForestParameters(
        growth: growth, trees: settings.integer("forest.trees"),
        rowShare: settings.ratio("forest.rows"), seed: UInt64(settings.integer("forest.seed")))
    }
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
      network.members = settings.integer("lstm.members")
      network.seeds = NetworkSeeds(
        weights: UInt64(settings.integer("lstm.seed")),
        order: UInt64(settings.integer("lstm.order_seed")),
        dropout: UInt64(settings.integer("lstm.dropout_seed")))
      return try network.checked()
    }
  }

  /// What both kinds say of their leaves.
  private func leaves(_ section: String) -> GrowthParameters {
    var growth = GrowthParameters()
    growth.depth = settings["\(section).depth"].orNil?.integer
    growth.leastLeafRows = settings.integer("\(section).least_leaf")
    growth.leastLeafShare = settings.ratio("\(section).least_share")
    return growth
  }
}
