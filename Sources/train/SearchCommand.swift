import Console
import Training
import Workbench

extension Command {
  static let search = Command(
    "search", "Try settings on walk-forward folds and tell which did best",
    about: """
      Varies settings by their names: --over trees.leaves=7..63, --over trees.rate=1%..10%:log for \
      equal ratios, --over features.recipe=stationary,minute for values one by one; a number behind \
      a colon is the steps of a grid. Every trial is a whole walk forward that no fold can look \
      behind; halving alone begins on the newest ninth of the days. The goal is the rank IC (over \
      all rows at once, of several series the mean of each instant's), the R² against zero, or net, \
      the Sharpe ratio of trading on the forecasts after all costs.

      Trials are kept as they end, so that the same command after a kill goes on where it was; what \
      is tried follows from the seed and from what was found, not from --jobs. Each is noted in \
      the ledger of trials before it is made (evaluate ledger), for the best of many is good by luck \
      too: the table says how much is left after that.

      No setting is changed: what could be adopted is printed, and whether it is, is for a person \
      to decide.
      """,
    flags: [
      Flag(
        "over", value: "KEY=VALUES", "A setting to vary; may be repeated.", isRepeatable: true),
      Flag(
        "method", value: "HOW", "How trials are chosen.",
        accepts: .oneOf(Search.Method.allCases.map(\.rawValue)), shownDefault: "tpe",
        setting: "search.method"),
      Flag(
        "trials", value: "N", "Combinations tried.", shownDefault: "30", setting: "search.trials"),
      Flag("seed", value: "N", "Where chance begins.", shownDefault: "1", setting: "search.seed"),
      Flag(
        "goal", value: "WHAT", "What makes a trial better.",
        accepts: .oneOf(SearchGoal.allCases.map(\.rawValue)), shownDefault: "rank-ic",
        setting: "search.goal"),
      Flag(
        "folder", value: "FOLDER", "Where trials are kept.",
        shownDefault: "one of the runs folder, named for the plan"),
      Flag("models", value: "FOLDER", "The folder of the ledger.", setting: "paths.models"),
      .jobs, .symbol, .from, .until, .asOf, .model, .recipe, .select, .label, .scaling, .folds,
    ],
    examples: [
      Example(
        "search --model trees --over trees.leaves=7..63 --over trees.rate=1%..10%:log",
        "Thirty trials by TPE"),
      Example(
        "search --method grid --over strategy.enter=5bp..20bp:4 --goal net", "A grid of thresholds"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation).searching(over: invocation.texts("over"))
    let job = try SearchJob(work, invocation.terminal, at: invocation.text("folder"))
    var ledger = try SearchLedger(job)
    try job.complete(jobs: try invocation.jobs(), invocation.terminal) {
      proposals throws(Failure) in
      try ledger.ask(proposals)
    } told: { trial, result throws(Failure) in
      try ledger.answer(trial, result)
    }
    try SearchPage(job).print(to: invocation.terminal)
    return .ok
  }
}

extension WorkSettings {
  /// What the command line varies, in place of what the file does.
  fileprivate func searching(over words: [String]) throws(Failure) -> WorkSettings {
    guard !words.isEmpty else { return self }
    let rows = try words.map { word throws(Failure) in
      let parts = word.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else {
        throw Failure(
          .usage, "--over \(word): expected KEY=VALUES, such as trees.leaves=7..63")
      }
      return "\(parts[0]): \"\(parts[1])\""
    }
    return try changing([("search.over", "{\(rows.joined(separator: ", "))}")])
  }
}
