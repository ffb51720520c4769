import Bytes
import Market
import Numerics
import Testing

@testable import Archive

@Suite struct RevisionTests {
  let scratch = Scratch()
  let bars = Sample.bars(days: 40)

  private func vintage(_ seconds: Int64, knownAt: Moment? = nil) -> Vintage {
    Vintage(importedAt: Instant(seconds: seconds), knownAt: knownAt)
  }

  /// An archive that remembers must tell at any later time what it told then: a long row of random
  /// imports, each load of the past held against a plain array kept beside.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func thePastIsToldAsItWas(_ seed: UInt64) throws {
    let store = try BarStore(path: scratch.store)
    var generator = Xoshiro256(seed: seed)
    // Imports happen after the last close, an hour apart.
    let start = Int64(1_700_000_000)
    var snapshots: [(Instant, LoadedBars)] = []
    var model: [Int64: [(known: Int64, volume: Int64)]] = [:]
    for turn in 0..<8 {
      let now = Instant(seconds: start + Int64(turn) * 3_600)
      let first = generator.int(below: bars.count - 1)
      let part = bars.rows(first..<min(bars.count, first + 1 + generator.int(below: 6_000)))
      var given = part
      for row in 0..<given.count where generator.int(below: 40) == 0 {
        given.volume[row] += Int64(1 + generator.int(below: 3))
      }
      let isLate = generator.int(below: 3) == 0
      _ = try store.write(
        given, to: Sample.series,
        Vintage(importedAt: now, knownAt: isLate ? .world(now) : nil))
      for row in 0..<given.count {
        let close = given.closedAtNanos[row]
        let held = model[close]
        let known = held != nil || isLate ? now.nanoseconds : close
        if held?.last?.volume != given.volume[row] {
          model[close, default: []].append((known, given.volume[row]))
        }
      }
      snapshots.append((now, try store.load(Sample.key)))
    }
    for (index, (then, _)) in snapshots.enumerated() {
      let loaded = try store.load(Sample.key, asOf: then)
      var expected: [(Int64, Int64)] = []
      for close in model.keys.sorted() {
        let known = model[close]?.last { $0.known <= then.nanoseconds }
        if let known { expected.append((close, known.volume)) }
      }
      #expect(loaded.columns.closedAtNanos == expected.map(\.0), "seed \(seed), turn \(index)")
      #expect(loaded.columns.volume == expected.map(\.1), "seed \(seed), turn \(index)")
    }
    #expect(try store.load(Sample.key, asOf: snapshots.last?.0) == snapshots.last?.1)
  }

  /// Imports that are all restatements: what was loaded then has the fingerprint of a load as of then.
  @Test func theFingerprintOfThenIsThatOfALoadAsOfThen() throws {
    let store = try BarStore(path: scratch.store)
    var told: [(Instant, Digest)] = []
    for turn in 0..<4 as Range<Int64> {
      var given = bars
      for row in stride(from: Int(turn), to: bars.count, by: 97) { given.volume[row] += turn }
      let now = Instant(seconds: 1_700_000_000 + turn * 60)
      _ = try store.write(given, to: Sample.series, Vintage(importedAt: now))
      told.append((now, try store.load(Sample.key).fingerprint))
    }
    #expect(Set(told.map(\.1)).count == 4)
    for (then, fingerprint) in told {
      #expect(try store.load(Sample.key, asOf: then).fingerprint == fingerprint)
    }
    // Before the first restatement the first version counts, from each close on.
    let early = Instant(nanoseconds: bars.closedAtNanos[2_000])
    let loaded = try store.load(Sample.key, asOf: early)
    #expect(loaded.columns == bars.rows(0..<2_001))
  }

  @Test func importTimeIsNoPartOfTheFingerprint() throws {
    let one = try BarStore(path: scratch.store)
    let other = try BarStore(path: scratch.folder + "/other.db")
    _ = try one.write(bars, to: Sample.series, vintage(1_700_000_000))
    _ = try other.write(bars, to: Sample.series, vintage(1_800_000_000))
    #expect(try one.load(Sample.key) == other.load(Sample.key))
    #expect(try one.revisions().isEmpty)
  }

  @Test func eachRevisionIsListed() throws {
    let store = try BarStore(path: scratch.store)
    _ = try store.write(bars, to: Sample.series, vintage(1_700_000_000))
    var given = bars.rows(10..<5_000)
    for row in [3, 700, 4_000] { given.close[row] = given.low[row] }
    let changed = (3...4_000).filter { bars.close[10 + $0] != given.close[$0] }.count
    let restated = Series(
      key: Sample.key, grid: Grid(decimals: 0), calendar: "shfe", source: "vendor")
    let count = try store.write(given, to: restated, vintage(1_700_000_100))
    #expect(count.changed == changed)
    let revision = try #require(try store.revisions().first)
    #expect(revision.series == Sample.key && revision.source == "vendor")
    #expect(revision.importedAt == Instant(seconds: 1_700_000_100))
    #expect(revision.knownAt == revision.importedAt && revision.changedRows == changed)
    #expect(try store.write(given, to: restated, vintage(1_700_000_200)).changed == 0)
    #expect(try store.revisions().count == 1)
  }

  /// What a vendor published late counts from then and not from its close.
  @Test func anImportMaySayWhenItsBarsBecameKnown() throws {
    let store = try BarStore(path: scratch.store)
    let evening = Moment.endOf(TradingDay(days: Sample.monday.days + 20))
    _ = try store.write(bars, to: Sample.series, vintage(1_700_000_000, knownAt: evening))
    let known = evening.instant(on: .shanghai)
    let before = try store.load(Sample.key, asOf: known.advanced(byNanos: -1))
    #expect(before.columns.count == 0)
    let then = try store.load(Sample.key, asOf: known)
    #expect(
      then.columns == bars.rows(0..<bars.closedAtNanos.partitioned { $0 <= known.nanoseconds }))
    // Bars that close later are known at their close.
    let later = Instant(nanoseconds: bars.closedAtNanos[bars.count - 2])
    #expect(try store.load(Sample.key, asOf: later).columns.count == bars.count - 1)
  }

  @Test func aValueIsNotKnownBeforeTheOneItReplaces() throws {
    let store = try BarStore(path: scratch.store)
    _ = try store.write(bars, to: Sample.series, vintage(1_600_000_000))
    var given = bars
    given.volume[5] += 1
    _ = try store.write(given, to: Sample.series, vintage(1_700_000_000))
    given.volume[5] += 1
    #expect(throws: ArchiveError.self) {
      try store.write(
        given, to: Sample.series,
        vintage(1_700_000_500, knownAt: .world(Instant(seconds: 1_650_000_000))))
    }
    // A clock that was set back does not turn the order around.
    _ = try store.write(given, to: Sample.series, vintage(1_690_000_000))
    #expect(
      try store.revisions().map(\.knownAt.nanoseconds)
        == [1_700_000_000, 1_700_000_000].map { $0 * 1_000_000_000 })
    #expect(try store.load(Sample.key).columns == given)
  }

  @Test func aFinerGridKeepsThePast() throws {
    let store = try BarStore(path: scratch.store)
    _ = try store.write(bars, to: Sample.series, vintage(1_700_000_000))
    var restated = bars
    restated.high[50] += 1
    _ = try store.write(restated, to: Sample.series, vintage(1_700_000_100))
    var fine = bars.rows(70..<71)
    fine.scalePrices(by: 10)
    fine.high[0] += 5
    let finer = Series(
      key: Sample.key, grid: Grid(decimals: 1), calendar: "shfe", source: "test")
    _ = try store.write(fine, to: finer, vintage(1_700_000_200))
    var first = bars
    first.scalePrices(by: 10)
    #expect(
      try store.load(Sample.key, asOf: Instant(seconds: 1_700_000_050)).columns == first)
    first.high[50] += 10
    #expect(
      try store.load(Sample.key, asOf: Instant(seconds: 1_700_000_150)).columns == first)
  }

  @Test func damageToThePastIsFound() throws {
    let store = try BarStore(path: scratch.store)
    _ = try store.write(bars, to: Sample.series, vintage(1_700_000_000))
    var given = bars
    given.volume[5] += 1
    _ = try store.write(given, to: Sample.series, vintage(1_700_000_100))
    scratch.tamper("UPDATE past SET replaced = CAST(x'00' || substr(replaced, 2) AS BLOB)")
    #expect(throws: ArchiveError.self) {
      try store.load(Sample.key, asOf: Instant(seconds: 1_700_000_050))
    }
    #expect(throws: ArchiveError.self) { try store.verify(Sample.key) }
    #expect(try store.load(Sample.key).columns == given)
  }
}
