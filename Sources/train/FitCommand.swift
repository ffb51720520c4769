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
      the same content; whoever trades by it needs `evaluate promote`.
      """,
    flags: [
      Flag("name", value: "NAME", "A name for people.", shownDefault: "the model and the symbol"),
      .symbol, .from, .until, .asOf, .model, .recipe, .select, .label, .scaling,
      .folds, .scheme, .refresh, .jobs,
      Flag("models", value: "FOLDER", "The model store.", setting: "paths.models"),
    ],
    examples: [
      Example("fit", "As the settings say"),
      Example("fit --until 2020-04-20 --name before-may", "Keep the last days unseen"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let walking = try Walking(
      work, invocation.terminal, jobs: try invocation.jobs(), isRefresh: invocation.has("refresh"))
    let version = try seal(walking, work, name: invocation.text("name"))
    walking.job.folder.remove()
    if invocation.terminal.isJSON {
      invocation.terminal.print([
        "number": .integer(version.number), "name": .text(version.name),
        "id": .text(version.id.hex), "scores": walking.json,
      ])
      return .ok
    }
    invocation.terminal.print(walking.scoreTable())
    if let verdict = walking.judgement.verdict {
      invocation.terminal.print("\n\(verdict.looksText)\n")
    }
    for alarm in walking.judgement.alarms { invocation.terminal.warn(alarm.text) }
    invocation.terminal.print(
      "\nversion \(version.number) \(version.name) \(version.model) → \(work.modelsFolder)\n")
    invocation.terminal.say("To trade by it: evaluate promote \(version.number) --reason \"…\"")
    return .ok
  }

  private static func seal(
    _ walking: Walking, _ work: WorkSettings, name: String?
  ) throws(Failure) -> Version {
    let job = walking.job
    let symbol = job.series.symbol
    let code = symbol.code.map { $0 == "." ? "-" : $0 }
    let findings: Findings
    do {
      findings = try job.experiment.findings(job.sample, walking.walk)
    } catch { throw Failure(.data, "\(symbol): \(error)") }
    let usual = "\(findings.trained.model.name)-\(String(code))".lowercased()
    do {
      try makeFolder(work.modelsFolder)
      let store = Store(folder: work.modelsFolder)
      let bundle = try findings.bundle(
        name: name ?? usual, parent: nil, data: job.series.fingerprint, build: buildName(),
        settings: work.settingsText)
      return try store.add(bundle, at: wallClock(), difference: ProvenModel.difference)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.store, "\(error)")
    }
  }
}
