import Engine
import Fixtures
import Market
import Trading
import VenuePaper

/// How fast the one loop goes.
enum LoopBench {
  /// What a run over many bars came to.
  struct Figures {
    let bars: Int
    let records: Int
    let cpuSeconds: Double

    var barsPerSecond: Double { Double(bars) / cpuSeconds }
  }

  /// Drives moving averages over `days` days of 555 minute bars, with records counted but not kept.
  static func backtest(days: Int, instruments: Int = 1) throws -> Figures {
    let market = WalkMarket(instruments: instruments, days: days, barsPerDay: 555, seed: 1)
    let events = try market.events()
    var loop = TestLoops.crossing(
      fast: 20, slow: 60, lots: 1, instruments: instruments, recorder: RecordCount())
    for event in events.prefix(5_000) { loop.take(event) }
    let start = Clock.cpuSeconds()
    for event in events.dropFirst(5_000) { loop.take(event) }
    let spent = Clock.cpuSeconds() - start
    let bars = events.dropFirst(5_000).reduce(0) { $0 + ($1.isBar ? 1 : 0) }
    return Figures(bars: bars, records: loop.recorder.count, cpuSeconds: spent)
  }
}

extension Event {
  fileprivate var isBar: Bool {
    if case .bar = kind { true } else { false }
  }
}
