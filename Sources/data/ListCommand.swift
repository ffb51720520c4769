import Archive
import Console
import Market
import Workbench

extension Command {
  private static let archiveFlag = Flag(
    "archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive")

  static let list = Command(
    "list", "Print what the archive holds",
    about: """
      A bar that a source restates keeps its older values: the first counts as known at the bar's \
      close, later ones from their import, unless the import said otherwise. --revisions tells \
      which imports restated what; --as-of lists what was known at a point in time. Equal bars \
      have equal fingerprints, however and whenever they came in.
      """,
    flags: [
      Flag("revisions", "Print the imports that changed what was held."),
      Flag("facts", "Print whose days have facts: limits, margins, fees, membership."),
      .asOf, archiveFlag,
    ],
    examples: [
      Example("list", "Every series with its days"),
      Example("list --revisions", "What sources have restated, and when"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let store = try work.archive()
    if invocation.has("revisions") {
      let revisions = try withArchive { () throws(ArchiveError) in try store.revisions() }
      RevisionPage(revisions: revisions).print(on: invocation.terminal)
    } else if invocation.has("facts") {
      let facts = try withArchive { () throws(ArchiveError) in try store.listFacts() }
      FactPage(listings: facts).print(on: invocation.terminal)
    } else {
      try SeriesPage(store, work).print(on: invocation.terminal)
    }
    return .ok
  }

  static let export = Command(
    "export", "Print a series as CSV, in the form that import reads back",
    about: """
      With --format columnar the series goes into a plain file of columns instead, for bulk: a \
      tenth of the size, and read back by import in a fraction of the time. A folder of such \
      files may stand in the place of the archive when bars are loaded (paths.archive); it keeps \
      no older versions, decisions or facts. Documentation/ARCHIVE.md tells the format.
      """,
    flags: [
      Flag(
        "format", value: "FORMAT", "What is written.", accepts: .oneOf(["csv", "columnar"]),
        shownDefault: "csv"),
      Flag(
        "to", value: "FOLDER", "Where the file of columns goes (columnar).", shownDefault: "."),
      Flag(
        "interval", value: "LENGTH", "The length of the bars.",
        accepts: .oneOf(BarInterval.allCases.map(\.name)), shownDefault: "1m"),
      Flag(
        "stamp", value: "END", "Which end of its bar a stamp names.",
        accepts: .oneOf(Stamp.allCases.map(\.rawValue)), shownDefault: "end"),
      .asOf, archiveFlag,
    ],
    operands: [Operand("SYMBOL", "The series, such as rb2105.SHFE.")],
    examples: [
      Example("export rb8888.SHFE > rb.csv", "One series to a file"),
      Example("export rb8888.SHFE --format columnar --to bulk", "The same as columns"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let symbol = try WorkSettings.symbol(invocation.operand("SYMBOL") ?? "")
    let interval = BarInterval(name: invocation.text("interval") ?? "1m") ?? .minute
    let stamp = Stamp(rawValue: invocation.text("stamp") ?? "end") ?? .end
    guard stamp == .end || interval == .minute else {
      throw invocation.usageFailure("--stamp start can only be written for --interval 1m")
    }
    let store = try work.archive()
    let loaded = try withArchive { () throws(ArchiveError) in
      try store.load(SeriesKey(symbol, interval), asOf: work.asOf(symbol))
    }
    if invocation.text("format") == "columnar" {
      let folder = invocation.text("to") ?? "."
      try makeFolder(folder)
      let path = try withArchive { () throws(ArchiveError) in
        try loaded.writeColumns(in: folder)
      }
      invocation.terminal.print("\(path)\n")
      return .ok
    }
    let writer = CsvWriter(loaded.series, stamp: stamp, zone: symbol.exchange.zone)
    invocation.terminal.print(CsvWriter.header)
    var start = 0
    while start < loaded.columns.count {
      let end = min(start + 4_096, loaded.columns.count)
      var text: [UInt8] = []
      writer.append(loaded.columns, start..<end, to: &text)
      invocation.terminal.print(String(decoding: text, as: UTF8.self))
      start = end
    }
    return .ok
  }
}
