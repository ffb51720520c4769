import Fixtures
import Foundation
import Testing

/// The loop asks for memory while it warms up and not again, however many bars there are: with moving averages, and with
/// features, ridge and gate.
@Suite struct AllocationTests {
  /// A few while the largest day is met. The optimiser keeps closures and short-lived arrays off the heap; without
  /// it they lie there.
  private static func most(bars: Int) -> Int {
    #if DEBUG
      100 * bars
    #else
      32
    #endif
  }

  @Test func noBarAllocates() throws {
    for words in [
      "backtest --days 40", "backtest --days 80", "backtest --days 20 --instruments 8",
      "backtest --model --days 60", "backtest --model --days 120",
    ] {
      let process = Spawned(
        "\(Spawned.programs)/bench", words.split(separator: " ").map(String.init),
        environment: ["AUSPEX_HOME=\(Workplace.home)"])
      #expect(process.wait() == 0, "\(process.talkText)")
      let figures = try #require(
        JSONSerialization.jsonObject(with: Data(process.outputText.utf8)) as? [String: Any])
      let bars = try #require(figures["bars"] as? Int)
      let records = try #require(figures["records"] as? Int)
      #expect(bars > 10_000 && records > bars, "\(words): a run that trades")
      // A sanitizer has an allocator of its own, which is not counted.
      guard let allocations = figures["allocations"] as? Int else { continue }
      #expect(allocations < Self.most(bars: bars), "\(words): \(allocations) in \(bars) bars")
    }
  }
}
