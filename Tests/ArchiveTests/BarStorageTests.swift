import Bytes
import Market
import Numerics
import Testing

@testable import Archive

/// What every storage of bars promises, held against plain arrays.
func checkStorage(_ storage: borrowing some BarStorage & ~Copyable, seed: UInt64) throws {
  let bars = Sample.bars(days: 40)
  #expect(try storage.list().isEmpty)
  #expect(throws: ArchiveError.self) { try storage.load(Sample.key, from: nil, until: nil) }
  var generator = Xoshiro256(seed: seed)
  var held: [Int64: Int64] = [:]
  for _ in 0..<8 {
    let first = generator.int(below: bars.count)
    var part = bars.rows(first..<generator.int(in: first + 1...bars.count))
    var expected = WriteCount()
    for row in 0..<part.count {
      part.volume[row] += generator.int(below: 50) == 0 ? 1 : 0
      switch held.updateValue(part.volume[row], forKey: part.closedAtNanos[row]) {
      case nil: expected.added += 1
      case part.volume[row]: expected.same += 1
      default: expected.changed += 1
      }
    }
    #expect(try storage.write(part, to: Sample.series) == expected, "seed \(seed)")
  }
  let closes = held.keys.sorted()
  let loaded = try storage.load(Sample.key, from: nil, until: nil)
  #expect(loaded.columns.closedAtNanos == closes, "seed \(seed)")
  #expect(loaded.columns.volume == closes.map { held[$0] }, "seed \(seed)")
  #expect(loaded.series == Sample.series)
  let (from, until) = (closes[closes.count / 3], closes[closes.count / 2])
  let part = try storage.load(
    Sample.key, from: Instant(nanoseconds: from), until: Instant(nanoseconds: until))
  #expect(part.columns.closedAtNanos == closes.filter { from <= $0 && $0 < until })
  let day = TradingDay(days: loaded.columns.tradingDays[closes.count / 2])
  let ofDay = try storage.load(Sample.key, days: day...day)
  #expect(ofDay.columns.tradingDays.allSatisfy { $0 == day.days } && ofDay.columns.count > 0)
  try checkTerms(storage, loaded)
}

/// Terms, finer grids, and what both name alike: the fingerprint is that of an archive of these bars.
private func checkTerms(
  _ storage: borrowing some BarStorage & ~Copyable, _ loaded: LoadedBars
) throws {
  let scratch = Scratch()
  let archive = try BarStore(path: scratch.store)
  _ = try archive.write(loaded.columns, to: loaded.series)
  #expect(try archive.load(Sample.key).fingerprint == loaded.fingerprint)
  let fine = Series(
    key: Sample.key, grid: Grid(decimals: 2), calendar: "shfe", source: "test")
  var one = loaded.columns.rows(5..<6)
  one.scalePrices(by: 100)
  #expect(try storage.write(one, to: fine).same == 1)
  let finer = try storage.load(Sample.key, from: nil, until: nil)
  #expect(finer.series.grid == Grid(decimals: 2))
  #expect(finer.columns.close == loaded.columns.close.map { $0 * 100 })
  let other = Series(key: Sample.key, grid: Grid(decimals: 0), calendar: "other", source: "test")
  #expect(throws: ArchiveError.self) { try storage.write(loaded.columns, to: other) }
  var disorder = loaded.columns
  disorder.closedAtNanos.swapAt(0, 1)
  #expect(throws: ArchiveError.self) { try storage.write(disorder, to: Sample.series) }
  #expect(try storage.list().map(\.bars) == [loaded.columns.count])
  try storage.verify(Sample.key)
}

@Suite struct BarStorageTests {
  @Test(arguments: 0..<4 as Range<UInt64>)
  func theArchiveKeepsBars(_ seed: UInt64) throws {
    let scratch = Scratch()
    try checkStorage(BarStore(path: scratch.store), seed: seed)
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func aFolderKeepsBars(_ seed: UInt64) throws {
    let scratch = Scratch()
    try checkStorage(ColumnFolder(scratch.folder), seed: seed)
  }

  @Test func aFileGoesIntoAnArchiveAndBack() throws {
    let scratch = Scratch()
    let store = try BarStore(path: scratch.store)
    _ = try store.write(Sample.bars(days: 30), to: Sample.series)
    let path = try store.load(Sample.key).writeColumns(in: scratch.folder)
    let other = try BarStore(path: scratch.folder + "/other.db")
    #expect(try other.importColumns(path).written.added == Sample.bars(days: 30).count)
    #expect(try other.load(Sample.key) == store.load(Sample.key))
    #expect(try other.importColumns(path).written.added == 0)
  }

  /// Every byte of a file is guarded, and no damage can do worse than be found.
  @Test func aFlippedByteIsFound() throws {
    let scratch = Scratch()
    let folder = ColumnFolder(scratch.folder)
    _ = try folder.write(Sample.bars(days: 2), to: Sample.series)
    let path = folder.file(of: Sample.key)
    let bytes = scratch.read(path)
    for place in Array(0..<160) + Array(stride(from: 160, to: bytes.count, by: 97)) {
      var damaged = bytes
      damaged[place] ^= 0x41
      _ = scratch.file("rb2105.SHFE.1m.columns", damaged)
      #expect(throws: ArchiveError.self, "byte \(place)") { try folder.verify(Sample.key) }
    }
    for count in stride(from: 0, to: bytes.count, by: 331) {
      _ = scratch.file("rb2105.SHFE.1m.columns", Array(bytes[..<count]))
      #expect(throws: ArchiveError.self, "\(count) bytes") {
        try folder.load(Sample.key, from: nil, until: nil)
      }
    }
  }

  /// The bytes are a format: a change of them needs another magic.
  @Test func theBytesNeverChange() throws {
    let scratch = Scratch()
    let folder = ColumnFolder(scratch.folder)
    _ = try folder.write(Sample.bars(days: 3), to: Sample.series)
    let bytes = scratch.read(folder.file(of: Sample.key))
    #expect(bytes.starts(with: Array("AUXCOLS1".utf8)))
    #expect(Sha256.digest(Array(bytes.dropLast(32))).bytes == Array(bytes.suffix(32)))
    let store = try BarStore(path: scratch.store)
    _ = try store.write(Sample.bars(days: 3), to: Sample.series)
    #expect(
      try folder.load(Sample.key).fingerprint == store.load(Sample.key).fingerprint)
  }
}
