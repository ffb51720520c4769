import Bytes
import Console
import Market
import Workbench

extension Command {
  static let actions = Command(
    "actions", "Keep a share's dividends, splits and rights",
    about: """
      Reads a CSV table with the columns ex_day, record_day, dividend, bonus, rights, \
      rights_price, consolidation (figures by share), or one of akshare (by ten shares) or \
      tushare, and keeps it for the symbol. From then on features and labels see prices chained \
      forwards over the ex-days, the books turn what is held on an ex-day into shares and money, \
      and its price limits are counted from the close without the right. Rights are taken as \
      lapsed. Plans without an ex-day are left out and counted.
      """,
    flags: [
      Flag("symbol", value: "SYMBOL", "The share, such as 600519.SSE."),
      Flag("folder", value: "FOLDER", "Where they are kept.", setting: "paths.actions"),
    ],
    operands: [Operand("FILE", "The table.", accepts: .file)],
    examples: [Example("actions maotai.csv --symbol 600519.SSE", "The dividends of one share")]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    guard let name = invocation.text("symbol") else {
      throw invocation.usageFailure("--symbol is missing: whose actions are these?")
    }
    let symbol = try WorkSettings.symbol(name)
    let file = try ActionsFile(path: invocation.operand("FILE") ?? "")
    let path = work.actionsPath(symbol)
    try writeFile(Array(file.csv.utf8), to: path)
    if invocation.terminal.isJSON {
      invocation.terminal.print([
        "symbol": .text(name), "days": .integer(file.rows.count), "plans": .integer(file.plans),
        "file": .text(path),
      ])
      return .ok
    }
    invocation.terminal.print(table(file))
    if file.plans > 0 { invocation.terminal.say("\(file.plans) plans without an ex-day left out") }
    invocation.terminal.print("\n\(file.rows.count) ex-days of \(symbol) → \(path)\n")
    return .ok
  }

  private static func table(_ file: ActionsFile) -> Table {
    var table = Table(
      .text("ex-day"), .text("held on"), .number("dividend"), .number("bonus"), .number("rights"),
      .number("at"), .number("consolidation"))
    for row in file.rows {
      let figures = [row.dividend, row.bonus, row.rights, row.rightsPrice, row.consolidation]
      table.add(
        ["\(row.exDay)", "\(row.recordDay)"]
          + figures.map { $0 == 0 ? "" : DoubleText.shortest(Double($0) / 100_000_000) })
    }
    return table
  }
}
