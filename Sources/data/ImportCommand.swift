import Archive
import Console
import Market
import Workbench

extension Command {
  static let importing = Command(
    "import", "Read bars from CSV files into the archive",
    about: """
      The header names the columns: symbol, datetime, open, high, low, close, volume and, if \
      there are, turnover and open_interest. A bad row is refused with its place and reason; \
      where more rows than --tolerance are bad, nothing of the file is imported. Importing a \
      file twice changes nothing.
      """,
    flags: [
      Flag(
        "interval", value: "LENGTH", "The length of the bars.",
        accepts: .oneOf(BarInterval.allCases.map(\.name)), shownDefault: "1m"),
      Flag(
        "stamp", value: "END", "Which end of its bar a stamp names.",
        accepts: .oneOf(Stamp.allCases.map(\.rawValue)), shownDefault: "end"),
      Flag("symbol", value: "SYMBOL", "The series, for files without a symbol column."),
      Flag(
        "tolerance", value: "SHARE", "Share of bad rows up to which the good ones are kept.",
        shownDefault: "0.001"),
      Flag(
        "calendar", value: "NAME", "Hours that rows are held against.",
        accepts: .oneOf(["exchange", "always-open"]), shownDefault: "exchange"),
      Flag("archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive"),
    ],
    operands: [Operand("FILE", "CSV files.", count: .oneOrMore, accepts: .file)],
    examples: [Example("import rb2105.csv --symbol rb2105.SHFE --stamp start", "One contract")]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let book = try MarketBook.read(work.home)
    let symbol = try invocation.text("symbol").map(WorkSettings.symbol)
    let isAlwaysOpen = invocation.text("calendar") == "always-open"
    try makeFolder(folder(of: work.archivePath))
    let store = try withArchive { () throws(ArchiveError) in
      try BarStore(path: work.archivePath)
    }
    for path in invocation.operands("FILE") {
      let form = try form(invocation, symbol)
      let report = try withArchive { () throws(ArchiveError) in
        try store.importCsv(path, form) { symbol in
          isAlwaysOpen ? .alwaysOpen(symbol.exchange.zone) : try? book.hours(symbol)
        }
      }
      tell(report, of: path, invocation.terminal)
    }
    return .ok
  }

  private static func form(
    _ invocation: Invocation, _ symbol: Symbol?
  ) throws(Failure) -> CsvForm {
    let interval = BarInterval(name: invocation.text("interval") ?? "1m") ?? .minute
    let stamp = Stamp(rawValue: invocation.text("stamp") ?? "end") ?? .end
    var form = CsvForm(
      interval: interval, stamp: stamp, zone: symbol?.exchange.zone ?? .shanghai, symbol: symbol)
    if let share = try invocation.number("tolerance", in: 0...1) {
      form.tolerance = Rate(nearest: share)
    }
    return form
  }

  private static func tell(_ report: ImportReport, of path: String, _ terminal: Terminal) {
    for refusal in report.refusals.prefix(20) { terminal.warn("\(refusal)") }
    if report.refusedRows > 20 { terminal.warn("… and \(report.refusedRows - 20) rows more") }
    if terminal.isJSON {
      terminal.print([
        "file": .text(path), "rows": .integer(report.rows),
        "refused": .integer(report.refusedRows), "added": .integer(report.written.added),
        "changed": .integer(report.written.changed), "same": .integer(report.written.same),
        "series": JSON(report.series.map(\.description)),
      ])
    } else {
      terminal.print(
        "\(path): \(report.rows) rows, \(report.written.added) added, "
          + "\(report.written.changed) changed, \(report.written.same) there already, "
          + "\(report.refusedRows) refused\n")
    }
  }
}
