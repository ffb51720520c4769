import Console
import Market
import Reporting
import Training
import Workbench

extension Command {
  static let walk = Command(
    "walk", "Judge a model on days it has not seen, without keeping it",
    about: """
      Learns from each fold's past alone — scaler, penalty and all — and forecasts the days after \
      it; labels that reach into those days, and an embargo before them, are left out. The \
      baselines stand beside the model, since what does not beat them is not skill, and every look \
      at these days is noted in the ledger of trials before it is taken (evaluate ledger). The figure \
      to quote is that of the walk forward; --scheme kfold and combinatorial show besides how it \
      spreads over paths that forecast each group of days by all days around it.

      Several symbols are learned from at once: folds are cut by time through all of them, the label is \
      the place of the return among those of all, and forecasts are judged by how they order the \
      instruments of each instant (Documentation/PANELS.md).

      Each fold is a unit of work that is kept as soon as it is done, in the runs folder, until all \
      are: the same command after a kill goes on where it was, to the same hash of the evidence.

      With --model all (or --stack and their names) several kinds walk the same folds and are told \
      side by side, each noted in the ledger as a trial of its own. Each fold's forecasts are put \
      together besides, by weights learned from those of earlier folds: none below zero, all of them \
      zero where nothing was foretold.

      A page keeps all of it in one file: skill over time beside what luck reaches, what came of each \
      tenth of the forecasts, what entries earned by their size and cost, folds, hours, lineage.
      """,
    flags: [
      .symbol, .from, .until, .asOf, .models, .recipe, .select, .label, .scaling, .folds, .scheme,
      .jobs,
      Flag(
        "by", value: "PARTS", "A table of the scores by each of these.",
        accepts: .oneOf(Breakdown.allCases.map(\.rawValue)), isRepeatable: true),
      Flag("models", value: "FOLDER", "The folder of the ledger.", setting: "paths.models"),
      Flag("page", value: "FILE", "The page.", shownDefault: "runs/walk.html"),
      Flag(
        "stack", value: "KINDS",
        "Walk these kinds, separated by commas, side by side; as --model all for those of model.all."
      ),
    ],
    examples: [
      Example("walk", "As the settings say"),
      Example("walk --folds 8 --json", "More, shorter folds, as JSON"),
      Example(
        "walk --scheme combinatorial --by month", "Paths besides, and the scores of each month"),
      Example(
        "walk --recipe panel --set data.interval=1d --symbol stocks",
        "All shares of the watchlist at once"),
      Example("walk --model all", "Ridge, trees and a forest, and what they are together"),
      Example("walk --stack ridge,lstm", "A network beside ridge"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let page = invocation.text("page") ?? "\(work.runsFolder)/walk.html"
    let named = invocation.text("stack")?.split(separator: ",").map(String.init)
    if let kinds = named ?? work.kinds {
      guard !kinds.isEmpty, Set(kinds).count == kinds.count else {
        throw invocation.usageFailure("--stack, model.all: name kinds, each once")
      }
      let side = try SideBySide(
        work, invocation.terminal, kinds: kinds, jobs: try invocation.jobs())
      if invocation.terminal.isJSON {
        invocation.terminal.print(side.json)
      } else {
        side.print(to: invocation.terminal)
      }
      try side.write(to: page, invocation.terminal)
      side.forget()
      return .ok
    }
    let walking = try Walking(work, invocation.terminal, jobs: try invocation.jobs())
    walking.print(
      to: invocation.terminal,
      by: invocation.texts("by").compactMap { Breakdown(rawValue: $0) })
    try writeFile(Array(walking.page.html().utf8), to: page)
    if !invocation.terminal.isJSON { invocation.terminal.print("page     \(page)\n") }
    walking.job.folder.remove()
    return .ok
  }
}
