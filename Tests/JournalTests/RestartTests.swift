import Engine
import Fixtures
import Journal
import Market
import Testing
import Trading

/// A crash in the middle of an order: what is charged for the whole of it goes on where it stopped.
@Suite struct RestartTests {
  /// A walk whose orders pay a minimum and a levy rounded up to whole units, so that every part of one depends on
  /// the parts before.
  private static func events(seed: UInt64) throws -> [Event] {
    try WalkMarket(instruments: 2, days: 2, barsPerDay: 60, seed: seed).events().map { event in
      guard case .terms(let day) = event.kind else { return event }
      let levy = Levy(
        kind: .stampDuty, onBuys: Rate(hundredMillionths: 1_234), onSales: Rate(basisPoints: 1),
        isWhole: true)
      let rich = InstrumentDay(
        instrument: day.instrument, day: day.day, grid: day.grid, tick: day.tick,
        multiplier: day.multiplier, lotSize: day.lotSize, largestOrder: day.largestOrder,
        reference: day.reference, lowest: day.lowest, highest: day.highest, margin: day.margin,
        fees: Fees(
          open: day.fees.open, close: day.fees.close, closeToday: day.fees.closeToday,
          minimum: Money(minor: 777)),
        closing: day.closing, isNextDay: day.isNextDay, mayShort: day.mayShort,
        board: BoardDay(leastOrder: 1, sellsRemainder: false, levies: [levy]))
      return Event(at: event.at, .terms(rich))
    }
  }

  @Test func aRestartWithinAnOrderChangesNoCharge() throws {
    var cuts = 0
    for seed in UInt64(0)..<6 {
      let events = try Self.events(seed: seed)
      var whole = SampleRun.fresh(RecordList())
      var within: [Int] = []
      for (index, event) in events.enumerated() {
        whole.take(event)
        if whole.desk.blotter.tickets.contains(where: { $0.state == .partlyFilled }) {
          within.append(index + 1)
        }
      }
      for cut in within.prefix(4) {
        let scratch = Scratch()
        let path = scratch.file("j")
        try Self.write(events.prefix(cut), to: path)
        var run = try RecordedRun(path).resume(through: SampleRun.fresh(RecordCount()))
        let working = run.loop.desk.blotter.tickets.filter { $0.state == .partlyFilled }
        #expect(working.allSatisfy { $0.charge.taken > .zero } && !working.isEmpty)
        try SampleRun.feed(events.dropFirst(run.events), to: &run.loop, batches: seed)
        run.loop.recorder.secure()
        #expect(run.loop.desk.portfolio == whole.desk.portfolio, "seed \(seed), cut \(cut)")
        #expect(try readAll(path) == whole.recorder.records, "seed \(seed), cut \(cut)")
        cuts += 1
      }
    }
    #expect(cuts > 10, "orders that fill in parts are what this is about")
  }

  private static func write(_ events: ArraySlice<Event>, to path: String) throws {
    var loop = SampleRun.fresh(try JournalWriter(creating: path, describing: SampleRun.about))
    try SampleRun.feed(events, to: &loop, batches: 3)
    loop.recorder.secure()
  }
}
