import Archive
import Console
import Glibc
import Market
import Workbench

extension Command {
  static let decide = Command(
    "decide", "Record what a person makes of a doubtful day",
    about: """
      accept: it happened, use the day as it is. exclude: leave the day out. replace: leave it out \
      until other bars are imported for it. The decision is kept in the archive with its reason \
      and is tied to the day's bars: when they change, it no longer holds. Training, backtests and \
      paper runs honour it.
      """,
    flags: [
      Flag("reason", value: "TEXT", "Why; it is kept."),
      Flag(
        "interval", value: "LENGTH", "The length of the bars.",
        accepts: .oneOf(BarInterval.allCases.map(\.name)), setting: "data.interval"),
      Flag("archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive"),
    ],
    operands: [
      Operand("SYMBOL", "The series, such as rb2105.SHFE."),
      Operand("DAY", "The trading day."),
      Operand(
        "VERDICT", "What to do with it.",
        accepts: .oneOf(Verdict.allCases.map(\.rawValue))),
    ],
    examples: [
      Example(
        "decide rb8888.SHFE 2020-02-03 accept --reason holiday",
        "A day that looks odd, and why")
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let symbol = try WorkSettings.symbol(invocation.operand("SYMBOL") ?? "")
    let text = invocation.operand("DAY") ?? ""
    guard let day = TradingDay(text) else {
      throw invocation.usageFailure("\"\(text)\" is no day: expected a date such as 2020-01-31")
    }
    guard let verdict = Verdict(rawValue: invocation.operand("VERDICT") ?? "") else {
      throw invocation.usageFailure("expected accept, exclude or replace")
    }
    guard let reason = invocation.text("reason"), !reason.isEmpty else {
      throw invocation.usageFailure("--reason is missing: the record should say why")
    }
    let key = SeriesKey(symbol, work.interval)
    let now = Instant(seconds: Int64(time(nil)))
    try withArchive { () throws(ArchiveError) in
      try BarStore(path: work.archivePath).decide(
        verdict, on: day, of: key, because: reason, at: now)
    }
    if invocation.terminal.isJSON {
      invocation.terminal.print([
        "series": .text(key.description), "day": .text(day.description),
        "verdict": .text(verdict.rawValue), "reason": .text(reason),
      ])
    } else {
      invocation.terminal.print("\(key) \(day): \(verdict.rawValue), \(reason)\n")
    }
    return .ok
  }
}
