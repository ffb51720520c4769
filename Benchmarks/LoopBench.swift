import Engine
import Fixtures
import Glibc
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
    let start = cpuSeconds()
    for event in events.dropFirst(5_000) { loop.take(event) }
    let spent = cpuSeconds() - start
    let bars = events.dropFirst(5_000).reduce(0) { $0 + ($1.isBar ? 1 : 0) }
    return Figures(bars: bars, records: loop.recorder.count, cpuSeconds: spent)
  }

  /// Processor time of this thread.
  static func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

extension Event {
  fileprivate var isBar: Bool {
    if case .bar = kind { true } else { false }
  }
}
