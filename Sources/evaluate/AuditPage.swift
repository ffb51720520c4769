import Bytes
import Console
import Market
import Research
import Workbench

/// An audit as it is printed: tables for people, an object for programs.
struct AuditPage {
  private let audited: Audited
  private var audit: Audit { audited.audit }

  init(_ audited: Audited) { self.audited = audited }

  /// Every column with the bars its start is felt for, beside what a recipe computes, or beside how
  /// near somebody's own column comes to the outcome.
  var columnTable: Table {
    let isRecipe = audit.columns.contains { $0.computedBars != nil }
    var table = Table(
      .text("column"), .number("warm-up"), .number(isRecipe ? "computed" : "outcome IC"),
      .text("verdict"))
    for (index, column) in audit.columns.enumerated() {
      let beside =
        column.computedBars.map(String.init)
        ?? column.outcome.map { DoubleText.fixed($0, decimals: 3) }
      table.add(column.name, needed(column), beside ?? "–", verdict(index))
    }
    return table
  }

  /// Where each leak shows first and how large it gets, in the column's deviations.
  var leakTable: Table {
    var table = Table(
      .text("leak"), .text("check"), .number("first row"), .text("at"), .number("rows"),
      .number("size"))
    for leak in audit.leaks {
      table.add(
        audit.columns[leak.column].name, leak.check.rawValue, String(leak.row),
        clockText(audit.instants[leak.row], audited.symbol.exchange.zone), String(leak.rows),
        size(leak))
    }
    return table
  }

  var verdict: String {
    let scope =
      "\(audited.name): \(audit.columns.count) columns on \(audit.instants.count) bars of "
      + "\(audited.symbol), \(audit.cuts) cuts"
    guard audit.leaks.isEmpty else {
      let leaking = Set(audit.leaks.map(\.column)).count
      return "\(scope): \(leaking) of them leak"
    }
    return audited.isRemade
      ? "\(scope): no look-ahead found" : "\(scope): none is the outcome, nothing else is proved"
  }

  var json: JSON {
    [
      "name": .text(audited.name), "symbol": .text(audited.symbol.description),
      "bars": .integer(audit.instants.count), "cuts": .integer(audit.cuts),
      "remade": .flag(audited.isRemade),
      "columns": .list(
        audit.columns.map { column in
          [
            "name": .text(column.name), "needed_bars": integer(column.neededBars),
            "computed_bars": integer(column.computedBars), "endless": .flag(column.isEndless),
            "outcome_ic": column.outcome.map { .number($0) } ?? .null,
          ]
        }),
      "leaks": .list(
        audit.leaks.map { leak in
          [
            "column": .text(audit.columns[leak.column].name), "check": .text(leak.check.rawValue),
            "row": .integer(leak.row), "at": .text(utcText(audit.instants[leak.row])),
            "rows": .integer(leak.rows), "cut": .integer(leak.cut),
            // Null where a value is there in one making and absent in the other.
            "size": .number(leak.size),
          ]
        }),
    ]
  }

  private func integer(_ value: Int?) -> JSON { value.map { .integer($0) } ?? .null }

  private func needed(_ column: AuditedColumn) -> String {
    guard audited.isRemade else { return "–" }
    return column.neededBars.map(String.init) ?? "never"
  }

  private func verdict(_ column: Int) -> String {
    let checks = audit.leaks.filter { $0.column == column }.map(\.check.rawValue)
    guard checks.isEmpty else { return "LEAK: " + checks.joined(separator: ", ") }
    guard audited.isRemade else { return "unproved" }
    return audit.columns[column].isEndless ? "sound; its level is endless" : "sound"
  }

  /// Deviations for a difference, a correlation for the outcome.
  private func size(_ leak: Leak) -> String {
    if leak.check == .outcome { return "IC " + DoubleText.fixed(leak.size, decimals: 3) }
    guard leak.size < .infinity else { return "absent" }
    guard leak.size >= 0.001 else { return "< 0.001 σ" }
    return leak.size < 1e6 ? DoubleText.fixed(leak.size, decimals: 3) + " σ" : "> 1000000 σ"
  }
}
