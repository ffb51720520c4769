import Bytes
import Console
import Engine
import Market
import Reporting
import Research
import Workbench

extension Command {
  static let demo = Command(
    "demo", "Trade unseen days on paper, through the live loop",
    about: """
      Bars come from a thread of their own through the inbox; every batch is durable in the journal \
      before it is taken; the embedded exchange answers. Nothing leaves this machine. A run that was \
      interrupted — even by kill -9 — is taken up where it stopped, with the same end.
      """,
    flags: [
      Flag("model", value: "VERSION", "Alias, number or id.", shownDefault: "champion"),
      Flag("symbol", value: "SYMBOL", "The series to trade.", setting: "data.symbols"),
      Flag("from", value: "DATE", "First trading day.", shownDefault: "the first unseen one"),
      Flag("until", value: "DATE", "Last trading day.", setting: "data.until"),
      Flag(
        "journal", value: "FILE", "The run's journal.", accepts: .file,
        shownDefault: "runs/demo.journal"),
      Flag("fresh", "Forget an earlier journal of that name and begin anew."),
      Flag("models", value: "FOLDER", "The model store.", setting: "paths.models"),
    ],
    examples: [
      Example("demo", "Every day the champion has not seen"),
      Example("demo --fresh --from 2020-04-20", "Anew, and only from that day on"),
      Example("demo --model 2 --journal runs/second.journal", "Another version beside it"),
    ]
  ) { invocation in
    let run = try PaperRun(invocation)
    let ended = try run.drive(invocation.terminal)
    let report = run.description.report(
      "Paper run", ended.records, cash: run.work.cash,
      notes: ["Paper only: fills are the embedded exchange's, not a market's."])
    let path = run.journal + ".html"
    try writeReport(report, to: path)
    for line in riskLines(report) { invocation.terminal.say(line) }
    if invocation.terminal.isJSON {
      invocation.terminal.print(report.json.json())
      return .ok
    }
    invocation.terminal.print(runTable(report))
    invocation.terminal.print("\nequity  \(ended.account.equity)\n")
    invocation.terminal.print("records \(Record.digest(ended.records).hex)\n")
    invocation.terminal.print("journal \(run.journal)\n")
    invocation.terminal.print("report  \(path)\n")
    return .ok
  }
}
