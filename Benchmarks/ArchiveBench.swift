import Archive
import Bytes
import Console
import Glibc
import Market
import Trials

extension Command {
  static let archive = Command(
    "archive", "Load a long series; share an archive among processes",
    about: """
      A line for loads of --bars minutes, the fastest and the median of --rounds warm ones, and \
      the same for a plain file of columns. With --seconds, also a line for two readers beside one \
      writer that restates the whole series: what they did, the slowest of each, and how many \
      loads were torn, which must be none.
      """,
    flags: [
      Flag("bars", value: "N", "Bars to load.", shownDefault: "1000000"),
      Flag("rounds", value: "N", "Loads to time.", shownDefault: "20"),
      Flag("seconds", value: "N", "How long to share an archive.", shownDefault: "0"),
    ],
    examples: [Example("archive --seconds 60", "A minute of sharing, too")]
  ) { invocation in
    let count = try invocation.integer("bars", in: 1...20_000_000) ?? 1_000_000
    let rounds = try invocation.integer("rounds", in: 1...10_000) ?? 20
    let seconds = try invocation.integer("seconds", in: 0...86_400) ?? 0
    var template = Array("/tmp/bench-archive-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(.failed, "no folder in /tmp") }
    let folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    defer { clear(folder) }
    do {
      for line in try ArchiveBench.loads(folder, bars: count, rounds: rounds) {
        invocation.terminal.print(line)
      }
      if seconds > 0 {
        let outcome = try SharedArchive(folder + "/shared.sqlite", series: MinuteSeries.series)
          .run(MinuteSeries.bars(50_000), seconds: Double(seconds))
        invocation.terminal.print(ArchiveBench.line(outcome, seconds: seconds))
        return outcome.torn == 0 && outcome.failures.isEmpty ? .ok : .failed
      }
    } catch let error as ArchiveError {
      throw Failure(.data, "\(error)")
    } catch {
      throw Failure(.failed, "\(error)")
    }
    return .ok
  }

  private static func clear(_ folder: String) {
    for name in [
      "bars.sqlite", "bars.sqlite-wal", "bars.sqlite-shm", "shared.sqlite", "shared.sqlite-wal",
      "shared.sqlite-shm", "rb8888.SHFE.1m.columns",
    ] {
      unlink("\(folder)/\(name)")
    }
    rmdir(folder)
  }
}

/// What loading costs.
enum ArchiveBench {
  static func loads(_ folder: String, bars count: Int, rounds: Int) throws -> [JSON] {
    let bars = MinuteSeries.bars(count)
    let store = try BarStore(path: folder + "/bars.sqlite")
    let columns = ColumnFolder(folder)
    let writing = try Timing.of { try store.write(bars, to: MinuteSeries.series) }.timing
    _ = try columns.write(bars, to: MinuteSeries.series)
    let key = MinuteSeries.series.key
    let name = try store.fingerprint(of: key).hex
    let reader = try BarStore(reading: folder + "/bars.sqlite")
    return [
      try line("archive-load", rounds, count, name, writing) { try reader.load(key) },
      try line("columns-load", rounds, count, name, nil) {
        try columns.load(key, from: nil, until: nil)
      },
    ]
  }

  private static func line(
    _ task: String, _ rounds: Int, _ count: Int, _ name: String, _ writing: Timing?,
    _ load: () throws -> LoadedBars
  ) throws -> JSON {
    guard try load().fingerprint.hex == name else {
      throw Failure(.data, "\(task): other bars were loaded than were written")
    }
    var millis: [Double] = []
    let work = try Timing.of {
      for _ in 0..<rounds {
        let from = wallSeconds()
        let loaded = try load()
        precondition(loaded.columns.count == count, "all bars are loaded")
        millis.append((wallSeconds() - from) * 1_000)
      }
    }
    millis.sort()
    return result(
      task, work.timing,
      [
        ("rounds", .integer(rounds)), ("bars", .integer(count)), ("check", .text(name)),
        ("fastest_ms", .number(millis[0])), ("median_ms", .number(millis[millis.count / 2])),
        ("write_s", writing.map { .number($0.wall) } ?? .null),
      ])
  }

  static func line(_ outcome: SharedArchive.Outcome, seconds: Int) -> JSON {
    [
      "task": .text("archive-shared"), "seconds": .integer(seconds),
      "reads": .integer(outcome.reads), "writes": .integer(outcome.writes),
      "torn": .integer(outcome.torn), "failures": JSON(outcome.failures),
      "read_alone_ms": .number(outcome.aloneMillis),
      "slowest_read_ms": .number(outcome.slowestReadMillis),
      "slowest_write_ms": .number(outcome.slowestWriteMillis),
    ]
  }
}
