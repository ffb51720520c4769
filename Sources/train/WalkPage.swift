import Bytes
import Console
import Features
import Market
import Models
import Reporting
import Research
import Training
import Workbench

/// A walk as a page: one file, with what would be asked first at its top.
extension Walking {
  var page: Page {
    Page(
      "Walk forward of \(model) over \(job.title)",
      subtitle: "\(NumberText.count(scores.count)) forecasts of days not learned from, "
        + "\(walk.fits.count) folds. Label: \(job.experiment.label).",
      sections: [
        Section(nil, headline), Section("Skill over time", skill),
        Section("Can forecasts be taken at their word?", calibration),
        Section("What an entry earned", entries),
        Section("Beside what needs no skill", [.table(comparedTable)]),
        Section("Folds and hours", [.table(foldsTable), .table(partsTable(.hour, "Hour"))]),
        Section("Everything tried on these days", ledger),
        Section("Lineage", [.pairs(lineage)]),
      ])
  }

  private var model: String { walk.fits.first?.model.name ?? "model" }

  private var headline: [Block] {
    let zero = judgement.comparisons.first?.comparison
    var blocks: [Block] = [
      .tiles([
        Tile(
          "R² against zero", NumberText.percent(scores.r2Zero),
          note: "Clark–West t \(NumberText.fixed(scores.clarkWest, decimals: 1))"),
        Tile(
          "Rank IC", NumberText.fixed(scores.rankIC, decimals: 4),
          note: "Newey–West t \(NumberText.fixed(scores.rankICT, decimals: 1))"),
        Tile(
          "Hit rate", NumberText.percent(scores.hitRate, decimals: 1),
          note: "\(NumberText.percent(scores.baseRate, decimals: 1)) by always the same"),
        Tile(
          "RMSE better than zero", NumberText.basisPoints(zero?.rmseGain, decimals: 3),
          note: zero?.rmseInterval.map {
            "95 %: \(NumberText.basisPoints($0.lowerBound, decimals: 3)) … "
              + NumberText.basisPoints($0.upperBound, decimals: 3)
          } ?? ""),
      ])
    ]
    if !judgement.alarms.isEmpty { blocks.append(.remarks(judgement.alarms.map(\.text))) }
    return blocks
  }

  private var skill: [Block] {
    let months = Breakdown.month.parts(of: walk.evidence, names: names) {
      job.zone.offsetSeconds(at: $0)
    }
    let monthly = BarChart(
      "Rank IC by month", axis: .names(months.map(\.name)),
      values: months.map { Scores($0.evidence).rankIC ?? .nan }, height: 0.6)
    guard let path = SkillPath(walk.evidence) else {
      return [.paragraphs(["The forecasts do not vary: there is no correlation to show."])]
    }
    let chart = LineChart(
      "Correlation of forecast and outcome, grown row by row",
      axis: .instants(walk.evidence.instants, job.zone),
      series: [
        .init(model, path.values), .init("luck stays below, 95 %", path.luck),
        .init("and above", path.luck.map { -$0 }),
      ])
    return [.lines(chart), .bars(monthly)]
  }

  private var calibration: [Block] {
    guard let calibration = judgement.calibration else {
      return [.paragraphs(["There are too few different forecasts to part them into tenths."])]
    }
    let parts = calibration.parts
    let chart = LineChart(
      "Tenths of forecasts: what was forecast, what came, in basis points",
      axis: .names(parts.indices.map { "\($0 + 1)" }),
      series: [
        .init("came", parts.map { $0.outcome * 10_000 }),
        .init("forecast", parts.map { $0.forecast * 10_000 }),
        .init("came + 2 errors", parts.map { ($0.outcome + 2 * $0.error) * 10_000 }),
        .init("came − 2 errors", parts.map { ($0.outcome - 2 * $0.error) * 10_000 }),
      ])
    var words =
      "Outcome on forecast has the slope "
      + "\(NumberText.fixed(calibration.slope, decimals: 2)); 1 is to be taken at one's word."
    if let width = judgement.width {
      words +=
        " 90 % of outcomes lay within \(NumberText.basisPoints(width.width)) of the forecast; "
        + "the earlier half's width held \(NumberText.percent(width.coverage, decimals: 1)) of the "
        + "later half."
    }
    return [.lines(chart), .paragraphs([words])]
  }

