import Engine
import Fixtures
import Journal
import Live
import Market
import Testing
import Trading
import VenuePaper

@Suite struct LiveRunTests {
  private func readAll(_ path: String) throws(JournalError) -> [Record] {
    var reader = try JournalReader(path)
    var records: [Record] = []
    while let record = try reader.next() { records.append(record) }
    return records
  }

  private func loop<R: Recording>(_ recorder: R) -> TradingLoop<PaperExchange, LastMove, R> {
    TestLoops.forecasting(instruments: 2, recorder: recorder)
  }

  /// The same bars through another thread, an inbox and a journal are record for record the backtest.
  @Test func paperEqualsBacktest() throws {
    for seed in UInt64(0)..<5 {
      let market = WalkMarket(instruments: 2, days: 3, barsPerDay: 60, seed: seed)
      var backtest = loop(RecordList())
      try play(market.tape, through: &backtest)

      let scratch = Scratch()
      let path = scratch.file("j")
      // The inbox's limit bounds the batches; the race of the two threads makes them random.
      let inbox = Inbox(limit: [1, 3, 16, 100, 4_096][Int(seed)])
      let run = try LiveRun(
        loop(try JournalWriter(creating: path, describing: [])), from: inbox)
      var tape = market.tape
      let feed = try Feed(into: inbox) { () throws(RuleGap) in try tape.advance() }
      let paper = try run.join()
      let sent = try feed.join()
      #expect(sent == (try market.events().count), "seed \(seed)")
      #expect(paper.desk.portfolio == backtest.desk.portfolio, "seed \(seed)")
      #expect(try readAll(path) == backtest.recorder.records, "seed \(seed)")
      let commands = backtest.recorder.records.filter {
        if case .command = $0 { true } else { false }
      }
      #expect(commands.count > 20, "seed \(seed): a run that trades")
    }
  }

  @Test func aStoppedRunResumesAndEndsAsTheBacktest() throws {
    let market = WalkMarket(instruments: 2, days: 3, barsPerDay: 60, seed: 8)
    var backtest = loop(RecordList())
    try play(market.tape, through: &backtest)
    let events = try market.events()
    let scratch = Scratch()
    let path = scratch.file("j")
    let inbox = Inbox(limit: 8)
    let run = try LiveRun(loop(try JournalWriter(creating: path, describing: [])), from: inbox)
    for event in events.prefix(200) { try inbox.wait(toPut: event) }
    inbox.close(.stopped)
    _ = try run.join()

    let past = try RecordedRun(path).resume(through: loop(RecordCount()))
    #expect(past.events <= 200 && past.events >= 192)
    let again = Inbox(limit: 8)
    var rest = events.dropFirst(past.events)
    let second = try LiveRun(past.loop, from: again)
    let feed = try Feed(into: again) { () throws(RuleGap) in rest.popFirst() }
    let end = try second.join()
    try feed.join()
    #expect(end.desk.portfolio == backtest.desk.portfolio)
    #expect(try readAll(path) == backtest.recorder.records)
  }

  @Test func aFeedsFaultReachesWhoeverWaitsForTheRun() throws {
    let scratch = Scratch()
    let gap = RuleGap.missing(rule: "tick", product: "rb", day: WalkMarket.firstDay)
    let market = WalkMarket(instruments: 2, days: 2, barsPerDay: 20, seed: 1)
    var tape = Tape(market.histories) { (instrument, day, reference) throws(RuleGap) in
      if day > WalkMarket.firstDay { throw gap }
      return try WalkMarket.terms(instrument, day, reference)
    }
    let inbox = Inbox(limit: 8)
    let run = try LiveRun(
      loop(try JournalWriter(creating: scratch.file("j"), describing: [])), from: inbox)
    let feed = try Feed(into: inbox) { () throws(RuleGap) in try tape.advance() }
    #expect(ending(run) == .feed("\(gap)"))
    do throws(RuleGap) {
      try feed.join()
      Issue.record("a feed's fault reaches whoever waits for it")
    } catch { #expect(error == gap) }
    #expect(try readAll(scratch.file("j")).count >= 20 * 3)
  }

  /// A journal that breaks ends the run: the inbox closes with the reason, and nothing more is taken.
  @Test func aBrokenJournalEndsTheRunAndItsFeed() throws {
    let scratch = Scratch()
    let path = scratch.file("j")
    let market = WalkMarket(instruments: 2, days: 2, barsPerDay: 30, seed: 1)
    let inbox = Inbox(limit: 4)
    let run = try LiveRun(loop(try JournalWriter(creating: path, describing: [])), from: inbox)
    let events = try market.events()
    var index = 0
    let feed = try Feed(into: inbox) { () throws(RuleGap) -> Event? in
      if index == 60 { Sabotage.redirect(path, to: "/dev/full") }
      index += 1
      return index <= events.count ? events[index - 1] : nil
    }
    let sent = try feed.join()
    #expect(sent >= 60 && sent < events.count)
    guard case .journal(.full(path, _)) = ending(run) else {
      Issue.record("a full disk ends the run")
      return
    }
    #expect(throws: InboxError.self) { try inbox.put(events[0]) }

    // What was durable is whole, and the run goes on from there.
    var backtest = loop(RecordList())
    try play(market.tape, through: &backtest)
    var past = try RecordedRun(path).resume(through: loop(RecordCount()))
    #expect(past.events >= 52 && past.events <= sent)
    for event in events.dropFirst(past.events) {
      try past.loop.recorder.admit([event])
      past.loop.take(event)
    }
    past.loop.recorder.secure()
    #expect(try readAll(path) == backtest.recorder.records)
  }

  /// How a run ended, where it did not end well.
  private func ending(_ run: consuming LiveRun<PaperExchange, LastMove>) -> LiveError? {
    do throws(LiveError) {
      _ = try run.join()
      return nil
    } catch { return error }
  }
}
