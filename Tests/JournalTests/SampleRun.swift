import Engine
import Fixtures
import Journal
import Market
import Trading
import VenuePaper

/// A short run whose journal the tests cut, bend and go on with.
struct SampleRun {
  typealias Loop<R: Recording> = TradingLoop<PaperExchange, LastMove, R>

  let events: [Event]
  /// What an undisturbed run tells and holds.
  let records: [Record]
  let portfolio: Portfolio
  static let about = Array("a run of two instruments".utf8)

  init(seed: UInt64, days: Int = 2, barsPerDay: Int = 40) throws {
    events = try WalkMarket(instruments: 2, days: days, barsPerDay: barsPerDay, seed: seed).events()
    var loop = Self.fresh(RecordList())
    for event in events { loop.take(event) }
    records = loop.recorder.records
    portfolio = loop.desk.portfolio
  }

  static func fresh<R: Recording>(_ recorder: R) -> Loop<R> {
    TestLoops.forecasting(instruments: 2, recorder: recorder)
  }

  /// Writes the journal of the first events in batches of random size.
  func write(
    _ path: String, events count: Int? = nil, batches seed: UInt64 = 1, secured: Bool = true
  ) throws {
    var loop = Self.fresh(try JournalWriter(creating: path, describing: Self.about))
    try Self.feed(events.prefix(count ?? events.count), to: &loop, batches: seed)
    if secured { loop.recorder.secure() }
    try loop.recorder.throwIfBroken()
  }

  static func feed(
    _ events: ArraySlice<Event>, to loop: inout Loop<JournalWriter>, batches seed: UInt64
  ) throws {
    var dice = Dice(seed: seed)
    var rest = events
    while !rest.isEmpty {
      let batch = Array(rest.prefix(Int(dice.roll(1...9))))
      rest = rest.dropFirst(batch.count)
      try loop.recorder.admit(batch)
      for event in batch { loop.take(event) }
    }
  }

  /// Resumes a journal and feeds it what is left of the events.
  func goOn(_ path: String, batches seed: UInt64 = 2) throws -> Loop<JournalWriter> {
    var run = try RecordedRun(path).resume(through: Self.fresh(RecordCount()))
    try Self.feed(events.dropFirst(run.events), to: &run.loop, batches: seed)
    run.loop.recorder.secure()
    try run.loop.recorder.throwIfBroken()
    return run.loop
  }
}

/// Reads a journal to its end.
func readAll(_ path: String) throws(JournalError) -> [Record] {
  var reader = try JournalReader(path)
  var records: [Record] = []
  while let record = try reader.next() { records.append(record) }
  return records
}

/// Where the header and each frame of a journal end, by its bytes; the last is where the zeros begin.
func frameEnds(_ bytes: [UInt8]) -> [Int] {
  func word(_ offset: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }
  var ends = [16 + word(12) + 4]
  while let end = ends.last, end + 16 <= bytes.count, word(end) != 0 {
    ends.append(end + 16 + word(end + 4))
  }
  return ends
}
