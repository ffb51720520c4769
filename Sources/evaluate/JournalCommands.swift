import Bytes
import Console
import Engine
import Market
import ModelStore
import Reporting
import Research
import Training
import Workbench

extension Command {
  static let replay = Command(
    "replay", "Prove that a journal's desk would decide the same again",
    about: """
      A fresh desk is rebuilt from the journal's own description and stepped through every recorded \
      event; each order, cancel and denial must come out as it was recorded. The first difference \
      ends with exit code 1.
      """,
    operands: [Operand("JOURNAL", "A journal of runs/.", accepts: .file)],
    examples: [Example("replay runs/demo.journal", "The demo's run")]
  ) { invocation in
    let journal = try RecordedJournal(invocation.operand("JOURNAL") ?? "")
    let account = try journal.description.replay(journal.records, of: journal.path)
    let hash = Record.digest(journal.records).hex
    if invocation.terminal.isJSON {
      invocation.terminal.print([
        "records": .integer(journal.records.count), "hash": .text(hash),
        "equity": .text(account.equity.description), "same": true,
      ])
    } else {
      invocation.terminal.print(
        "\(journal.records.count) records, every decision the same\n"
          + "equity  \(account.equity)\nrecords \(hash)\n")
    }
    return .ok
  }

  static let report = Command(
    "report", "Write the page of a run or of a version",
    about: """
      Of a journal: the run's page. Of a version of the store, by alias, number or id: what it kept \
      of days it had not seen, as one page and the same numbers as JSON: headline figures, skill over \
      time, tenths, folds, baselines, lineage and settings. Its bars are loaded again and its last fold \
      is learned anew for what needs them: the surface of threshold and cost in the dated fees of its \
      market, importances by permutation, gain, splits and Shapley's values, how forecasts move with a \
      feature, the curve of learning, a forest's score out of bag. --kept leaves that out.
      """,
    flags: [
      Flag(
        "out", value: "FILE", "Where the page goes.", accepts: .file,
        shownDefault: "beside the journal; runs/version-NUMBER.html"),
      Flag("kept", "Of a version, what it kept alone: no bars, nothing learned anew."),
      .models,
    ],
    operands: [Operand("WHAT", "A journal of runs/, or a version.", accepts: .file)],
    examples: [
      Example("report runs/demo.journal --out today.html", "The demo's run"),
      Example("report champion", "The version that is traded by"),
    ]
  ) { invocation in
    let word = invocation.operand("WHAT") ?? ""
    if !isJournal(word) {
      return try version(word, invocation)
    }
    guard !invocation.has("kept") else {
      throw invocation.usageFailure("--kept is for versions; \(word) is a journal")
    }
    let journal = try RecordedJournal(word)
    let cash = try journal.description.cash(journal.path)
    let report = journal.description.report("Run", journal.records, cash: cash, notes: [])
    let path = invocation.text("out") ?? journal.path + ".html"
    try writeReport(report, to: path)
    if invocation.terminal.isJSON {
      invocation.terminal.print(report.json.json())
    } else {
      invocation.terminal.print(runTable(report))
      invocation.terminal.print("\nreport  \(path)\n")
    }
    return .ok
  }

  private static func version(
    _ word: String, _ invocation: Invocation
  ) throws(Failure) -> ExitCode {
    let work = try WorkSettings.load(invocation)
    let report = try VersionReport(
      word, work, asksAnew: !invocation.has("kept"), invocation.terminal)
    let path =
      invocation.text("out") ?? "\(work.runsFolder)/version-\(report.model.version.number).html"
    let stem = path.hasSuffix(".html") ? String(path.dropLast(5)) : path
    let json = report.json.json()
    try writeFile(Array(report.page.html().utf8), to: path)
    try writeFile(Array(json.utf8), to: stem + ".json")
    for remark in report.remarks { invocation.terminal.warn(remark) }
    if invocation.terminal.isJSON {
      invocation.terminal.print(json)
    } else {
      var table = Console.Table(
        .text("forecast"), .number("R² zero"), .number("rank IC"), .number("t"), .number("hit"))
      for (name, evidence) in report.compared {
        let scores = Scores(evidence)
        table.add(
          name, NumberText.percent(name == "−volatility" ? nil : scores.r2Zero),
          NumberText.fixed(scores.rankIC, decimals: 4),
          NumberText.fixed(scores.rankICT, decimals: 1),
          NumberText.percent(scores.hitRate, decimals: 1))
      }
      invocation.terminal.print(table)
      invocation.terminal.print("\nreport  \(path)\n")
    }
    return .ok
  }
}
