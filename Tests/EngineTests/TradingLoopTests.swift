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

  /// Ranks the moves of all once they are there: the best gets the greatest forecast.
  private struct BestMove: Forecasting {
    var moves: [(instrument: InstrumentIndex, move: Int64)] = []

    mutating func forecast(after bar: Bar) -> Forecast? {
      moves.append((bar.instrument, bar.close.units - bar.open.units))
      return nil
    }

    mutating func forecasts(closing instant: Instant) -> [Forecast] {
      defer { moves = [] }
      let order = moves.sorted { ($0.move, $0.instrument) < ($1.move, $1.instrument) }
      return order.enumerated().map { place, entry in
        Forecast(
          instrument: entry.instrument, model: ModelID(7), expectedReturn: 0.001 * Double(place),
          deviation: 0.001, horizonBars: 5)
      }
    }
  }

  /// What compares instruments is said when all have had their bar and before the desk decides.
  @Test func forecastsOfAnInstantComeBeforeItsDecisions() throws {
    let market = WalkMarket(instruments: 2, seed: 6)
    let plain = TestLoops.forecasting(instruments: 2, recorder: RecordList())
    var loop = TradingLoop(
      desk: plain.desk, venue: TestLoops.exchange(instruments: 2), forecaster: BestMove(),
      recorder: RecordList())
    try play(market.tape, through: &loop)
    var (waiting, closed, orders) = (0, 0, 0)
    for record in loop.recorder.records {
      switch record {
      case .caused(let event):
        if case .forecast = event.kind { waiting += 1 }
      case .taken(let event):
        if case .bar = event.kind { #expect(waiting == 0) }
        guard case .instantClosed = event.kind else { continue }
        closed += waiting
        waiting = 0
      case .command(.submit, _): orders += 1
      default: continue
      }
    }
    #expect(closed > 100 && orders > 10 && waiting == 0)
    #expect(throws: Never.self) { try replay(loop.recorder.records, through: plain.desk) }
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
