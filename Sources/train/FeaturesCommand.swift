import Console
import Features
import Reporting
import Research
import Training
import Workbench

extension Command {
  static let features = Command(
    "features", "What a model would see: figures of every feature",
    about: """
      Tells of each feature how much of it is there, where it lies, how long it remembers (the \
      correlation with the bar before) and what it alone tells of the label: the correlation of \
      ranks over all rows, its t allowing for outcomes that overlap. Several series make a panel: \
      then it is the mean over instants of the correlation among its instruments. These rows hold \
      the days a walk forecasts too: to pick features by this table by hand is to look ahead. A page \
      shows which features move together; --out writes the matrix, with the symbol of each row of a \
      panel, as a table (.csv) or as NumPy keeps it (.npy).
      """,
    flags: [
      .symbol, .from, .until, .asOf, .recipe, .label,
      Flag("out", value: "FILE", "The matrix: FILE.csv or FILE.npy."),
      Flag(
        "page", value: "FILE", "The page with the map of correlations.",
        shownDefault: "runs/features.html"),
      Flag("runs", value: "FOLDER", "The folder of pages.", setting: "paths.runs"),
    ],
    examples: [
      Example("features", "The recipe of the settings"),
      Example("features --recipe ta --out ta.csv", "The 86 classic columns as a table"),
      Example(
        "features --config config/train/share-daily.yaml", "A panel of shares, measured across it"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let seen = try FeatureView(work)
    let terminal = invocation.terminal
    for alarm in try work.calendarAlarms(seen.series) { terminal.warn(alarm) }
    var files: [String] = []
    if let path = invocation.text("out") {
      files = try seen.matrix.write(to: path)
    }
    let page = invocation.text("page") ?? "\(work.runsFolder)/features.html"
    try writeFile(Array(seen.page.html().utf8), to: page)
    files.append(page)
    if terminal.isJSON {
      terminal.print(seen.json(files))
      return .ok
    }
    terminal.print(seen.table)
    terminal.print("\n\(seen.summary)\n")
    for file in files { terminal.print("→ \(file)\n") }
    return .ok
  }
}
