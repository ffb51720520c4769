import Archive
import Console
import Market
import Workbench

/// What a file holds.
enum ImportKind: String, CaseIterable {
  case bars
  case ticks
  case facts

  /// The table of a mapping that names its columns.
  var columns: String {
    switch self {
    case .bars: "columns"
    case .ticks: "tick_columns"
    case .facts: "fact_columns"
    }
  }
}

extension Command {
  static let importing = Command(
    "import", "Read bars, ticks or facts of days from CSV files",
    about: """
      The header names the columns: symbol, datetime, open, high, low, close, volume and, if \
      there are, turnover, open_interest and more. A mapping of config/mappings says it for \
      files of other sources: akshare, baostock, generic, tushare, vnpy, wondertrader, or one \
      of your own. GBK and UTF-8 are told apart by the header. A bad row is refused with its place and reason; \
      where more rows than --tolerance are bad, nothing of the file is imported. Importing a \
      file twice changes nothing. Trading days are told by the exchange's table. For history before \
      or outside it there is --calendar from-data: a bar belongs to its date, from 18:00 on and on \
      weekends to the next weekday, and no table is asked. With always-open trading never stops. \
      Ticks have symbol, datetime, last, volume and, if there are, \
      turnover, open_interest, bid1, bid_lots1, ask1, ask_lots1 to level 5; volume and turnover \
      count from the start of the day. Facts have symbol, day and what is known of it: \
      previous_close, previous_settle, settle, lowest, highest, margin, fees, special, listing, \
      day_number, adjustment, indexes, industry. Files of columns, as export writes them, are \
      known by their ending.
      """,
    flags: [
      Flag(
        "kind", value: "KIND", "What the files hold.",
        accepts: .oneOf(ImportKind.allCases.map(\.rawValue)), shownDefault: "bars"),
      Flag(
        "mapping", value: "NAME", "How the source writes its bars: a file of config/mappings.",
        shownDefault: "generic"),
      Flag(
        "interval", value: "LENGTH", "The length of the bars.",
        accepts: .oneOf(BarInterval.allCases.map(\.name)), shownDefault: "the mapping's, or 1m"),
      Flag(
        "stamp", value: "END", "Which end of its bar a stamp names.",
        accepts: .oneOf(Stamp.allCases.map(\.rawValue)), shownDefault: "the mapping's, or end"),
      Flag(
        "zone", value: "ZONE", "The clock of the stamps.",
        accepts: .oneOf(Zone.named.map(\.name)), shownDefault: "the mapping's, or the symbol's"),
      Flag("symbol", value: "SYMBOL", "The series, for files without a symbol column."),
      Flag(
        "tolerance", value: "SHARE", "Share of bad rows up to which the good ones are kept.",
        shownDefault: "0.001"),
      Flag(
        "calendar", value: "NAME",
        "What tells the trading days, and the hours rows are held against.",
        accepts: .oneOf(["exchange", "from-data", "always-open"]),
        shownDefault: "the one the series is kept by, or exchange"),
      .knownAt,
      Flag("archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive"),
    ],
    operands: [Operand("FILE", "CSV files.", count: .oneOrMore, accepts: .file)],
    examples: [
      Example("import rb2105.csv --symbol rb2105.SHFE --stamp start", "One contract"),
      Example("import 600000.csv --mapping akshare", "A stock's days as akshare saves them"),
      Example("import limits.csv --kind facts", "Limits and margins as they were announced"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let book = try MarketBook.read(work.home)
    let symbol = try invocation.text("symbol").map(WorkSettings.symbol)
    let mapping =
      try invocation.text("mapping").map { name throws(Failure) in
        try MappingFile.read(name, in: work.home)
      } ?? .own
    let kind = ImportKind(rawValue: invocation.text("kind") ?? "bars") ?? .bars
    try makeFolder(folder(of: work.archivePath))
    let store = try withArchive { () throws(ArchiveError) in
      try BarStore(path: work.archivePath)
    }
    let calendars = try Calendars(invocation, store, book)
    for path in invocation.operands("FILE") {
      let report = try read(path, kind, symbol, mapping, invocation, into: store) {
        calendars.hours($0)
      }
      tell(report, of: path, invocation.terminal)
    }
    return .ok
  }

  private static func read(
    _ path: String, _ kind: ImportKind, _ symbol: Symbol?, _ mapping: MappingFile,
    _ invocation: Invocation, into store: borrowing BarStore,
    hours: (SeriesKey) -> NamedSchedule?
  ) throws(Failure) -> ImportReport {
    if path.hasSuffix(".columns") {
      let vintage = Vintage(knownAt: try invocation.moment("known-at"))
      return try withArchive { () throws(ArchiveError) in
        try store.importColumns(path, vintage)
      }
    }
    if kind == .bars {
      let form = try form(invocation, try mapping.form(of: path, symbol: symbol))
      return try withArchive { () throws(ArchiveError) in
        try store.importCsv(path, form) {
          hours(SeriesKey($0, form.interval, adjustment: form.adjustment))
        }
      }
    }
    var form = try mapping.sheet(of: path, symbol: symbol, columns: kind.columns)
    form.vintage.knownAt = try invocation.moment("known-at")
    if let share = try invocation.number("tolerance", in: 0...1) {
      form.tolerance = Rate(nearest: share)
    }
    if let name = invocation.text("zone") {
      form.zone = Zone.named.first { $0.name == name }?.zone ?? form.zone
    }
    return try withArchive { () throws(ArchiveError) in
      kind == .ticks
        ? try store.importTicks(path, form) { hours(.ticks($0)) }
        : try store.importFacts(path, form)
    }
  }

  private static func form(
    _ invocation: Invocation, _ mapped: CsvForm
  ) throws(Failure) -> CsvForm {
    var form = mapped
    if let interval = invocation.text("interval").flatMap({ BarInterval(name: $0) }) {
      form.interval = interval
    }
    if let stamp = invocation.text("stamp").flatMap({ Stamp(rawValue: $0) }) { form.stamp = stamp }
    if let name = invocation.text("zone"), let named = Zone.named.first(where: { $0.name == name })
    {
      form.zone = named.zone
    }
    form.vintage.knownAt = try invocation.moment("known-at")
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
        "passedOver": .integer(report.passedOver),
        "series": JSON(report.series.map(\.description)),
      ])
    } else {
      terminal.print(
        "\(path): \(report.rows) rows, \(report.written.added) added, "
          + "\(report.written.changed) changed, \(report.written.same) there already, "
          + "\(report.refusedRows) refused"
          + (report.passedOver > 0 ? ", \(report.passedOver) stale or outside trading" : "") + "\n")
    }
  }
}

/// Which hours a symbol's rows are held against: those asked for, else those its series is kept by,
/// else the exchange's.
private struct Calendars {
  private let asked: String?
  private let held: [SeriesKey: String]
  private let book: MarketBook

  init(
    _ invocation: Invocation, _ store: borrowing BarStore, _ book: MarketBook
  ) throws(Failure) {
    asked = invocation.text("calendar")
    self.book = book
    let listings = try withArchive { () throws(ArchiveError) in
      try store.list() + store.listTicks()
    }
    held = Dictionary(
      listings.map { ($0.series.key, $0.series.calendar) }, uniquingKeysWith: { $1 })
  }

  func hours(_ key: SeriesKey) -> NamedSchedule? {
    try? book.hours(key.symbol, asked ?? held[key] ?? "exchange")
  }
}
