import Bytes
import Console
import Market
import Reporting
import Research
import Training
import Workbench

/// Several kinds side by side as a page; each has a page of its own besides.
extension SideBySide {
  var page: Page {
    let first = walks[0].walking
    return Page(
      "\(walks.map(\.name).joined(separator: ", ")) over \(first.job.title)",
      subtitle: "\(NumberText.count(stack.count)) forecasts of days none of them had learned from, "
        + "\(first.walk.fits.count) folds. Label: \(first.job.experiment.label).",
      sections: [
        Section(nil, headline), Section("Side by side", [.table(scoreTable)]),
        Section("Skill over time", skill),
        Section("Can forecasts be taken at their word?", calibration),
        Section("What an entry earned", [.table(entryTable)]),
        Section("Folds", [.table(foldTable), .table(weightTable)]),
        Section("Everything tried on these days", ledger),
        Section("Lineage", [.pairs(lineage)]),
      ])
  }

  private var views: [EvidenceView] {
    let all = walks.map { ($0.name, $0.walking.walk.evidence) } + [("stack", stack)]
    return all.map { name, evidence in
      EvidenceView(
        evidence, model: name, names: walks[0].walking.names, zone: walks[0].walking.job.zone)
    }
  }

  private var headline: [Block] {
    let tiles = lines.prefix(walks.count + 1).map { line in
      Tile(
        line.name, NumberText.percent(line.zero?.r2),
        note: "R² against zero; rank IC \(NumberText.fixed(line.rankIC.value, decimals: 3)), "
          + "t \(NumberText.fixed(line.rankIC.t, decimals: 1))")
    }
    let alarms = walks.compactMap { walk in
      walk.walking.judgement.alarmText.map { "\(walk.name): \($0)" }
    }
    return [.tiles(tiles)] + (alarms.isEmpty ? [] : [.remarks(alarms)])
  }

  private var scoreTable: Reporting.Table {
    Reporting.Table(
      columns: [.words("Forecast")] + SideLine.heads.map { .init($0) },
      rows: lines.map { [$0.name] + $0.cells },
      note: SideLine.legend.split(separator: "\n").joined(separator: " "))
  }

  /// All over the rows that each of them has.
  private var skill: [Block] {
    let paths = views.map { ($0.model, SkillPath($0.evidence.shared(with: stack))) }
    guard let luck = paths.compactMap(\.1).last?.luck else { return views[0].skill }
    let drawn = paths.compactMap { name, path in path.map { LineChart.Series(name, $0.values) } }
    return [
      .lines(
        LineChart(
          "Correlation of forecast and outcome, grown row by row",
          axis: .instants(stack.instants, walks[0].walking.job.zone),
          series: drawn + [
            .init("luck stays below, 95 %", luck), .init("and above", luck.map { -$0 }),
          ]))
    ]
  }

  private var calibration: [Block] {
    let found = views.compactMap { view in Calibration(view.evidence).map { (view.model, $0) } }
    guard let first = found.first?.1 else {
      return [.paragraphs(["There are too few different forecasts to part them into tenths."])]
    }
    let chart = LineChart(
      "What came of each tenth of the forecasts, in basis points",
      axis: .names(first.parts.indices.map { "\($0 + 1)" }),
      series: found.map { name, one in .init(name, one.parts.map { $0.outcome * 10_000 }) })
    let slopes = found.map { "\($0.0) \(NumberText.fixed($0.1.slope, decimals: 2))" }
    return [
      .lines(chart),
      .paragraphs([
        "Outcome on forecast has the slope \(slopes.joined(separator: ", ")); 1 is to be taken at "
          + "one's word, less says that the forecasts reach too far."
      ]),
    ]
  }

  private var entryTable: Reporting.Table {
    let all = views.map { ($0.model, EntryFigures.all($0.evidence)) }
    return Reporting.Table(
      "Mean of an entry in the forecast's direction before costs, in basis points",
      columns: [.words("Forecast")]
        + Self.passed.map { .init("largest \(NumberText.percent(1 - $0, decimals: 0))") },
      rows: all.map { name, figures in
        [name]
          + Self.passed.map { share in
            figures.first { $0.passedShare == share }.map {
              "\(NumberText.fixed($0.gain * 10_000, decimals: 2)) ± "
                + NumberText.fixed($0.error * 10_000, decimals: 2)
            } ?? "–"
          }
      }, note: "Each row by itself at the label's horizon, ± one error.")
  }

  private static let passed = [0, 0.5, 0.75, 0.9, 0.95, 0.99]

  private var foldTable: Reporting.Table {
    let views = views
    return Reporting.Table(
      "R² against zero, fold by fold",
      columns: [.words("Fold"), .words("Learned from"), .words("Forecast")]
        + views.map { .init($0.model) },
      rows: walks[0].walking.spans.map { span in
        ["\(span.number)", views[0].days(span.learned), views[0].days(span.tested)]
          + views.map { NumberText.percent(Scores($0.evidence.fold(span.number)).r2Zero) }
      })
  }

  private var weightTable: Reporting.Table {
    Reporting.Table(
      "What each counts for in the stack",
      columns: [.words("Fold")] + walks.map { .init($0.name) },
      rows: weights.map { one in
        ["\(one.fold)"] + one.weights.map { NumberText.fixed($0, decimals: 3) }
      }, note: "Learned from earlier folds alone; in the first all count alike.")
  }

  private var ledger: [Block] {
    let verdicts =
      walks.map { ($0.name, $0.walking.judgement.verdict) } + [("stack", verdict)]
    let told = verdicts.compactMap { name, verdict in verdict.map { (name, $0.told) } }
    guard let last = verdicts.last?.1 else { return [] }
    return [
      .paragraphs([last.looksText + "."]),
      .table(
        Reporting.Table(
          columns: [.init("Figure", .sentence)] + told.map { .init($0.0) },
          rows: last.told.map { figure in
            [figure.words]
              + told.map { _, lines in lines.first { $0.words == figure.words }?.value ?? "–" }
          }, note: "Each as it stood when its walk had ended: later ones count more trials.")),
    ]
  }

  private var lineage: [Pair] {
    let first = walks[0].walking
    return first.origins
      + walks.map { Pair("Evidence of \($0.name)", $0.walking.hash) }
      + [Pair("Evidence of the stack", hash)]
      + first.settings.filter { !$0.name.hasPrefix("model.kind") }
  }
}

extension SideBySide {
  /// The page, and beside it that of each kind.
  func write(to path: String, _ terminal: Terminal) throws(Failure) {
    let stem = path.hasSuffix(".html") ? String(path.dropLast(5)) : path
    try writeFile(Array(page.html().utf8), to: path)
    for (name, walking) in walks {
      try writeFile(Array(walking.page.html().utf8), to: "\(stem)-\(name).html")
    }
    if !terminal.isJSON {
      terminal.print("page     \(path), and one of each kind: \(stem)-\(walks[0].name).html …\n")
    }
  }
}
