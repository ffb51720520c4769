import Bytes
import Console
import Engine
import Market
import Reporting
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
    "report", "Write the page of a run from its journal",
    flags: [
      Flag(
        "out", value: "FILE", "Where the page goes.", accepts: .file,
        shownDefault: "beside the journal")
    ],
    operands: [Operand("JOURNAL", "A journal of runs/.", accepts: .file)],
    examples: [Example("report runs/demo.journal --out today.html", "The demo's run")]
  ) { invocation in
    let journal = try RecordedJournal(invocation.operand("JOURNAL") ?? "")
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
}
