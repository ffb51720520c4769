import Archive
import Bars
import Console
import Market
import Workbench

extension Command {
  static let check = Command(
    "check", "Prove that the archive is whole, and grade its days",
    about: """
      Each chunk's bytes are hashed again and compared with the hash kept when it was written. \
      Then every trading day is looked at as a suspicious person would: gaps against the hours, \
      repeated bars, prices that go where they cannot go, volume, turnover and open interest that \
      do not fit each other, rolls, stamps of the wrong end, columns that are late by one bar. \
      A: nothing found, B: harmless, C: doubtful, D: wrong. Name series to see each finding.
      """,
    flags: [
      Flag(
        "grade", value: "GRADE", "End with code 3 where a day is worse.",
        accepts: .oneOf(Grade.allCases.map(\.rawValue)), shownDefault: "D"),
      Flag("export", value: "FILE", "Write all days and findings as CSV.", accepts: .file),
      .asOf,
      Flag("archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive"),
    ],
    operands: [Operand("SYMBOL", "Series to tell about in full.", count: .anyNumber)],
    examples: [
      Example("check", "All series, a line each; exit code 3 where a chunk is damaged"),
      Example("check rb8888.SHFE --grade B", "Every finding, and a failure below B"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let book = try MarketBook.read(work.home)
    let named = try invocation.operands("SYMBOL").map(WorkSettings.symbol)
    let store = try withArchive { () throws(ArchiveError) in
      try BarStore(reading: work.archivePath)
    }
    let listings = try withArchive { () throws(ArchiveError) in try store.list() }
      .filter { named.isEmpty || named.contains($0.series.key.symbol) }
    for symbol in named where !listings.contains(where: { $0.series.key.symbol == symbol }) {
      throw Failure(.data, "\(work.archivePath): holds no bars of \(symbol)", remedy: "data list")
    }
    var pages: [QualityPage] = []
    for listing in listings { pages.append(try page(listing, store, book, work)) }
    tell(pages, inFull: !named.isEmpty, invocation.terminal)
    if let path = invocation.text("export") {
      let text = QualityPage.csvHeader + pages.map(\.csv).joined()
      try writeFile(Array(text.utf8), to: path)
    }
    let demanded = invocation.text("grade").flatMap { Grade(rawValue: $0) } ?? .d
    return pages.contains { $0.isWorse(than: demanded) } ? .data : .ok
  }

  private static func page(
    _ listing: Listing, _ store: borrowing BarStore, _ book: MarketBook, _ work: WorkSettings
  ) throws(Failure) -> QualityPage {
    let key = listing.series.key
    try withArchive { () throws(ArchiveError) in try store.verify(key) }
    let asOf = work.asOf(key.symbol)
    let loaded = try withArchive { () throws(ArchiveError) in try store.load(key, asOf: asOf) }
    let gate = try book.gate(of: loaded.series)
    let decisions = try withArchive { () throws(ArchiveError) in
      try store.decisions(on: key, asOf: asOf)
    }.filter(\.holds)
    return QualityPage(
      series: key.description, bars: loaded.columns.count, days: gate.check(loaded.columns),
      zone: gate.schedule.zone,
      decisions: decisions)
  }

  private static func tell(
    _ pages: [QualityPage], inFull: Bool, _ terminal: Terminal
  ) {
    if terminal.isJSON {
      terminal.print(.list(pages.map(\.json)))
      return
    }
    if inFull {
      for page in pages where page.days.contains(where: { !$0.findings.isEmpty }) {
        terminal.print("\(page.series)\n")
        terminal.print(page.table)
        terminal.print("\n")
      }
    }
    var table = Table(
      .text("series"), .number("bars"), .text("bytes"), .number("days"), .number("A"),
      .number("B"), .number("C"), .number("D"))
    for page in pages {
      table.add(
        [page.series, "\(page.bars)", "whole", "\(page.days.count)"]
          + Grade.allCases.map { "\(page.count($0))" })
    }
    terminal.print(table)
  }
}
