import Archive
import Console
import Market
import Workbench

extension Command {
  static let adopt = Command(
    group: "adopt", "Take over the data of another system", commands: [adoptVnpy])

  private static let adoptVnpy = Command(
    "vnpy", "Take over the bars and ticks of a vn.py database",
    about: """
      Opens vn.py's SQLite file (mostly .vntrader/database.db) for reading only and brings every \
      series of dbbardata and dbtickdata into the archive: exchange codes are translated, starts of bars become \
      ends, bad rows are refused with their id. A series whose hours are not known is told and \
      left out. Doing it twice changes nothing.
      """,
    flags: [
      Flag(
        "zone", value: "ZONE", "The clock that vn.py wrote by.",
        accepts: .oneOf(Zone.named.map(\.name)), shownDefault: "Asia/Shanghai"),
      Flag(
        "tolerance", value: "SHARE", "Share of bad rows up to which a series' rest is kept.",
        shownDefault: "0.001"),
      Flag(
        "calendar", value: "NAME",
        "What tells the trading days, and the hours rows are held against.",
        accepts: .oneOf(["exchange", "from-data", "always-open"]), shownDefault: "exchange"),
      .knownAt,
      Flag("archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive"),
    ],
    operands: [Operand("FILE", "The database.", accepts: .file)],
    examples: [Example("adopt vnpy ~/.vntrader/database.db", "All that vn.py has collected")]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let book = try MarketBook.read(work.home)
    let path = invocation.operand("FILE") ?? ""
    try makeFolder(folder(of: work.archivePath))
    let source = try withArchive { () throws(ArchiveError) in try VnpyDatabase(path) }
    let contents = try withArchive { () throws(ArchiveError) in try source.contents() }
    let store = try withArchive { () throws(ArchiveError) in try BarStore(path: work.archivePath) }
    var page = AdoptionPage()
    let ticks = try withArchive { () throws(ArchiveError) in try source.tickContents() }
    for content in contents + ticks {
      let outcome = try adopt(content, source, into: store, book, invocation)
      page.add(content, outcome)
    }
    page.tell(invocation.terminal)
    return page.hasRefusals ? .data : .ok
  }

  private static func adopt(
    _ content: VnpyDatabase.Content, _ source: borrowing VnpyDatabase,
    into store: borrowing BarStore, _ book: MarketBook, _ invocation: Invocation
  ) throws(Failure) -> Adopted {
    guard let symbol = content.symbol else { return .left("exchange \(content.exchange) unknown") }
    guard let length = content.isTicks ? .minute : content.length else {
      return .left("bars of \(content.interval) not kept")
    }
    let hours: NamedSchedule
    do { hours = try book.hours(symbol, invocation.text("calendar") ?? "exchange") } catch {
      return .left(error.problems.joined())
    }
    let name = invocation.text("zone") ?? "Asia/Shanghai"
    let zone = Zone.named.first { $0.name == name }?.zone ?? .shanghai
    var form = CsvForm(interval: length, stamp: .start, zone: zone, symbol: symbol)
    form.source = "vn.py"
    form.vintage.knownAt = try invocation.moment("known-at")
    if let share = try invocation.number("tolerance", in: 0...1) {
      form.tolerance = Rate(nearest: share)
    }
    do {
      return .taken(
        content.isTicks
          ? try store.adoptTicks(content, of: source, form, hours: hours)
          : try store.adopt(content, of: source, form, hours: hours))
    } catch {
      guard case .tooManyRefused = error else { throw Failure(error) }
      return .left("\(error)")
    }
  }
}

/// What became of one series of another system.
private enum Adopted {
  case taken(ImportReport)
  case left(String)
}

/// What was found and what became of it, a row each.
private struct AdoptionPage {
  private var table = Table(
    .text("series"), .text("length"), .text("from"), .text("until"), .number("rows"),
    .number("added"), .number("changed"), .number("same"), .number("refused"))
  private var json: [JSON] = []
  private var refusals: [String] = []
  private(set) var hasRefusals = false

  mutating func add(_ content: VnpyDatabase.Content, _ outcome: Adopted) {
    let name = content.symbol?.description ?? "\(content.code).\(content.exchange)"
    var report: ImportReport?
    var note = ""
    switch outcome {
    case .taken(let taken):
      report = taken
      refusals += taken.refusals.prefix(5).map(\.description)
      if taken.passedOver > 0 {
        refusals.append(
          "\(name) \(content.interval): \(taken.passedOver) of \(content.bars) rows are stale or "
            + "outside trading, and were passed over")
        hasRefusals = taken.passedOver == content.bars || hasRefusals
      }
    case .left(let why):
      note = "left out: \(why)"
      refusals.append("\(name) \(content.interval) \(note)")
      hasRefusals = true
    }
    let count = { (value: Int?) in value.map { "\($0)" } ?? "–" }
    table.add(
      name, content.interval, String(content.first.prefix(10)), String(content.last.prefix(10)),
      "\(content.bars)", count(report?.written.added), count(report?.written.changed),
      count(report?.written.same), count(report?.refusedRows))
    json.append([
      "series": .text(name), "interval": .text(content.interval),
      "from": .text(content.first), "until": .text(content.last),
      "rows": .integer(content.bars), "added": .integer(report?.written.added ?? 0),
      "changed": .integer(report?.written.changed ?? 0),
      "same": .integer(report?.written.same ?? 0),
      "refused": .integer(report?.refusedRows ?? 0),
      "passedOver": .integer(report?.passedOver ?? 0), "note": .text(note),
    ])
  }

  func tell(_ terminal: Terminal) {
    for refusal in refusals { terminal.warn(refusal) }
    if terminal.isJSON { terminal.print(.list(json)) } else { terminal.print(table) }
    if hasRefusals {
      terminal.say(
        "vn.py writes by the clock of its machine or its setting database.timezone: see --zone.")
    } else {
      terminal.say("Next: data check")
    }
  }
}
