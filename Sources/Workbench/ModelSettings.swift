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

  /// What both kinds say of their leaves.
  private func leaves(_ section: String) -> GrowthParameters {
    var growth = GrowthParameters()
    growth.depth = settings["\(section).depth"].orNil?.integer
    growth.leastLeafRows = settings.integer("\(section).least_leaf")
    growth.leastLeafShare = settings.ratio("\(section).least_share")
    return growth
  }
}
