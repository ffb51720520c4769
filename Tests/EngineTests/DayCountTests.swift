import Engine
import Fixtures
import Market
import Testing
import Trading

/// Counters of a trading day through the whole loop: night first, and over a restart.
@Suite struct DayCountTests {
  static func terms(_ lots: Int64?) -> DailyTerms {
    { (instrument, day, reference) throws(RuleGap) -> InstrumentDay in
      let openings = lots.map { OpeningLimit(lots: $0, scope: .contract) }
      return try WalkMarket.terms(instrument, day, reference)
        .with(contract: ContractDay(product: instrument, openings: openings))
    }
  }

  private func run(_ seed: UInt64, limit: Int64?) throws -> (records: [Record], desk: Desk) {
    var loop = TestLoops.forecasting(recorder: RecordList())
    try play(Tape(WalkMarket(seed: seed).histories, terms: Self.terms(limit)), through: &loop)
    return (loop.recorder.records, loop.desk)
  }

  /// The most lots opened in a day.
  private func mostOpened(_ records: [Record]) -> Int64 {
    var days: [Int64] = []
    for record in records {
      switch record {
      case .taken(let event), .caused(let event):
        if case .dayBegan = event.kind { days.append(0) }
        if case .fill(let fill) = event.kind, fill.offset == .open {
          days[days.count - 1] += fill.lots
        }
      default: continue
      }
    }
    return days.max() ?? 0
  }

  private func denials(_ records: [Record], _ rule: RiskRule) -> [Record] {
    records.filter { if case .denial(let denial, _) = $0 { denial.rule == rule } else { false } }
  }

  @Test func noDayOpensMoreThanItMay() throws {
    for seed in UInt64(0)..<4 {
      #expect(mostOpened(try run(seed, limit: nil).records) > 20, "seed \(seed)")
      let limited = try run(seed, limit: 20)
      #expect(mostOpened(limited.records) <= 20, "seed \(seed)")
      #expect(!denials(limited.records, .dailyOpens).isEmpty, "seed \(seed)")
    }
  }

  /// A restart in the middle of a day stands where it stood, and refuses what it would have refused.
  @Test func theCountOutlivesARestart() throws {
    let (records, _) = try run(1, limit: 20)
    let refused = try #require(denials(records, .dailyOpens).first.flatMap(records.firstIndex))
    let cut = try #require(
      records[..<refused].lastIndex {
        if case .taken = $0 { true } else { false }
      })
    let gate = ForecastGate.Parameters(
      enter: 0.0006, exit: 0, lots: 4, trail: Rate(basisPoints: 20))
    let fresh = TestLoops.desk(
      .forecastGate(ForecastGate(gate, instruments: 1)), instruments: 1)
    let restarted = try replay(Array(records[..<cut]), through: fresh)
    #expect(restarted.portfolio.holdings[0].openedToday > 16)
    _ = try replay(Array(records[...refused]), through: fresh)
  }

  @Test func theDayBeginsWithItsNight() throws {
    let monday = TradingDay(year: 2020, month: 1, day: 6)
    let bar = { (minute: Int64, day: TradingDay, open: Int64, close: Int64) in
      Bar(
        instrument: InstrumentIndex(0), tradingDay: day,
        closedAt: Zone.shanghai.instant(monday, seconds: minute * 60), open: Price(units: open),
        high: Price(units: max(open, close)), low: Price(units: min(open, close)),
        close: Price(units: close), volume: 100_000)
    }
    let history = [
      bar(14 * 60 + 56, monday, 3_500, 3_510), bar(14 * 60 + 57, monday, 3_510, 3_500),
      bar(14 * 60 + 58, monday, 3_500, 3_510), bar(21 * 60 + 1, monday.next, 3_510, 3_516),
    ]
    var loop = TestLoops.forecasting(recorder: RecordList())
    try play(Tape([history], terms: Self.terms(8)), through: &loop)
    let denied = denials(loop.recorder.records, .dailyOpens)
    #expect(denied.map(\.at) == [history[2].closedAt], "four and four are opened by then")
    let opened = loop.recorder.records.compactMap { record -> Instant? in
      guard case .command(.submit(let order), let at) = record else { return nil }
      return order.offset == .open ? at : nil
    }
    #expect(opened == [history[0].closedAt, history[1].closedAt, history[3].closedAt])
  }
}
