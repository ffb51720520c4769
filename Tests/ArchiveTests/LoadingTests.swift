import Bytes
import Market
import Numerics
import Testing

@testable import Archive

@Suite struct LoadingTests {
  let scratch = Scratch()
  let bars = Sample.bars(days: 60)

  @Test func anUnknownSeriesIsNamed() throws {
    let store = try BarStore(path: scratch.store)
    #expect(throws: ArchiveError.unknownSeries(path: scratch.store, series: Sample.key)) {
      try store.load(Sample.key)
    }
  }

  /// A part of the archive is what an archive of that part holds.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func aPartHasTheFingerprintOfItsBars(_ seed: UInt64) throws {
    let store = try BarStore(path: scratch.store)
    _ = try store.write(bars, to: Sample.series)
    var generator = Xoshiro256(seed: seed)
    let first = generator.int(below: bars.count)
    let end = generator.int(in: first...bars.count)
    let until = end < bars.count ? Instant(nanoseconds: bars.closedAtNanos[end]) : nil
    let part = try store.load(
      Sample.key, from: Instant(nanoseconds: bars.closedAtNanos[first]), until: until)
    #expect(part.columns == bars.rows(first..<end), "seed \(seed)")
    let alone = try BarStore(path: scratch.folder + "/part.db")
    _ = try alone.write(bars.rows(first..<end), to: Sample.series)
    if first < end {
      #expect(try alone.load(Sample.key).fingerprint == part.fingerprint, "seed \(seed)")
    }
    let whole = try store.load(Sample.key)
    #expect((part.fingerprint == whole.fingerprint) == (part.columns.count == bars.count))
  }

  @Test func daysBringTheirNights() throws {
    let store = try BarStore(path: scratch.store)
    _ = try store.write(bars, to: Sample.series)
    let tuesday = Sample.monday.next
    let loaded = try store.load(Sample.key, days: tuesday...tuesday.next)
    #expect(loaded.columns.count == 2 * 345)
    #expect(loaded.columns.tradingDays.first == tuesday.days)
    #expect(loaded.columns.tradingDays.last == tuesday.next.days)
    let none = try store.load(Sample.key, days: Sample.monday.previous...Sample.monday.previous)
    #expect(none.columns.count == 0)
  }

  @Test func theListTellsWhatIsHeld() throws {
    let store = try BarStore(path: scratch.store)
    _ = try store.write(bars, to: Sample.series)
    let other = Series(
      key: SeriesKey(Symbol(code: "ag2106", exchange: .shfe), .minute), grid: Grid(decimals: 2),
      calendar: "shfe", source: "other")
    _ = try store.write(bars.rows(0..<10), to: other)
    let list = try store.list()
    #expect(list.map(\.series) == [other, Sample.series])
    #expect(list.map(\.bars) == [10, bars.count])
    #expect(list[1].firstDay == Sample.monday)
    #expect(list[1].lastDay.days == bars.tradingDays.last)
    #expect(list[1].lastClose.nanoseconds == bars.closedAtNanos.last)
  }

  /// Every byte of a chunk is guarded.
  @Test func aFlippedByteIsFound() throws {
    let small = bars.rows(0..<300)
    _ = try BarStore(path: scratch.store).write(small, to: Sample.series)
    let size = try BarStore(reading: scratch.store).database.integer(
      "SELECT length(columns) FROM chunk")
    for place in stride(from: 1, through: size, by: 401) {
      let cut = """
        substr(columns, 1, \(place - 1)) ||
        CASE WHEN substr(columns, \(place), 1) = x'5A' THEN x'A5' ELSE x'5A' END ||
        substr(columns, \(place + 1))
        """
      scratch.tamper("CREATE TABLE kept AS SELECT columns FROM chunk")
      scratch.tamper("UPDATE chunk SET columns = CAST(\(cut) AS BLOB)")
      let store = try BarStore(reading: scratch.store)
      #expect(throws: ArchiveError.self, "byte \(place)") { try store.load(Sample.key) }
      #expect(throws: ArchiveError.self, "byte \(place)") { try store.verify(Sample.key) }
      scratch.tamper("UPDATE chunk SET columns = (SELECT columns FROM kept); DROP TABLE kept")
      #expect(try store.load(Sample.key).columns == small)
      try store.verify(Sample.key)
    }
  }

  @Test func damageIsNamedWithItsSeriesAndDay() throws {
    _ = try BarStore(path: scratch.store).write(bars, to: Sample.series)
    scratch.tamper("UPDATE chunk SET sum = sum + 1 WHERE id = 2")
    let store = try BarStore(reading: scratch.store)
    let error = #expect(throws: ArchiveError.self) { try store.load(Sample.key) }
    #expect("\(error, default: "")".contains("bars of rb2105.SHFE 1m from 2021-01-"))
  }
}
