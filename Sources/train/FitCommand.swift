import Bytes
import Console
import Market
import ModelStore
import Models
import Research
import Workbench

extension Command {
  static let fit = Command(
    "fit", "Walk forward, fit on everything, seal a new version",
    about: """
      The version holds recipe, scaler, weights, label, folds, every out-of-sample forecast and the \
      fingerprint of the data under one content hash. It is read back and must reproduce a stored \
      sample to the last bit before it appears in the store. The same data, settings and build give \
      the same content; whoever trades by it needs `evaluate promote`. With --model all each kind of \
      model.all becomes a version of its own, all judged side by side. With --continue the boosted \
      trees of a version are built upon, trees.rounds more, or networks begin with its weights: of the \
      same features, which are scaled as that version scales them; it becomes the new one's parent. The \
      walk is of models fitted from nothing, as the version has seen what its folds must not.
      """,
    flags: [
      Flag("name", value: "NAME", "A name for people.", shownDefault: "the model and the symbol"),
      .symbol, .from, .until, .asOf, .models, .recipe, .select, .label, .scaling,
      .folds, .scheme, .refresh, .jobs,
      Flag("models", value: "FOLDER", "The model store.", setting: "paths.models"),
      Flag(
        "continue", value: "VERSION",
        "Go on from a version's boosted trees or networks: an alias, number or id."),
      Flag(
        "resume", "Go on where an equal fit of networks was stopped; it ends in the same bytes."),
    ],
    examples: [
      Example("fit", "As the settings say"),
      Example("fit --model all", "Ridge, trees and a forest: three versions"),
      Example("fit --model trees --continue champion", "More trees upon the champion's"),
      Example("fit --until 2020-04-20 --name before-may", "Keep the last days unseen"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let parent = try invocation.text("continue").map { word throws(Failure) in
      try work.parent(word)
    }
    if let kinds = work.kinds {
      let side = try SideBySide(
        work, invocation.terminal, kinds: kinds, jobs: try invocation.jobs(),
        isRefresh: invocation.has("refresh"), resumes: invocation.has("resume"))
      var fits: [Fit] = []
      for (kind, walking) in side.walks {
        let name = invocation.text("name").map { "\($0)-\(kind)" }
        fits.append(try Fit(walking, name: name, invocation))
      }
      tell(invocation, fits, side)
      return .ok
    }
    let walking = try Walking(
      work, invocation.terminal, jobs: try invocation.jobs(),
      isRefresh: invocation.has("refresh"), resumes: invocation.has("resume"))
    let fit = try Fit(walking, name: invocation.text("name"), parent: parent, invocation)
    if invocation.terminal.isJSON {
      invocation.terminal.print(fit.json)
      return .ok
    }
    invocation.terminal.print(walking.scoreTable())
    if let verdict = walking.judgement.verdict {
      invocation.terminal.print("\n\(verdict.looksText)\n")
    }
    for alarm in walking.judgement.alarms { invocation.terminal.warn(alarm.text) }
    invocation.terminal.print("\n\(fit.text)")
    invocation.terminal.say(
      "To trade by it: evaluate promote \(fit.version.number) --reason \"…\"")
    return .ok
  }

  private static func tell(_ invocation: Invocation, _ fits: [Fit], _ side: SideBySide) {
    guard !invocation.terminal.isJSON else {
      return invocation.terminal.print([
        "versions": .list(fits.map(\.json)), "side": side.json,
      ])
    }
    side.print(to: invocation.terminal)
    invocation.terminal.print("\n")
    for fit in fits { invocation.terminal.print(fit.text) }
    invocation.terminal.say("To trade by one: evaluate promote NUMBER --reason \"…\"")
  }
}

/// A walk's model fitted on everything and sealed as a new version.
private struct Fit {
  let walking: Walking
  let version: Version
  /// The page of costs of what is learned step by step, where there is one.
  let costs: String?
  /// R² of a forest on rows its trees have not seen.
  let outOfBag: Double?

  init(
    _ walking: Walking, name: String?, parent: ProvenModel? = nil, _ invocation: Invocation
  ) throws(Failure) {
    let (findings, costs, outOfBag) = try walking.job.findings(
      walking.walk, continuing: parent?.trained, resumes: invocation.has("resume"),
      invocation.terminal)
    version = try walking.job.work.seal(
      findings, walking.job.series, data: walking.job.fingerprint, name: name,
      usual: findings.trained.model.name, build: buildName(),
      parent: parent?.version.id)
    walking.job.folder.remove()
    self.walking = walking
    self.costs = costs
    self.outOfBag = outOfBag
  }

  var text: String {
    "version \(version.number) \(version.name) \(version.model) → \(walking.job.work.modelsFolder)\n"
      + (outOfBag.map {
        "out of bag R² \(DoubleText.fixed($0 * 100, decimals: 2)) % of the forest's own training rows\n"
      } ?? "")
      + (costs.map { "→ \($0)\n" } ?? "")
  }

  var json: JSON {
    [
      "number": .integer(version.number), "name": .text(version.name),
      "id": .text(version.id.hex), "scores": walking.json,
      "out-of-bag-r2": outOfBag.map { .number($0) } ?? .null,
    ]
  }
}
