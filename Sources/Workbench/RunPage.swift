import Bytes
public import Console
public import Engine
public import Market
public import Reporting
import Trading

extension RunDescription {
  /// The report of a run from its records alone.
  public func report(
    _ title: String, _ records: some Sequence<Record>, cash: Money, notes: [String]
  ) -> RunReport {
    RunReport(
      title, ledger: Ledger(cash: cash, records: records),
      instruments: zip(symbols, grids).map { symbol, grid in
        Instrument(
          symbol: symbol, grid: grid, funding: symbol.exchange.hasOffsets ? .margin : .cash)
      }, lineage: lineage(records), notes: notes + madeUp)
  }

  /// A made-up market must never be taken for a real one.
  private var madeUp: [String] {
    zip(symbols, sources).filter { $1.hasPrefix("made by") }
      .map { "The bars of \($0) are not a market's: \($1)." }
  }

  private func lineage(_ records: some Sequence<Record>) -> [Pair] {
    let series = symbols.indices.flatMap { index in
      [
        Pair("Bars of \(symbols[index])", data[index].hex),
        Pair("Source of \(symbols[index])", sources[index]),
      ]
    }
    let settings = settingLines.map { Pair($0, $1) }
    return series + [
      Pair("Model version", version?.hex ?? "none"),
      Pair("Hash of the records", Record.digest(records).hex),
    ] + settings
  }
}

/// Writes a report as a page and, beside it, the same figures as JSON.
public func writeReport(_ report: RunReport, to path: String) throws(Failure) {
  try writeFile(Array(report.page.html().utf8), to: path)
  let stem = path.hasSuffix(".html") ? String(path.dropLast(5)) : path
  try writeFile(Array(report.json.json().utf8), to: stem + ".json")
}

/// The few figures a terminal shows of a run.
public func runTable(_ report: RunReport) -> Console.Table {
  let figures = report.performance
  var table = Console.Table(.text("figure"), .number("value"))
  table.add("trading days", NumberText.count(figures.tradingDays))
  table.add("final equity", NumberText.money(figures.final))
  table.add("total return", NumberText.percent(figures.totalReturn))
  table.add("deepest fall", NumberText.percent(figures.drawdown?.depth))
  table.add(
    "Sharpe ratio",
    NumberText.fixed(figures.sharpe?.ratio, decimals: 2)
      + (figures.sharpe?.interval.map {
        " (\(NumberText.fixed($0.lowerBound, decimals: 2)) … "
          + "\(NumberText.fixed($0.upperBound, decimals: 2)))"
      } ?? ""))
  table.add("trades", NumberText.count(figures.trades.count))
  table.add("win rate", NumberText.percent(figures.trades.winRate, decimals: 1))
  table.add("fees", NumberText.money(figures.costs.fees))
  table.add(
    "orders denied by risk", NumberText.count(report.ledger.denials.reduce(0) { $0 + $1.count }))
  return table
}

/// Why risk turned wishes down, a line for each rule that did, and which alarms rang.
public func riskLines(_ report: RunReport) -> [String] {
  let name = { (index: InstrumentIndex) in
    index.value < report.instruments.count ? "\(report.instruments[index.value].symbol): " : ""
  }
  let denials = report.ledger.denials.compactMap { denial -> String? in
    guard let last = denial.last else { return nil }
    let grid = report.ledger.terms(last.instrument)?.grid ?? Grid(decimals: 0)
    let times = denial.count == 1 ? "once" : "\(NumberText.count(denial.count)) times, at last"
    return "\(denial.rule.name): turned down \(times): \(name(last.instrument))\(last.reason(grid))"
  }
  let held = report.ledger.alarms.compactMap { timed -> InstrumentIndex? in
    if case .mustLeave(let instrument) = timed.alarm { instrument } else { nil }
  }
  return denials
    + Set(held).sorted().map { "alarm: \(name($0))\(Alarm.mustLeave($0).telling)" }
}
