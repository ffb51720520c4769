import Bytes
import Console
import Features
import Market
import Numerics
import Reporting
import Research
import Training
import Workbench

/// A recipe's features over one series or a panel, with what there is to say of them.
struct FeatureView {
  let series: [LoadedSeries]
  let recipe: Recipe
  let sample: Sample
  let figures: [FeatureFigures]
  /// By the sample's instruments.
  private let symbols: [Symbol]
  private let label: LabelDefinition

  init(_ work: WorkSettings) throws(Failure) {
    let experiment = try work.experiment(work.symbols)
    series = try work.load()
    let members = try work.members(series)
    symbols = members.map(\.symbol)
    recipe = experiment.recipe
    label = experiment.label
    sample = experiment.sample(members)
    guard sample.usableRows.count > 1 else {
      throw Failure(
        .data, "\(series.title): \(TrainingError.noRows)", remedy: "See what there is: data list")
    }
    figures = sample.figures(horizonBars: label.horizonBars)
  }

  /// The matrix for other programs, with whose each row is where there are many.
  var matrix: MatrixFile {
    MatrixFile(
      sample.features, returns: sample.labels.returns,
      owners: symbols.count == 1
        ? nil : .init(symbols: symbols, rows: sample.timeline.instruments))
  }

  var summary: String {
    "\(NumberText.count(sample.features.rows)) bars of \(series.title), "
      + "\(NumberText.count(sample.usableRows.count)) rows whole, settled and labelled; "
      + "label: \(label)"
  }

  private static let heads = [
    "finite", "mean", "sd", "1 %", "median", "99 %", "lag 1", "rank IC", "t",
  ]

  private func cells(_ one: FeatureFigures) -> [String] {
    let quantile = { (place: Int) in one.quantiles.isEmpty ? nil : one.quantiles[place] }
    return [
      NumberText.percent(one.finiteShare, decimals: 1), short(one.mean), short(one.deviation),
      short(quantile(0)), short(quantile(2)), short(quantile(4)),
      NumberText.fixed(one.autocorrelation, decimals: 3),
      NumberText.fixed(one.rankIC, decimals: 4), NumberText.fixed(one.rankICT, decimals: 1),
    ]
  }

  /// What fits a line; the quantiles stand on the page.
  var table: Console.Table {
    let places = Self.heads.indices.filter { !(3...5 ~= $0) }
    var table = Console.Table([.text("feature")] + places.map { .number(Self.heads[$0]) })
    for one in figures {
      let cells = cells(one)
      table.add([one.name] + places.map { cells[$0] })
    }
    return table
  }

  var page: Page {
    let rows = figures.enumerated().map { ["\($0 + 1)", $1.name] + cells($1) }
    let columns: [Reporting.Table.Column] =
      [.init("#"), .words("feature")] + Self.heads.map { .init($0) }
    let correlations = sample.features.rankCorrelations(rows: sample.usableRows)
    let values = figures.indices.map { row in
      figures.indices.map { correlations[row, $0] }
    }
    return Page(
      "Features of \(series.title)", subtitle: "Recipe \(recipe.name). \(summary).",
      sections: [
        Section(
          "Which move together",
          [
            .heat(
              HeatMap("Correlation of ranks", names: figures.map(\.name), values: values))
          ]),
        Section("Figures", [.table(Reporting.Table(columns: columns, rows: rows))]),
        Section("Lineage", [.pairs(lineage)]),
      ])
  }

  private var lineage: [Pair] {
    let sources = series.map(\.source).reduce(into: [String]()) { known, source in
      if !known.contains(source) { known.append(source) }
    }
    return [
      Pair("Series", series.map(\.symbol.description).joined(separator: ", ")),
      Pair("Bars", series.fingerprint.hex), Pair("Source", sources.joined(separator: "; ")),
    ]
  }

  func json(_ files: [String]) -> JSON {
    let features = figures.map { one -> JSON in
      .object(
        [
          JSON.Member("name", .text(one.name)),
          JSON.Member("finite", .number(one.finiteShare)),
        ]
          + [
            ("mean", one.mean), ("deviation", one.deviation),
            ("lag-1", one.autocorrelation), ("rank-ic", one.rankIC), ("rank-ic-t", one.rankICT),
          ].compactMap { name, value in value.map { JSON.Member(name, .number($0)) } }
          + [JSON.Member("quantiles", .list(one.quantiles.map { .number($0) }))])
    }
    return [
      "symbols": JSON(series.map(\.symbol.description)), "data": .text(series.fingerprint.hex),
      "rows": .integer(sample.features.rows), "usable": .integer(sample.usableRows.count),
      "features": .list(features), "files": JSON(files),
    ]
  }

  /// About four figures, whatever the size.
  private func short(_ value: Double?) -> String {
    guard let value else { return NumberText.absent }
    let size = abs(value)
    return NumberText.fixed(
      value, decimals: size >= 1_000 || size == 0 ? 0 : size >= 1 ? 3 : size >= 0.01 ? 5 : 7)
  }
}
