import Engine
import Fixtures
import Market
import Testing
import Trading

@Suite struct ReplayTests {
  private let strategy = Strategy.averageCross(
    AverageCross(fast: 5, slow: 20, lots: 3, instruments: 1))

  private var fresh: Desk { TestLoops.desk(strategy, instruments: 1) }

  private func run(seed: UInt64) throws -> (records: [Record], desk: Desk) {
    var loop = TestLoops.crossing(recorder: RecordList())
    try play(WalkMarket(seed: seed).tape, through: &loop)
    return (loop.recorder.records, loop.desk)
  }

  @Test func aReplayTellsTheSameAndEndsAlike() throws {
    for seed in UInt64(0)..<5 {
      let (records, desk) = try run(seed: seed)
      let replayed = try replay(records, through: fresh)
      #expect(replayed.portfolio == desk.portfolio, "seed \(seed)")
      #expect(replayed.blotter == desk.blotter, "seed \(seed)")
    }
  }

  @Test func anyPrefixThatEndsWithAnEventsDecisionsReplays() throws {
    let (records, _) = try run(seed: 1)
    for end in records.indices {
      switch records[end] {
      case .taken, .caused: _ = try replay(Array(records[..<end]), through: fresh)
      default: continue
      }
    }
  }

  @Test func aChangedLeftOutOrAddedDecisionIsFound() throws {
    let (records, _) = try run(seed: 1)
    let index = try #require(
      records.firstIndex {
        if case .command(.submit, _) = $0 { true } else { false }
      })
    guard case .command(.submit(let order), let at) = records[index] else { return }
    let larger = Record.command(
      .submit(
        Order(
          id: order.id, instrument: order.instrument, side: order.side, offset: order.offset,
          lots: order.lots + 1, limit: order.limit)), at: at)

    var changed = records
    changed[index] = larger
    #expect(throws: Divergence(index: index, recorded: larger, replayed: records[index])) {
      try replay(changed, through: fresh)
    }
    var shorter = records
    shorter.remove(at: index)
    #expect(
      throws: Divergence(index: index, recorded: shorter[index], replayed: records[index])
    ) { try replay(shorter, through: fresh) }
    var longer = records
    longer.insert(larger, at: index)
    #expect(throws: Divergence(index: index, recorded: larger, replayed: records[index])) {
      try replay(longer, through: fresh)
    }
  }

  @Test func anotherStrategyDiverges() throws {
    let (records, _) = try run(seed: 1)
    let other = Strategy.averageCross(AverageCross(fast: 3, slow: 9, lots: 3, instruments: 1))
    #expect(throws: Divergence.self) {
      try replay(records, through: TestLoops.desk(other, instruments: 1))
    }
  }
}
