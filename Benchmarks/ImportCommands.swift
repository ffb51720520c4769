import Archive
import Console
import CsvOracle
import Glibc
import Market

extension Command {
  static let importing = Command(
    "import", "Import minute bars of a CSV file with every check on",
    about: """
      `cpu_s` is reading and checking alone, `commit_cpu_s` the same with the rows made durable in \
      a new archive. What the archive then holds is compared with the numbers the file was made \
      from; a difference ends with exit code 1.
      """,
    flags: [
      Flag("data", value: "PREFIX", "Files of made_data.py bars: PREFIX.csv, .ohlcv.f32, .ts.i64."),
      Flag("rounds", value: "N", "How often the work is done.", shownDefault: "5"),
      Flag("folder", value: "FOLDER", "Where the archive is written.", shownDefault: "."),
    ],
    examples: [Example("import --data .peers/data/bars", "As make bench does")]
  ) { invocation in
    let prefix = try invocation.prefix()
    let rounds = try invocation.integer("rounds", in: 1...1_000) ?? 5
    let archive = "\(invocation.text("folder") ?? ".")/bench-import.sqlite"
    let files = ["", "-wal", "-shm"].map { archive + $0 }
    defer { forget(files) }
    let bench = ImportBench(csv: prefix + ".csv")
    let (rows, reading) = try Timing.of { try bench.check(rounds: rounds) }
    let readPeak = peakMebibytes()
    let (_, committing) = try Timing.of {
      for _ in 0..<rounds {
        forget(files)
        try bench.commit(to: archive)
      }
    }
    let committedPeak = peakMebibytes()
    let wrong = try bench.wrongValues(in: archive, prefix)
    invocation.terminal.print(
      result(
        "import", reading,
        [
          ("rows", .integer(rows)), ("rounds", .integer(rounds)),
          ("commit_cpu_s", .number(committing.cpu)), ("commit_wall_s", .number(committing.wall)),
          ("read_rss_mb", .number(readPeak)), ("commit_rss_mb", .number(committedPeak)),
          ("check", .text(try bench.sums(of: archive))), ("wrong_values", .integer(wrong)),
        ]))
    return wrong == 0 ? .ok : .failed
  }

  static let fuzzCsv = Command(
    "fuzz-csv", "Hold the importer against a slow reader of mutated rows",
    about: """
      Every seed is a file of mutated rows. What the importer accepts must be what a slow, \
      independent reader accepts, value for value; a disagreement ends with exit code 1.
      """,
    flags: [
      Flag("rows", value: "N", "Rows to try.", shownDefault: "2000000"),
      Flag("seed", value: "N", "The first seed.", shownDefault: "1"),
      Flag("folder", value: "FOLDER", "Where the files are written.", shownDefault: "."),
    ],
    examples: [Example("fuzz-csv --rows 100000 --seed 7", "A shorter run with other rows")]
  ) { invocation in
    let rows = try invocation.integer("rows", in: 1...1_000_000_000) ?? 2_000_000
    let seed = UInt64(try invocation.integer("seed", in: 0...Int.max / 2) ?? 1)
    let folder = invocation.text("folder") ?? "."
    let most = 20_000
    var (read, accepted, disagreements) = (0, 0, 0)
    let (_, timing) = try Timing.of {
      for part in 0..<(rows + most - 1) / most where disagreements < 20 {
        let seed = seed + UInt64(part)
        let count = min(most, rows - part * most)
        let fuzz = try CsvFuzz.run(rows: count, seed: seed, in: folder)
        for words in fuzz.disagreements { invocation.terminal.warn("seed \(seed): \(words)") }
        (read, accepted) = (read + fuzz.rows, accepted + fuzz.accepted)
        disagreements += fuzz.disagreements.count
      }
    }
    invocation.terminal.print(
      result(
        "csv-fuzz", timing,
        [
          ("rows", .integer(read)), ("accepted", .integer(accepted)),
          ("seed", .integer(Int(seed))), ("disagreements", .integer(disagreements)),
        ]))
    return disagreements == 0 ? .ok : .failed
  }
}

/// The file that is imported, and what it was made from.
struct ImportBench {
  let csv: String

  private static let symbol = Symbol(code: "MADE", exchange: .local)

  private var form: CsvForm {
    var form = CsvForm(interval: .minute, stamp: .end, zone: .utc, symbol: Self.symbol)
    form.tolerance = .zero
    return form
  }

  private func hours(_ symbol: Symbol) -> NamedSchedule? { .alwaysOpen(.utc) }

  /// The rows of one round.
  func check(rounds: Int) throws(ArchiveError) -> Int {
    var rows = 0
    for _ in 0..<rounds { rows = try CsvFile.check(csv, form, hours: hours).rows }
    return rows
  }

  func commit(to archive: String) throws(ArchiveError) {
    let store = try BarStore(path: archive)
    _ = try store.importCsv(csv, form, hours: hours)
  }

  private func loaded(_ archive: String) throws(ArchiveError) -> LoadedBars {
    try BarStore(reading: archive).load(SeriesKey(Self.symbol, .minute))
  }

  /// Rows and the sums of their columns, as the peer prints them.
  func sums(of archive: String) throws(ArchiveError) -> String {
    let loaded = try loaded(archive)
    let unit = loaded.series.grid.unitsPerOne
    let bars = loaded.columns
    let prices = [bars.open, bars.high, bars.low, bars.close].map { $0.reduce(0, +) / unit }
    let all = (prices + [bars.volume.reduce(0, +)]).map(String.init).joined(separator: " ")
    return "\(bars.count) rows, sums \(all)"
  }

  /// How many of the archive's values are not those of the binary files.
  func wrongValues(in archive: String, _ prefix: String) throws -> Int {
    let loaded = try loaded(archive)
    let (bars, unit) = (loaded.columns, Double(loaded.series.grid.unitsPerOne))
    let count = bars.count
    let made = try words(prefix + ".ohlcv.f32", 5 * count, as: Float.self)
    let stamps = try words(prefix + ".ts.i64", count, as: Int64.self)
    var wrong = 0
    for row in 0..<count {
      if bars.closedAtNanos[row] != stamps[row] * 1_000_000_000 { wrong += 1 }
      for (column, units) in [bars.open[row], bars.high[row], bars.low[row], bars.close[row]]
        .enumerated()
      where Float(Double(units) / unit) != made[column * count + row] { wrong += 1 }
      if Float(bars.volume[row]) != made[4 * count + row] { wrong += 1 }
    }
    return wrong
  }
}
