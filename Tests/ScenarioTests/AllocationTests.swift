import Fixtures
import Foundation
import Testing

/// The loop asks for memory while it warms up and not again, however many bars there are.
@Suite struct AllocationTests {
  @Test func noBarAllocates() throws {
    for words in [["--days", "40"], ["--days", "80"], ["--days", "20", "--instruments", "8"]] {
      let process = Spawned("\(Spawned.programs)/bench", ["backtest"] + words)
      #expect(process.wait() == 0, "\(process.talkText)")
      let figures = try #require(
        JSONSerialization.jsonObject(with: Data(process.outputText.utf8)) as? [String: Any])
      let bars = try #require(figures["bars"] as? Int)
      let records = try #require(figures["records"] as? Int)
      #expect(bars > 15_000 && records > bars, "\(words): a run that trades")
      // A sanitizer has an allocator of its own, which is not counted.
      guard let allocations = figures["allocations"] as? Int else { continue }
      #expect(allocations < 32, "\(words): \(allocations) in \(bars) bars")
    }
  }
}
