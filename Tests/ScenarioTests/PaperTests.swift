import Bars
import Engine
import Fixtures
import Journal
import Live
import Market
import Models
import Research
import Testing
import Trading
import Trials
import VenuePaper
import Workbench

@Suite struct PaperTests {
  private static let days =
    TradingDay(year: 2020, month: 1, day: 2)...TradingDay(year: 2020, month: 3, day: 13)
  private static let traded = TradingDay(year: 2020, month: 3, day: 2)

  /// The same model on the same bars through a second thread, an inbox and a journal is record for record the
  /// backtest.
  @Test func paperEqualsBacktest() throws {
    let work = try WorkSettings.shipped(Home(folder: Workplace.home))
    for seed in UInt64(1)...5 {
      let simulation = try Simulation.fitted(
        seed: seed, days: Self.days, traded: Self.traded, work: work)
      let backtest = try simulation.backtest()
      let scratch = Scratch()
      let path = scratch.file("j")
      // The inbox's limit bounds the batches; the race of the two threads makes them random.
      let inbox = Inbox(limit: [1, 7, 64, 1_024, 4_096][Int(seed) - 1])
      let loop = simulation.loop(recorder: try JournalWriter(creating: path, describing: []))
      let run = try LiveRun(loop, from: inbox)
      var tape = simulation.tape
      let feed = try Feed(into: inbox) { () throws(RuleGap) in try tape.advance() }
      let desk = try run.join().desk
      try feed.join()

      var reader = try JournalReader(path)
      for (index, record) in backtest.records.enumerated() {
        let told = try reader.next()
        try #require(told == record, "seed \(seed) record \(index)")
      }
      #expect(try reader.next() == nil, "seed \(seed)")
      #expect(desk.portfolio == backtest.desk.portfolio, "seed \(seed)")
      let forecasts = backtest.records.count {
        if case .caused(let event) = $0 { event.isForecast } else { false }
      }
      let commands = backtest.records.count { if case .command = $0 { true } else { false } }
      #expect(forecasts > 1_500 && commands > 20, "seed \(seed): a run that forecasts and trades")
    }
  }
}

extension Event {
  fileprivate var isForecast: Bool {
    if case .forecast = kind { true } else { false }
  }
}
