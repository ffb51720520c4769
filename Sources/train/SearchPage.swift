import Bytes
import Console
import Numerics
import Research
import Training
import Workbench

/// What a search found, and what of it is to be believed.
struct SearchPage {
  private let job: SearchJob
  private let search: Search
  private let results: [TrialResult]
  private let maker: TrialMaker
  /// Of the best; `nil` where the ledger does not know it.
  private let verdictOnBest: TrialVerdict?
  private static let shown = 10

  init(_ job: SearchJob) throws(Failure) {
    self.job = job
    (search, results) = try job.finished()
    maker = try TrialMaker(job.work, job.varied, job.slate)
    let ledger = try SearchLedger(job)
    verdictOnBest = try search.best.first.flatMap { best throws(Failure) in
      try ledger.verdict(on: best.proposal)
    }
  }

  func print(to terminal: Terminal) {
    if terminal.isJSON {
      terminal.print(json)
    } else {
      terminal.print(table)
      terminal.print("\n\(verdict)\n")
      if let verdictOnBest {
        terminal.print("\n")
        terminal.print(verdictOnBest.table)
        terminal.print("\(verdictOnBest.looksText)\n")
      }
      terminal.print(adoption)
      terminal.print("\ntrials \(hash)\n")
    }
    for reason in failures.prefix(3) { terminal.warn("a trial failed: \(reason)") }
    if search.best.count > 1 {
      terminal.warn(
        "the best of \(search.best.count) is shown: it was chosen on these very days, "
          + "so it will do worse on others")
    }
  }

  /// The search's result in one word: every trial with its value.
  private var hash: String {
    Sha256.digest(results.flatMap { $0.encoded() }).hex
  }

  private var failures: [String] { results.filter { $0.value == nil }.map(\.reason) }

  private var goal: String { job.work.searchGoal.rawValue }

  private var table: Table {
    var columns: [Table.Column] = [.number("#"), .number("trial")]
    for one in job.varied { columns.append(.text(shortName(one.key))) }
    columns += [.number(goal), .number("Sharpe"), .number("deflated")]
    var table = Table(columns)
    for (place, trial) in search.best.prefix(Self.shown).enumerated() {
      let result = results[trial.proposal.number]
      table.add(
        ["\(place + 1)", "\(trial.proposal.number + 1)"]
          + maker.changes(trial.proposal).map(\.text)
          + [
            text(result.value, 4), text(result.figure("sharpe"), 2),
            deflated(result).map { DoubleText.fixed($0 * 100, decimals: 0) + " %" } ?? "–",
          ])
    }
    return table
  }

  /// `trees.leaves` is known by its last word, unless two are alike.
  private func shortName(_ key: String) -> String {
    let word = { (key: String) in key.split(separator: ".").last.map(String.init) ?? key }
    return job.varied.count { word($0.key) == word(key) } > 1 ? key : word(key)
  }

  private func text(_ value: Double?, _ decimals: Int) -> String {
    value.map { DoubleText.fixed($0, decimals: decimals) } ?? "–"
  }

  /// The chance that a trial's Sharpe ratio is above what the best of as many without skill shows.
  private func deflated(_ result: TrialResult) -> Double? {
    guard let own = SharpeRatio(result.returns.values) else { return nil }
    let ratios = results.compactMap { SharpeRatio.value(of: $0.returns.values) }
    guard ratios.count > 1 else { return own.probability() }
    return own.deflated(
      trials: Double(ratios.count), variance: Statistics.variance(ratios))
  }

  private var verdict: String {
    let failed = failures.isEmpty ? "" : ", \(failures.count) of them failed"
    let returns =
      job.work.searchGoal == .net
      ? "of trading, all costs paid" : "of holding each forecast's sign at training.cost"
    return
      "\(search.count) trials by \(search.method.rawValue)\(failed).\n"
      + "Sharpe: yearly, \(returns);\n"
      + "deflated: the chance that it is above what the best of as many trials\n"
      + "without skill shows."
  }

  /// The settings of the best, as a file would say them.
  private var adoption: String {
    guard let best = search.best.first else { return "\nno trial succeeded\n" }
    var lines = ["\n# Not adopted: to use the best, put this into your settings.\n"]
    var section = ""
    for (key, text) in maker.changes(best.proposal) {
      let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
      if parts[0] != section { lines.append("\(parts[0]):\n") }
      section = parts[0]
      lines.append("  \(parts.count > 1 ? parts[1] : key): \(text)\n")
    }
    return lines.joined()
  }

  private var json: JSON {
    [
      "goal": .text(goal), "method": .text(search.method.rawValue),
      "trials": .integer(search.count), "failed": .integer(failures.count),
      "hash": .text(hash), "folder": .text(job.folder.path),
      "ledger": verdictOnBest?.json ?? .null,
      "best": .list(
        search.best.prefix(Self.shown).map { trial in
          let result = results[trial.proposal.number]
          return [
            "trial": .integer(trial.proposal.number + 1), "value": number(result.value),
            "sharpe": number(result.figure("sharpe")), "deflated": number(deflated(result)),
            "settings": .object(
              maker.changes(trial.proposal).map { JSON.Member($0.key, .text($0.text)) }),
            "figures": .object(
              result.figures.map { JSON.Member($0.name, .number($0.value)) }),
          ]
        }),
    ]
  }

  private func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
}
