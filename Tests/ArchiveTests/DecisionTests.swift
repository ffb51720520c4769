import Bytes
import Market
import Testing

@testable import Archive

@Suite struct DecisionTests {
  let scratch = Scratch()
  let bars = Sample.bars(days: 7)
  let tuesday = Sample.monday.next
  let noon = Instant(seconds: 1_700_000_000)

  @Test func theLatestWordCountsWhileTheBarsAreTheSame() throws {
    let store = try BarStore(path: scratch.store)
    _ = try store.write(bars, to: Sample.series)
    #expect(try store.decisions(on: Sample.key).isEmpty)
    let before = try store.load(Sample.key).fingerprint
    try store.decide(.exclude, on: tuesday, of: Sample.key, because: "odd", at: noon)
    try store.decide(.accept, on: tuesday, of: Sample.key, because: "it was so", at: noon)
    let decided = try store.decisions(on: Sample.key)
    #expect(decided.map(\.verdict) == [.accept] && decided[0].holds)
    #expect(decided[0].reason == "it was so" && decided[0].decidedAt == noon)
    #expect(try store.load(Sample.key).fingerprint == before)
    var other = bars
    let row = try #require(bars.tradingDays.firstIndex(of: tuesday.days))
    other.volume[row] += 1
    _ = try store.write(other, to: Sample.series)
    #expect(try store.decisions(on: Sample.key).map(\.holds) == [false])
  }

  @Test func daysLeftOutChangeTheFingerprint() throws {
    let store = try BarStore(path: scratch.store)
    _ = try store.write(bars, to: Sample.series)
    let whole = try store.load(Sample.key)
    let part = whole.without([tuesday])
    #expect(part.columns.count == bars.count - 345)
    #expect(!part.columns.tradingDays.contains(tuesday.days))
    #expect(part.fingerprint != whole.fingerprint)
    #expect(whole.without([]) == whole)
    #expect(whole.without([Sample.monday.previous]) == whole)
  }

  @Test func anUnknownSeriesCannotBeDecided() throws {
    let store = try BarStore(path: scratch.store)
    #expect(throws: ArchiveError.self) {
      try store.decide(.accept, on: tuesday, of: Sample.key, because: "", at: noon)
    }
  }
}
