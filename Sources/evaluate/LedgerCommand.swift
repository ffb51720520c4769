import Bytes
import Console
import Market
import ModelStore
import Research
import Workbench

extension Command {
  static let ledger = Command(
    "ledger", "List every trial: what was asked, and what came of it",
    about: """
      Each walk and fit is noted before it looks at the days it forecasts and again when it is done; \
      lines are chained by hashes, so a changed, exchanged or missing line is found. --trial holds \
      one up against all others on the same series and days: deflated Sharpe ratio, probability of \
      backtest overfitting with the range that chance shows, Hansen's test, corrected p values. \
      The returns are those of the sign of each forecast held over its horizon at training.cost.
      """,
    flags: [
      Flag("verify", "Check the chain alone, and print its last hash."),
      Flag("trial", value: "N", "Judge the trial of this number."), .models,
    ],
    examples: [
      Example("ledger", "Every trial, the newest last"),
      Example("ledger --verify", "Whether no line was changed"),
      Example("ledger --trial 1", "What luck leaves of it"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let ledger = TrialLedger(folder: work.modelsFolder)
    let book = try withStore { () throws(StoreError) in try ledger.read() }
    let terminal = invocation.terminal
    if book.tornBytes > 0 {
      terminal.warn(
        "\(ledger.path): a crash left half a line of \(book.tornBytes) bytes; "
          + "the next trial cuts it off")
    }
    if let number = try invocation.integer("trial", in: 1...Int.max) {
      guard let verdict = TrialVerdict(on: number, in: book) else {
        throw Failure(
          .usage, "no finished trial \(number)", remedy: "See which there are: evaluate ledger")
      }
      if terminal.isJSON { terminal.print(verdict.json) } else { terminal.print(verdict.table) }
      return .ok
    }
    if invocation.has("verify") {
      if terminal.isJSON {
        terminal.print(["lines": .integer(book.lines), "head": .text(book.head.hex)])
      } else {
        terminal.print("\(book.lines) lines hold; head \(book.head.hex)\n")
      }
      return .ok
    }
    if terminal.isJSON {
      terminal.print(.list(book.trials.map { $0.json(in: book) }))
    } else {
      terminal.print(table(book))
      if book.trials.isEmpty { terminal.say("No trials yet; train walk makes one.") }
    }
    return .ok
  }

  private static func table(_ book: TrialBook) -> Table {
    var table = Table(
      .number("no."), .text("noted"), .text("what"), .text("series"), .text("model"),
      .number("looks"), .number("R² zero"), .number("rank IC"), .number("C–W t"))
    for trial in book.trials {
      let question = trial.question
      let number = { (name: String, scale: Double, decimals: Int) in
        trial.metric(name).map { DoubleText.fixed($0 * scale, decimals: decimals) } ?? "–"
      }
      table.add(
        "\(trial.number)", String(clockText(trial.begunAt, .shanghai).prefix(10)),
        trial.answer == nil ? "cut short" : question.purpose.rawValue, question.symbols,
        question.model,
        "\(book.looks(data: question.data, testFrom: question.testFrom, testTo: question.testTo))",
        number("r2-zero", 100, 2) + (trial.metric("r2-zero") == nil ? "" : " %"),
        number("rank-ic", 1, 4), number("clark-west", 1, 1))
    }
    return table
  }
}

extension Trial {
  fileprivate func json(in book: TrialBook) -> JSON {
    [
      "number": .integer(number), "begun_at": .text(utcText(begunAt)),
      "ended_at": endedAt.map { JSON.text(utcText($0)) } ?? JSON.null,
      "purpose": .text(question.purpose.rawValue), "build": .text(question.build),
      "data": .text(question.data.hex), "symbols": .text(question.symbols),
      "interval": .text(question.interval), "label": .text(question.label),
      "recipe": .text(question.recipe.hex), "model": .text(question.model),
      "parameters": .text(question.parameters), "seed": .integer(Int(question.seed)),
      "folds": .text(question.folds), "test_from": .text(utcText(question.testFrom)),
      "test_to": .text(utcText(question.testTo)),
      "looks": .integer(
        book.looks(data: question.data, testFrom: question.testFrom, testTo: question.testTo)),
      "days": .integer(answer?.daily.days.count ?? 0),
      "metrics": .object(
        (answer?.metrics ?? []).map { JSON.Member($0.name, .number($0.value)) }),
    ]
  }
}
