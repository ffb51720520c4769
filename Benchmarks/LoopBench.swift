import CAllocations
import Engine
import Fixtures
import Market
import Research
import Trading
import Trials
import VenuePaper
import Workbench

/// How fast the one loop goes.
enum LoopBench {
  /// What a run over many bars came to.
  struct Figures {
    let bars: Int
    let records: Int
    let cpuSeconds: Double
    /// How often memory was asked for; `nil` where that is not counted.
    let allocations: Int?

    var barsPerSecond: Double { Double(bars) / cpuSeconds }
  }

  /// Drives moving averages over `days` days of 555 minute bars, with records counted but not kept.
  static func backtest(days: Int, instruments: Int = 1) throws -> Figures {
    let market = WalkMarket(instruments: instruments, days: days, barsPerDay: 555, seed: 1)
    return drive(
      TestLoops.crossing(
        fast: 20, slow: 60, lots: 1, instruments: instruments, recorder: RecordCount()),
      over: try market.events())
  }

  /// Drives a fitted ridge with the shipped recipe and strategy over days it has not seen.
  static func model(days: Int) throws -> Figures {
    let (first, traded) = (
      TradingDay(year: 2019, month: 1, day: 2), TradingDay(year: 2019, month: 3, day: 1)
    )
    let simulation = try Simulation.fitted(
      seed: 1, days: first...traded.advanced(by: days), traded: traded,
      work: .shipped(Home.find()))
    var tape = simulation.tape
    var events: [Event] = []
    while let event = try tape.advance() { events.append(event) }
    return drive(simulation.loop(recorder: RecordCount()), over: events)
  }

  /// The first events warm the loop up and are not measured.
  private static func drive<V: Venue, F: Forecasting>(
    _ warm: consuming TradingLoop<V, F, RecordCount>, over events: [Event]
  ) -> Figures {
    var loop = warm
    for event in events.prefix(5_000) { loop.take(event) }
    let (start, asked) = (cpuSeconds(), allocations_of_thread())
    for index in 5_000..<events.count { loop.take(events[index]) }
    let (spent, allocated) = (cpuSeconds() - start, allocations_of_thread() - asked)
    let bars = events.dropFirst(5_000).reduce(0) { $0 + ($1.isBar ? 1 : 0) }
    return Figures(
      bars: bars, records: loop.recorder.count, cpuSeconds: spent,
      allocations: allocations_are_counted() ? Int(allocated) : nil)
  }
}

extension Event {
  fileprivate var isBar: Bool {
    if case .bar = kind { true } else { false }
  }
}
