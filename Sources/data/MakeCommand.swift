import Archive
import Bars
import Console
import Market
import Workbench

extension Command {
  static let make = Command(
    "make", "Make up a market and keep its bars in the archive",
    about: """
      The same seed gives the same bars on every machine. `null` has nothing to find: whoever \
      gains on it has been lucky or has cheated. `panel-null` has nothing to find either, but each \
      instrument its own deviation, from 1 % to 4 % a day: no simple return can be expected of any \
      of them, while log returns differ; `panel-planted` has such shares with `planted`'s drift in \
      each, so that who leads can be foretold. `planted` has a known share of the next return written \
      into its past, so that what a model should find can be said beforehand. `regime` plants it \
      with a sign and a liveliness that change every few weeks. `broken` has every fault that \
      `data check` knows, each on a day of its own, which are told. For a product such as rb.SHFE \
      its contracts are made, with trading that moves from one to the next and a premium between \
      them that `data roll` has to take out.
      """,
    flags: [
      Flag(
        "kind", value: "KIND", "What is in it.",
        accepts: .oneOf(["planted", "null", "panel-planted", "panel-null", "regime", "broken"]),
        shownDefault: "planted"),
      Flag(
        "r2", value: "SHARE",
        "Explainable share of the label's variance (planted, panel-planted, regime).",
        shownDefault: "0.05"),
      Flag(
        "interval", value: "LENGTH", "The length of the bars.", accepts: .oneOf(["1m", "1d"]),
        shownDefault: "1m"),
      Flag("rough", "With suspensions, days locked at their limit and missing minutes."),
      Flag("seed", value: "N", "The seed.", shownDefault: "1"),
      Flag("from", value: "DATE", "First trading day.", shownDefault: "2020-01-02"),
      Flag("until", value: "DATE", "Last trading day.", shownDefault: "2020-04-30"),
      Flag(
        "symbol", value: "SYMBOL", "Series to make; may be repeated.", isRepeatable: true,
        setting: "data.symbols"),
      Flag("archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive"),
    ],
    examples: [
      Example("make", "The market of the demo"),
      Example("make --kind null --seed 7", "One without anything to find"),
      Example("make --symbol rb.SHFE --until 2020-12-31", "A year of contracts that roll"),
      Example("make --kind panel-null --interval 1d --symbol 600000.SSE", "A share by the day"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let making = try Making(invocation, work)
    try makeFolder(folder(of: work.archivePath))
    let store = try withArchive { () throws(ArchiveError) in
      try BarStore(path: work.archivePath)
    }
    for (index, symbol) in work.symbols.enumerated() {
      for made in try making.series(symbol, as: InstrumentIndex(index), invocation.terminal) {
        let count = try withArchive { () throws(ArchiveError) in
          try store.write(made.columns, to: made.series)
        }
        tell(made.series.key, count, making.name, work.archivePath, invocation.terminal)
      }
    }
    return .ok
  }

  private static func tell(
    _ key: SeriesKey, _ count: WriteCount, _ kind: String, _ archive: String,
    _ terminal: Terminal
  ) {
    if terminal.isJSON {
      terminal.print([
        "symbol": .text(key.symbol.description), "kind": .text(kind), "archive": .text(archive),
        "added": .integer(count.added), "changed": .integer(count.changed),
        "same": .integer(count.same),
      ])
    } else {
      terminal.print(
        "\(key) \(kind): \(count.added) bars added, \(count.changed) changed, "
          + "\(count.same) there already → \(archive)\n")
    }
  }
}
