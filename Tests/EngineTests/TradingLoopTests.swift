import Engine
import Fixtures
import Market
import Testing
import Trading

@Suite struct TradingLoopTests {
  private func records(seed: UInt64, instruments: Int = 2) throws -> [Record] {
    let market = WalkMarket(instruments: instruments, seed: seed)
    var loop = TestLoops.forecasting(instruments: instruments, recorder: RecordList())
    try play(market.tape, through: &loop)
    #expect(loop.desk.portfolio.isSound, "seed \(seed)")
    return loop.recorder.records
  }

  @Test func everyEventFromOutsideIsRecordedOnceInOrder() throws {
    let market = WalkMarket(instruments: 2, seed: 4)
    let taken = try records(seed: 4).compactMap { record -> Event? in
      guard case .taken(let event) = record else { return nil }
      return event
    }
    #expect(taken == (try market.events()))
  }

  @Test func noOrderFillsOnTheBarItWasSentAfter() throws {
    for seed in UInt64(0)..<5 {
      var sent: [OrderID: Instant] = [:]
      var fills = 0
      for record in try records(seed: seed) {
        switch record {
        case .command(.submit(let order), let at): sent[order.id] = at
        case .caused(let event):
          guard case .fill(let fill) = event.kind else { continue }
          fills += 1
          let since = try #require(sent[fill.order], "seed \(seed): a fill without an order")
          #expect(since < event.at, "seed \(seed)")
        default: continue
        }
      }
      #expect(fills > 10, "seed \(seed)")
    }
  }

  @Test func theSameEventsGiveTheSameRecords() throws {
    for seed in UInt64(0)..<3 {
      let digest = Record.digest(try records(seed: seed))
      #expect(Record.digest(try records(seed: seed)) == digest, "seed \(seed)")
    }
  }

  @Test func aLoopGoesOnWhereItsRecordsGoElsewhere() throws {
    let events = try WalkMarket(seed: 2).events()
    var whole = TestLoops.crossing(recorder: RecordList())
    for event in events { whole.take(event) }
    var first = TestLoops.crossing(recorder: RecordList())
    for event in events.prefix(100) { first.take(event) }
    let told = first.recorder.records
    var rest = first.recording(into: RecordList())
    for event in events.dropFirst(100) { rest.take(event) }
    #expect(told + rest.recorder.records == whole.recorder.records)
    #expect(rest.desk.portfolio == whole.desk.portfolio)
  }
}
