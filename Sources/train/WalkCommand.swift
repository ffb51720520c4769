import Console
import Market
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
      """,
    flags: [
      .symbol, .from, .until, .asOf, .model, .recipe, .select, .label, .scaling, .folds, .scheme,
      Flag(
        "by", value: "PARTS", "A table of the scores by each of these.",
        accepts: .oneOf(Breakdown.allCases.map(\.rawValue)), isRepeatable: true),
      Flag("models", value: "FOLDER", "The folder of the ledger.", setting: "paths.models"),
    ],
    examples: [
      Example("walk", "As the settings say"),
      Example("walk --folds 8 --json", "More, shorter folds, as JSON"),
      Example(
        "walk --scheme combinatorial --by month", "Paths besides, and the scores of each month"),
      Example(
        "walk --recipe panel --set data.interval=1d --symbol stocks",
        "All shares of the watchlist at once"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let walking = try Walking(work, invocation.terminal)
    if invocation.terminal.isJSON {
      invocation.terminal.print(walking.json)
      return .ok
    }
    invocation.terminal.print(walking.foldTable())
    invocation.terminal.print("\n")
    invocation.terminal.print(walking.scoreTable())
    invocation.terminal.print("\n")
    walking.judgement.print(
      to: invocation.terminal,
      by: invocation.texts("by").compactMap { Breakdown(rawValue: $0) },
      names: walking.experiment.symbols.map(\.description),
      zone: walking.series[0].symbol.exchange.zone)
    return .ok
  }
}
