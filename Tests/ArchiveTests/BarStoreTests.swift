import Bytes
import Glibc
import Market
import Numerics
import Testing

@testable import Archive

@Suite struct BarStoreTests {
  let scratch = Scratch()

  @Test func whatIsWrittenIsLoaded() throws {
    let bars = Sample.bars(days: 40)
    let written = try BarStore(path: scratch.store).write(bars, to: Sample.series)
    #expect(written.added == bars.count)
    let loaded = try BarStore(reading: scratch.store).load(Sample.key)
    #expect(loaded.columns == bars)
    #expect(loaded.series == Sample.series)
  }

  @Test func writingAgainChangesNothing() throws {
    let bars = Sample.bars(days: 40)
    let store = try BarStore(path: scratch.store)
    _ = try store.write(bars, to: Sample.series)
    let before = try store.load(Sample.key).fingerprint
    let again = try store.write(bars, to: Sample.series)
    #expect(again.same == bars.count)
    #expect(again.added == 0 && again.changed == 0)
    #expect(try store.load(Sample.key).fingerprint == before)
  }

  /// The fingerprint names the bars, not the way they came in.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func anyOrderOfPiecesGivesTheSameFingerprint(_ seed: UInt64) throws {
    let bars = Sample.bars(days: 45)
    let whole = try BarStore(path: scratch.store)
    _ = try whole.write(bars, to: Sample.series)
    let parts = try BarStore(path: scratch.folder + "/parts.db")
    var generator = Xoshiro256(seed: seed)
    var cuts = [0, bars.count]
    for _ in 0..<6 { cuts.append(generator.int(below: bars.count)) }
    cuts.sort()
    var pieces = zip(cuts, cuts.dropFirst()).map { $0..<$1 }
    for index in pieces.indices.reversed() {
      pieces.swapAt(index, generator.int(below: index + 1))
    }
    for piece in pieces { _ = try parts.write(bars.rows(piece), to: Sample.series) }
    let one = try whole.load(Sample.key)
    let other = try parts.load(Sample.key)
    #expect(one == other, "seed \(seed)")
  }

  @Test func aChangedBarReplacesTheOldOne() throws {
    let bars = Sample.bars(days: 20)
    let store = try BarStore(path: scratch.store)
    _ = try store.write(bars, to: Sample.series)
    let before = try store.load(Sample.key).fingerprint
    var one = bars.rows(700..<701)
    one.volume[0] += 1
    let written = try store.write(one, to: Sample.series)
    #expect(written.changed == 1 && written.added == 0 && written.same == 0)
    let loaded = try store.load(Sample.key)
    #expect(loaded.columns.volume[700] == bars.volume[700] + 1)
    #expect(loaded.columns.count == bars.count)
    #expect(loaded.fingerprint != before)
  }

  @Test func aFinerGridHoldsTheOldPrices() throws {
    let bars = Sample.bars(days: 30)
    let store = try BarStore(path: scratch.store)
    _ = try store.write(bars.rows(0..<3_000), to: Sample.series)
    var fine = bars.rows(3_000..<3_001)
    fine.high[0] = fine.high[0] * 10 + 5
    for path in [\BarColumns.open, \.low, \.close] { fine[keyPath: path][0] *= 10 }
    let finer = Series(
      key: Sample.key, grid: Grid(decimals: 1), calendar: "shfe", source: "test")
    _ = try store.write(fine, to: finer)
    _ = try store.write(bars.rows(3_001..<bars.count), to: Sample.series)
    let loaded = try store.load(Sample.key)
    #expect(loaded.series.grid == Grid(decimals: 1))
    #expect(loaded.columns.close == bars.close.map { $0 * 10 })
    #expect(loaded.columns.high[3_000] == fine.high[0])
    let again = try store.write(bars.rows(0..<3_000), to: Sample.series)
    #expect(again.same == 3_000)
  }

  @Test func aSeriesKeepsItsCalendar() throws {
    let store = try BarStore(path: scratch.store)
    _ = try store.write(Sample.bars(days: 2), to: Sample.series)
    let other = Series(
      key: Sample.key, grid: Grid(decimals: 0), calendar: "always-open", source: "test")
    #expect(
      throws: ArchiveError.otherCalendar(series: Sample.key, held: "shfe", given: "always-open")
    ) { try store.write(Sample.bars(days: 2), to: other) }
  }

  @Test func disorderIsRefused() throws {
    let store = try BarStore(path: scratch.store)
    var bars = Sample.bars(days: 2)
    bars.closedAtNanos.swapAt(100, 101)
    #expect(throws: ArchiveError.self) { try store.write(bars, to: Sample.series) }
    #expect(try store.list().isEmpty)
  }

  @Test func anotherFileIsNoArchive() throws {
    let text = scratch.file("bars.db", String(repeating: "not a database. ", count: 200))
    #expect(throws: ArchiveError.notAnArchive(path: text)) { _ = try BarStore(path: text) }
    let missing = scratch.folder + "/missing.db"
    #expect(throws: ArchiveError.self) { _ = try BarStore(reading: missing) }
  }

  @Test func anotherDatabaseIsNoArchive() throws {
    scratch.tamper("CREATE TABLE dbbardata(id INTEGER)")
    #expect(throws: ArchiveError.notAnArchive(path: scratch.store)) {
      _ = try BarStore(path: scratch.store)
    }
  }

  @Test func aNewerFormatIsNotTouched() throws {
    _ = try BarStore(path: scratch.store).list()
    scratch.tamper("PRAGMA user_version = 99")
    #expect(throws: ArchiveError.newerFormat(path: scratch.store, found: 99, known: 2)) {
      _ = try BarStore(path: scratch.store)
    }
  }

  /// The process dies between two writes of one transaction; the old state stands.
  @Test func aKilledWriterLeavesTheOldState() async throws {
    let bars = Sample.bars(days: 40)
    let path = scratch.store
    _ = try BarStore(path: path).write(bars.rows(0..<2_000), to: Sample.series)
    let before = try BarStore(reading: path).load(Sample.key).fingerprint
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let store = try BarStore(path: path)
      try store.database.transaction { () throws(ArchiveError) in
        var writer = try SeriesWriter(Sample.series, in: store.database)
        let rest = Sample.bars(days: 40)
        _ = try writer.write(rest, on: Sample.series.grid, in: store.database)
        kill(getpid(), SIGKILL)
      }
    }
    let store = try BarStore(path: path)
    #expect(try store.load(Sample.key).fingerprint == before)
    #expect(try store.write(bars, to: Sample.series).same == 2_000)
  }

  @Test func aReaderSeesOneStateWhileAWriterWorks() throws {
    let bars = Sample.bars(days: 40)
    let writer = try BarStore(path: scratch.store)
    _ = try writer.write(bars.rows(0..<2_000), to: Sample.series)
    let reader = try BarStore(reading: scratch.store)
    try writer.database.transaction { () throws(ArchiveError) in
      var series = try SeriesWriter(Sample.series, in: writer.database)
      _ = try series.write(bars, on: Sample.series.grid, in: writer.database)
      #expect(try reader.load(Sample.key).columns.count == 2_000)
    }
    #expect(try reader.load(Sample.key).columns.count == bars.count)
  }
}
