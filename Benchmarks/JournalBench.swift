import Engine
import Fixtures
import Journal
import Market
import Trading
import VenuePaper

/// What durability costs: the length of a commit, and how fast records go in and come out.
enum JournalBench {
  struct Commits {
    let medianMicros: Double
    let slowestPercentMicros: Double
  }

  /// Commits of one bar and its instant each, as a live run makes them; timed one by one.
  static func commits(_ path: String, count: Int) throws -> Commits {
    let events = try WalkMarket(days: count / 500 + 1, barsPerDay: 500, seed: 1).events()
    var loop = TestLoops.crossing(recorder: try JournalWriter(creating: path, describing: []))
    var micros: [Double] = []
    for start in stride(from: 0, to: min(2 * count, events.count - 1), by: 2) {
      let batch = Array(events[start..<start + 2])
      let from = Clock.wallSeconds()
      try loop.recorder.admit(batch)
      micros.append((Clock.wallSeconds() - from) * 1e6)
      for event in batch { loop.take(event) }
    }
    micros.sort()
    return Commits(
      medianMicros: micros[micros.count / 2], slowestPercentMicros: micros[micros.count * 99 / 100])
  }

  struct Rates {
    let records: Int
    let written: Double
    let read: Double
    let resumed: Double
  }

  /// Records per second of wall time: through the loop into a journal, out again, and through a recovery.
  static func rates(_ path: String, days: Int) throws -> Rates {
    let events = try WalkMarket(days: days, barsPerDay: 555, seed: 1).events()
    var loop = TestLoops.crossing(recorder: try JournalWriter(creating: path, describing: []))
    let writing = Clock.wallSeconds()
    for start in stride(from: 0, to: events.count, by: 4_096) {
      let batch = Array(events[start..<min(start + 4_096, events.count)])
      try loop.recorder.admit(batch)
      for event in batch { loop.take(event) }
    }
    loop.recorder.secure()
    try loop.recorder.throwIfBroken()
    let written = Clock.wallSeconds() - writing
    let (records, read) = try count(path)
    loop = TestLoops.crossing(
      recorder: try JournalWriter(creating: path + ".other", describing: []))
    let resuming = Clock.wallSeconds()
    _ = try RecordedRun(path).resume(through: TestLoops.crossing(recorder: RecordCount()))
    let resumed = Clock.wallSeconds() - resuming
    return Rates(
      records: records, written: Double(records) / written, read: Double(records) / read,
      resumed: Double(records) / resumed)
  }

  private static func count(_ path: String) throws -> (records: Int, seconds: Double) {
    let start = Clock.wallSeconds()
    var reader = try JournalReader(path)
    var records = 0
    while try reader.next() != nil { records += 1 }
    return (records, Clock.wallSeconds() - start)
  }
}
