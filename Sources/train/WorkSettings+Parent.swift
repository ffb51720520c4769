import Bytes
import Console
import Features
import Market
import ModelStore
import Models
import Research
import Training
import Workbench

extension WorkSettings {
  /// The version whose boosted trees are built upon, or whose networks' weights are begun with; all that keeps these settings from it is told at once,
  /// before anything is learned.
  func parent(_ word: String) throws(Failure) -> ProvenModel {
    let parent = try proven(word)
    let own = parent.trained
    let experiment = try experiment(symbols)
    var problems: [String] = []
    func compare(_ what: String, _ theirs: String, _ ours: String) {
      if theirs != ours { problems.append("\(what): \(theirs) there, \(ours) now") }
    }
    compare("kind of model", own.model.name, experiment.parameters.name)
    switch (own.model, experiment.parameters) {
    case (.network(let networks), .network(let now)):
      compare("layers", Self.layers(networks.shape), Self.layers(now))
    case (.boosted, _) where settings.integer("model.seeds") > 1:
      problems.append("model.seeds: trees of one seed can be built upon, not the mean of several")
    case (.boosted, _), (.network, _): break
    default:
      problems.append("kind of model: boosted trees and networks go on, no \(own.model.name)")
    }
    let known = Set(
      zip(experiment.recipe.names, experiment.recipe.formulas).map { "\($0) = \($1)" })
    for (name, formula) in zip(own.recipe.names, own.recipe.formulas)
    where !known.contains("\(name) = \(formula)") {
      problems.append("recipe: \(name) = \(formula) there, not in \(experiment.recipe.name)")
    }
    compare("columns", "\(own.recipe.count)", "\(columns(of: experiment))")
    compare("label", own.labelText, "\(experiment.label)")
    compare("bars", own.interval.name, experiment.interval.name)
    compare("series", Self.list(own.symbols), Self.list(experiment.symbols))
    let sealed = try scalingText(of: parent)
    compare("scaler", sealed, scalingText)
    guard problems.isEmpty else {
      throw Failure(
        .refused, ["version \(parent.version.number) cannot be built upon"] + problems,
        remedy: "Fit anew without --continue, or with the settings of that version.")
    }
    return parent
  }

  /// How many features a model would be given.
  private func columns(of experiment: Experiment) -> Int {
    min(experiment.preparation.selection?.count ?? .max, experiment.recipe.count)
  }

  private static func layers(_ shape: NetworkShape) -> String {
    layers(shape.window, shape.recurrent, shape.dense)
  }

  private static func layers(_ parameters: NetworkParameters) -> String {
    layers(parameters.window, parameters.recurrent, parameters.dense)
  }

  private static func layers(
    _ window: Int, _ recurrent: [Int], _ dense: [NetworkShape.Dense]
  ) -> String {
    "\(window) bars, \(recurrent), \(dense.map { "\($0.units) \($0.activation)" })"
  }

  private static func list(_ symbols: [Symbol]) -> String {
    symbols.map(\.description).sorted().joined(separator: ", ")
  }

  /// How rows are scaled, in words.
  private var scalingText: String {
    "\(settings.choice("training.scaling")), tails \(DoubleText.shortest(settings.ratio("training.winsor")))"
  }

  private func scalingText(of parent: ProvenModel) throws(Failure) -> String {
    let text: [UInt8]
    do throws(StoreError) {
      text = try store.load(parent.version)[.settings]
    } catch { throw Failure(.store, "\(error)") }
    return try sealed(String(decoding: text, as: UTF8.self)).scalingText
  }
}
