import Archive
import Bars
import Console
import Market
import Workbench

extension Command {
  static let aggregate = Command(
    "aggregate", "Make bars of the ticks in the archive",
    about: """
      A bar is made of trades: a tick counts where the day's volume has grown. Hours are the \
      exchange's; the opening auction is folded into the first bar, the last bar of a session \
      ends with it, and ticks outside trading or older than what is known are passed over and \
      counted. Doing it twice changes nothing.
      """,
    flags: [
      Flag(
        "interval", value: "LENGTH", "The length of the bars.",
        accepts: .oneOf(BarInterval.allCases.map(\.name)), shownDefault: "1m"),
      .asOf,
      Flag("archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive"),
    ],
    operands: [Operand("SYMBOL", "Series with ticks.", count: .oneOrMore)],
    examples: [Example("aggregate rb2105.SHFE", "Minutes of one contract")]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let interval = BarInterval(name: invocation.text("interval") ?? "1m") ?? .minute
    let book = try MarketBook.read(work.home)
    let store = try withArchive { () throws(ArchiveError) in try BarStore(path: work.archivePath) }
    for text in invocation.operands("SYMBOL") {
      let symbol = try WorkSettings.symbol(text)
      let loaded = try withArchive { () throws(ArchiveError) in
        try store.loadTicks(symbol, asOf: work.asOf(symbol))
      }
      let hours = try book.hours(symbol, loaded.series.calendar)
      let made = TickAggregator.bars(
        of: loaded.columns, interval, schedule: hours.schedule, instrument: InstrumentIndex(0),
        clock: wallClock())
      let series = Series(
        key: SeriesKey(symbol, interval), grid: loaded.series.grid, calendar: hours.name,
        source: "ticks, " + loaded.series.source)
      let count = try withArchive { () throws(ArchiveError) in
        try store.write(BarColumns(made.bars), to: series)
      }
      tell(series.key, loaded.columns.count, count, made.outside + made.stale, invocation.terminal)
    }
    return .ok
  }

  private static func tell(
    _ key: SeriesKey, _ ticks: Int, _ count: WriteCount, _ passedOver: Int, _ terminal: Terminal
  ) {
    if terminal.isJSON {
      terminal.print([
        "series": .text(key.description), "ticks": .integer(ticks), "added": .integer(count.added),
        "changed": .integer(count.changed), "same": .integer(count.same),
        "passedOver": .integer(passedOver),
      ])
    } else {
      terminal.print(
        "\(key): \(ticks) ticks, \(count.added) bars added, \(count.changed) changed, "
          + "\(count.same) there already, \(passedOver) ticks passed over\n")
    }
  }
}
