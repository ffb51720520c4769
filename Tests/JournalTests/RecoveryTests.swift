import Engine
import Fixtures
import Journal
import Market
import Testing
import Trading

@Suite struct RecoveryTests {
  /// A run that ends between the commit of its inputs and that of their outcomes.
  @Test func inputsWithoutOutcomesAreTakenAgain() throws {
    for seed in UInt64(0)..<5 {
      let scratch = Scratch()
      let path = scratch.file("j")
      let run = try SampleRun(seed: seed)
      try run.write(path, events: 100, batches: seed, secured: false)
      let before = try readAll(path)
      let resumed = try RecordedRun(path).resume(through: SampleRun.fresh(RecordCount()))
      #expect(resumed.events == 100)
      let after = try readAll(path)
      #expect(after.count > before.count, "seed \(seed)")
      #expect(after == Array(run.records.prefix(after.count)), "seed \(seed)")
      var undisturbed = SampleRun.fresh(RecordList())
      for event in run.events.prefix(100) { undisturbed.take(event) }
      #expect(after == undisturbed.recorder.records, "seed \(seed)")
      #expect(resumed.loop.desk.portfolio == undisturbed.desk.portfolio, "seed \(seed)")
      #expect(resumed.loop.desk.blotter == undisturbed.desk.blotter, "seed \(seed)")
    }
  }

  @Test func recoveringTwiceIsRecoveringOnce() throws {
    let scratch = Scratch()
    let path = scratch.file("j")
    let run = try SampleRun(seed: 1)
    try run.write(path, events: 90, secured: false)
    _ = try RecordedRun(path).resume(through: SampleRun.fresh(RecordCount()))
    let once = FileBytes.read(path)
    _ = try RecordedRun(path).resume(through: SampleRun.fresh(RecordCount()))
    #expect(FileBytes.read(path) == once)
    #expect(try run.goOn(path).desk.portfolio == run.portfolio)
  }

  @Test func aRunOfManyRestartsEndsAsOneWithout() throws {
    for seed in UInt64(0)..<3 {
      let scratch = Scratch()
      let path = scratch.file("j")
      let run = try SampleRun(seed: seed)
      _ = try JournalWriter(creating: path, describing: SampleRun.about)
      var dice = Dice(seed: seed)
      var done = 0
      while done < run.events.count {
        var part = try RecordedRun(path).resume(through: SampleRun.fresh(RecordCount()))
        #expect(part.events == done, "seed \(seed)")
        let next = min(done + Int(dice.roll(1...25)), run.events.count)
        try SampleRun.feed(run.events[done..<next], to: &part.loop, batches: seed)
        done = next
      }
      #expect(try run.goOn(path).desk.portfolio == run.portfolio, "seed \(seed)")
      #expect(try readAll(path) == run.records, "seed \(seed)")
    }
  }

  @Test func theDescriptionRebuildsTheRun() throws {
    let scratch = Scratch()
    try SampleRun(seed: 1).write(scratch.file("j"))
    #expect(try RecordedRun(scratch.file("j")).description == SampleRun.about)
  }

  @Test func anotherStrategyIsFoundAndNothingIsWritten() throws {
    let scratch = Scratch()
    let path = scratch.file("j")
    let run = try SampleRun(seed: 1)
    try run.write(path)
    let bytes = FileBytes.read(path)
    let index = try #require(
      run.records.firstIndex { if case .command = $0 { true } else { false } })
    do throws(JournalError) {
      let other = TestLoops.crossing(instruments: 2, recorder: RecordCount())
      _ = try RecordedRun(path).resume(through: other)
      Issue.record("another strategy tells another story")
    } catch {
      guard case .diverged(_, let divergence) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(divergence.index < index)
      #expect(divergence.recorded == run.records[divergence.index])
    }
    #expect(FileBytes.read(path) == bytes)
  }

  /// The journal tells more than the replay: what is recorded of the last inputs was never told again.
  @Test func recordsThatAReplayDoesNotTellAreFound() throws {
    let scratch = Scratch()
    let path = scratch.file("j")
    let events = try SampleRun(seed: 1).events
    let extra = Record.alarm(.strayFill(OrderID(1)), at: events[0].at)
    var loop = SampleRun.fresh(try JournalWriter(creating: path, describing: []))
    try SampleRun.feed(events[..<30], to: &loop, batches: 1)
    loop.recorder.append(extra)
    loop.recorder.secure()
    let count = try readAll(path).count
    // The file is let go before it is opened again.
    loop = SampleRun.fresh(try JournalWriter(creating: scratch.file("k"), describing: []))
    #expect(
      throws: JournalError.diverged(
        path: path, Divergence(index: count - 1, recorded: extra, replayed: nil))
    ) { try RecordedRun(path).resume(through: SampleRun.fresh(RecordCount())) }
  }
}
