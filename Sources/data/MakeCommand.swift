import Archive
import Bars
import Console
import Market
import Workbench

extension Command {
  static let make = Command(
    "make", "Make up a market of minute bars and keep it in the archive",
    about: """
      The same seed gives the same bars on every machine. `null` has nothing to find: whoever \
      gains on it has been lucky or has cheated. `broken` has every fault that `data check` knows, \
      each on a day of its own, which are told. `planted` has a known share of the next return \
      written into its past, so that what a model should find can be said beforehand.
      """,
    flags: [
      Flag(
        "kind", value: "KIND", "What is in it.", accepts: .oneOf(["planted", "null", "broken"]),
        shownDefault: "planted"),
      Flag(
        "r2", value: "SHARE", "Explainable share of the label's variance (planted).",
        shownDefault: "0.05"),
      Flag("seed", value: "N", "The seed.", shownDefault: "1"),
      Flag("from", value: "DATE", "First trading day.", shownDefault: "2020-01-02"),
      Flag("until", value: "DATE", "Last trading day.", shownDefault: "2020-04-30"),
      Flag("symbol", value: "SYMBOL", "Series to make.", setting: "data.symbols"),
      Flag("archive", value: "FILE", "The archive.", accepts: .file, setting: "paths.archive"),
    ],
    examples: [
      Example("make", "The market of the demo"),
      Example("make --kind null --seed 7", "One without anything to find"),
    ]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let book = try MarketBook.read(work.home, of: work.symbols.map(\.exchange))
    let days = try days(invocation)
    let seed = UInt64(try invocation.integer("seed", in: 0...Int.max) ?? 1)
    let signal = try signal(invocation, work)
    try makeFolder(folder(of: work.archivePath))
    let store = try withArchive { () throws(ArchiveError) in
      try BarStore(path: work.archivePath)
    }
    for (index, symbol) in work.symbols.enumerated() {
      let hours = try book.hours(symbol)
      let market = SyntheticMarket(schedule: hours.schedule, signal: signal.planted, seed: seed)
      let bars = market.bars(of: InstrumentIndex(index), days: days)
      let series = Series(
        key: SeriesKey(symbol, .minute), grid: SyntheticTerms().grid, calendar: hours.name,
        source: "made by data make, \(signal.name), seed \(seed)")
      let columns =
        signal.name == "broken" ? spoilt(bars, invocation.terminal) : BarColumns(bars)
      let count = try withArchive { () throws(ArchiveError) in
        try store.write(columns, to: series)
      }
      report(invocation, symbol, count, signal.name, work.archivePath)
    }
    return .ok
  }

  private static func days(_ invocation: Invocation) throws(Failure) -> ClosedRange<TradingDay> {
    let from = try invocation.day("from") ?? TradingDay(year: 2020, month: 1, day: 2)
    let until = try invocation.day("until") ?? TradingDay(year: 2020, month: 4, day: 30)
    guard from <= until else {
      throw invocation.usageFailure("--from is \(from), which is after --until \(until)")
    }
    return from...until
  }

  private static func signal(
    _ invocation: Invocation, _ work: WorkSettings
  ) throws(Failure) -> (planted: PlantedSignal, name: String) {
    let kind = invocation.text("kind") ?? "planted"
    guard kind == "planted" else { return (.none, kind) }
    let share = try invocation.number("r2", in: 0.0001...0.5) ?? 0.05
    let horizon = work.settings.integer("label.horizon")
    guard let signal = PlantedSignal(rSquared: share, horizonBars: horizon) else {
      throw invocation.usageFailure(
        "--r2 \(share) is more than can be planted for a horizon of \(horizon) bars")
    }
    return (signal, "planted with R² \(share) over \(horizon) bars")
  }

  private static func spoilt(_ bars: [Bar], _ terminal: Terminal) -> BarColumns {
    let broken = BrokenMarket(spoiling: BarColumns(bars))
    for planting in broken.planted {
      terminal.say("\(planting.day): \(planting.fault.rawValue)")
    }
    return broken.bars
  }

  private static func report(
    _ invocation: Invocation, _ symbol: Symbol, _ count: WriteCount, _ kind: String,
    _ archive: String
  ) {
    if invocation.terminal.isJSON {
      invocation.terminal.print([
        "symbol": .text(symbol.description), "kind": .text(kind), "archive": .text(archive),
        "added": .integer(count.added), "changed": .integer(count.changed),
        "same": .integer(count.same),
      ])
    } else {
      invocation.terminal.print(
        "\(symbol) 1m \(kind): \(count.added) bars added, \(count.changed) changed, "
          + "\(count.same) there already → \(archive)\n")
    }
  }
}
