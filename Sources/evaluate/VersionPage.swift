import Bytes
import Features
import Market
import ModelStore
import Models
import Reporting
import Research
import Training
import Workbench

/// A version's report as a page.
extension VersionReport {
  var page: Page {
    let origin = model.version.manifest.origin
    return Page(
      "Version \(model.version.number) \(model.version.name)",
      subtitle: "\(NumberText.count(view.scores.count)) forecasts kept of days not learned from. "
        + "Label: \(origin.label). Knows until \(clockText(origin.knownUntil, zone)).",
      sections: [
        Section(nil, [view.tiles(zero)] + (remarks.isEmpty ? [] : [.remarks(remarks)])),
        Section("Skill over time", view.skill),
        Section("Can forecasts be taken at their word?", view.calibration),
        Section("How large a forecast, at what cost?", surface + [view.entries]),
        Section("Beside what needs no skill", [.table(EvidenceView.compared(compared))]),
        Section(
          "Folds and hours", [.table(view.folds(spans)), .table(view.scores(by: .hour, "Hour"))]),
        Section("What it looks at", importance),
        Section("How it learned", learning),
        Section("Beside everything that was tried", ledger),
        Section("Lineage", [.pairs(lineage)]),
        Section("Settings", [.pairs(settings.map { Pair($0.key, $0.value) })]),
      ])
  }

  private var zone: Zone { model.trained.symbols[0].exchange.zone }

  private var ledger: [Block] {
    guard let (trial, verdict) = verdict else {
      return [.paragraphs(["The ledger holds no trial of these bars with these settings."])]
    }
    return [.paragraphs(["Trial \(trial) of evaluate ledger."])] + verdict.blocks
  }

  private var surface: [Block] {
    guard let surface = retold?.surface else {
      return [.paragraphs(["Dated fees need the version's bars; below, costs as given."])]
    }
    let heads = surface.slippages.map(Self.cost)
    let most = surface.lines.flatMap(\.cells).map { abs($0.yearly) }.max() ?? 0
    let names = surface.lines.map {
      "largest \(NumberText.percent(1 - $0.passedShare, decimals: 0))"
    }
    let map = HeatMap(
      "Yearly return of holding forecasts by their sign; from left to right "
        + heads.joined(separator: ", "), rows: names, columns: heads,
      values: surface.lines.map { $0.cells.map { most > 0 ? $0.yearly / most : 0 } })
    return [
      .heat(map),
      table(
        "Yearly return", surface, heads, note: Self.surfaceNote
      ) { NumberText.percent($0.yearly, decimals: 1) },
      table("Sharpe ratio of a year", surface, heads) { NumberText.fixed($0.sharpe, decimals: 2) },
    ]
  }

  private static let surfaceNote =
    "Each forecast is held over its horizon as one of as many equal tranches as that has bars; one that "
    + "goes on in the same direction is not traded. Fees and taxes are those of each row's day, for one lot "
    + "at its price; ticks are lost at every change of position. No margin, no limits, no queue: evaluate "
    + "backtest trades through the desk."

  static func cost(_ ticks: Double?) -> String {
    guard let ticks else { return "no costs" }
    return ticks == 0
      ? "dated fees" : "fees + \(DoubleText.fixed(ticks, decimals: ticks < 1 ? 1 : 0)) tick"
  }

  private func table(
    _ caption: String, _ surface: ThresholdSurface, _ heads: [String], note: String = "",
    _ cell: (ThresholdSurface.Cell) -> String
  ) -> Block {
    .table(
      Reporting.Table(
        caption,
        columns: ["Largest", "from", "turned a day"].map { .init($0) } + heads.map { .init($0) },
        rows: surface.lines.map { line in
          [
            NumberText.percent(1 - line.passedShare, decimals: 0),
            NumberText.basisPoints(line.threshold),
            NumberText.fixed(line.turnover, decimals: 1),
          ] + line.cells.map(cell)
        }, note: note))
  }

  // MARK: What it looks at

  private static let shown = 20

  private var importance: [Block] {
    guard let explanation = retold?.explanation, let fold = retold?.fold else {
      return [
        .paragraphs([
          model.trained.model.windowBars > 1
            ? "A network reads windows: evaluate explain \(model.version.number) maps what each feature "
              + "and lag adds."
            : "Importances need the version's bars."
        ])
      ]
    }
    let features = Array(explanation.features.prefix(Self.shown))
    func bars(_ title: String, _ value: (FoldExplanation.Feature) -> Double?) -> Block? {
      let found = features.compactMap { one in value(one).map { (one.name, $0) } }
      guard !found.isEmpty else { return nil }
      return .ranks(
        BarList(title, names: found.map(\.0), values: found.map(\.1), measure: .percent))
    }
    let sum = explanation.features.compactMap(\.contribution).reduce(0, +)
    let blocks = [
      bars("Permutation: error added where a feature is dealt anew, of Σy²") { $0.permutation },
      bars("Shapley: share of what features add to forecasts") { one in
        one.contribution.map { sum > 0 ? $0 / sum : 0 }
      },
      bars("Gain: share of what splits gained in learning", \.gain),
      bars("Splits: share of all", \.splits),
    ].compactMap { $0 }
    let most = explanation.features.count
    return [
      .paragraphs([
        "Of the model of fold \(fold.number), asked on the rows it was tested on; "
          + "\(features.count) of \(most) features, those first whose loss costs most. Gains and splits tell "
          + "of learning alone, and favour what can be split often."
      ])
    ] + blocks + dependences(explanation)
  }

  private func dependences(_ explanation: FoldExplanation) -> [Block] {
    guard !explanation.dependences.isEmpty else { return [] }
    return [
      .lines(
        LineChart(
          "Mean forecast in basis points as one feature goes from its low to its high values",
          axis: .names(
            FoldExplanation.quantiles.map { NumberText.percent($0, decimals: 0) }),
          series: explanation.dependences.map { one in
            .init(one.name, one.forecasts.map { $0 * 10_000 })
          }))
    ]
  }

  private var learning: [Block] {
    var words: [String] = []
    if let outOfBag = retold?.outOfBagR2 {
      words.append(
        "Out of bag, on rows of its training that its trees have not seen, the forest of fold "
          + "\(retold?.fold.number ?? 0) had an R² of \(NumberText.percent(outOfBag)). Rows beside each other "
          + "share their outcomes, so this flatters; the walk forward does not.")
    }
    guard let curve = retold?.curve else {
      if words.isEmpty {
        words.append("\(view.model) is solved at once; there is no curve of learning.")
      }
      return [.paragraphs(words)]
    }
    return [.lines(curve.chart), .paragraphs(words + ["\(curve.told)."])]
  }

  private var lineage: [Pair] {
    let origin = model.version.manifest.origin
    var pairs = [
      Pair("Version", model.version.id.hex),
      Pair("Sealed", clockText(model.version.sealedAt, zone)),
      Pair("Series", model.trained.symbols.map(\.description).joined(separator: ", ")),
      Pair("Bars", origin.data.hex), Pair("Build", origin.build), Pair("BLAS", origin.blas),
      Pair("Recipe", model.trained.recipe.name),
      Pair("Features", "\(model.trained.recipe.count)"),
      Pair("Evidence", Sha256.digest(model.evidence.encoded()).hex),
    ]
    if let parent = origin.parent { pairs.append(Pair("Parent", parent.hex)) }
    if let retold {
      pairs.append(Pair("Source", retold.source))
      pairs.append(
        Pair("Fold \(retold.fold.number) anew", retold.isSame ? "the same bits" : "OTHER FORECASTS")
      )
    }
    return pairs
  }
}