  /// Costs of a way in and out that people may compare their own with.
  private static let costs = [0.0, 0.5, 1, 2, 5, 10]

  private var entries: [Block] {
    let rows = EntryFigures.all(walk.evidence).map { one in
      [
        NumberText.percent(1 - one.passedShare, decimals: 0),
        NumberText.basisPoints(one.threshold), NumberText.count(one.count),
        NumberText.fixed(one.error * 10_000, decimals: 2),
      ] + Self.costs.map { NumberText.fixed(one.gain * 10_000 - $0, decimals: 2) }
    }
    let columns: [Reporting.Table.Column] =
      ["largest", "from", "entries", "± bp"].map { .init($0) }
      + Self.costs.map { .init("\(NumberText.fixed($0, decimals: 1)) bp") }
    return [
      .table(
        Reporting.Table(
          "Mean of an entry in the forecast's direction, in basis points, by what in and out cost",
          columns: columns, rows: rows,
          note: "Each row by itself at the label's horizon; evaluate backtest trades them with "
            + "dated fees, slippage and holding."))
    ]
  }

  private var comparedTable: Reporting.Table {
    Reporting.Table(
      columns: scoreColumns("Forecast"), rows: compared().map { cells($0.name, $0.evidence) })
  }

  private var foldsTable: Reporting.Table {
    let heads = ["Learned from", "Forecast", "Features"]
    return Reporting.Table(
      "Folds",
      columns: scoreColumns("Fold") + [.words(heads[0]), .words(heads[1]), .init(heads[2])],
      rows: walk.fits.map { fit in
        cells("\(fit.fold.number)", walk.evidence.fold(fit.fold.number)) + [
          days(fit.fold.trainFrom, fit.fold.trainTo), days(fit.fold.testFrom, fit.fold.testTo),
          "\(fit.scaler.columns.count)",
        ]
      })
  }

  private func partsTable(_ kind: Breakdown, _ head: String) -> Reporting.Table {
    let parts = kind.parts(of: walk.evidence, names: names) { job.zone.offsetSeconds(at: $0) }
    return Reporting.Table(
      head, columns: scoreColumns(head), rows: parts.map { cells($0.name, $0.evidence) })
  }

  private func scoreColumns(_ head: String) -> [Reporting.Table.Column] {
    [.words(head)]
      + ["Rows", "RMSE bp", "R² zero", "Rank IC", "t", "Hit", "Base"].map { .init($0) }
  }

  private func cells(_ name: String, _ evidence: Evidence) -> [String] {
    let scores = Scores(evidence)
    // A volatility is no return: its size says nothing.
    let isReturn = name != "−volatility"
    return [
      name, NumberText.count(scores.count),
      NumberText.fixed(isReturn ? scores.rmse * 10_000 : nil, decimals: 3),
      NumberText.percent(isReturn ? scores.r2Zero : nil),
      NumberText.fixed(scores.rankIC, decimals: 4), NumberText.fixed(scores.rankICT, decimals: 1),
      NumberText.percent(scores.hitRate, decimals: 1),
      NumberText.percent(scores.baseRate, decimals: 1),
    ]
  }

  private var ledger: [Block] {
    guard let verdict = judgement.verdict else { return [] }
    return [
      .paragraphs([verdict.looksText + "."]),
      .table(
        Reporting.Table(
          columns: [.init("Figure", .sentence), .init("Value")],
          rows: verdict.told.map { [$0.words, $0.value] })),
    ]
  }

  private var lineage: [Pair] {
    [
      Pair("Bars", job.fingerprint.hex), Pair("Evidence", hash),
      Pair("Recipe", job.experiment.recipe.name),
      Pair("Source", Set(job.series.map(\.source)).sorted().joined(separator: ", ")),
    ]
      + job.folder.plan.settings.map { line in
        let parts = line.split(separator: " ", maxSplits: 1)
        return Pair(String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : "")
      }
  }
}
