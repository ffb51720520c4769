import Bytes
import Market
import Testing

@testable import Archive

/// Archives of every released format open, load alike and are brought up to date by their next writer.
@Suite struct FormatTests {
  let scratch = Scratch()
  let key = SeriesKey(Symbol(code: "rb8888", exchange: .shfe), .minute)

  /// Each file with the fingerprint of its one series: SHA-256 over its terms and the digests of its
  /// chunks, worked out from the file by a script that is not ours.
  static let released = [
    ("format-1", "f11a301f35717e04933b048cab572eb0e072db3028815a54e97d0dacc21943c8")
  ]

  private func copy(_ name: String) throws -> String {
    let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let bytes = scratch.read("/\(tests)/Samples/archives/\(name).sqlite")
    try #require(!bytes.isEmpty)
    return scratch.file("bars.db", bytes)
  }

  @Test(arguments: released)
  func anOldArchiveIsReadAsItIs(_ name: String, _ fingerprint: String) throws {
    let path = try copy(name)
    let before = scratch.read(path)
    do {
      let store = try BarStore(reading: path)
      let loaded = try store.load(key)
      #expect(loaded.fingerprint.hex == fingerprint && loaded.columns.count == 915)
      #expect(try store.fingerprint(of: key) == loaded.fingerprint)
      #expect(try store.load(key, asOf: Instant(nanoseconds: .max)) == loaded)
      #expect(try store.revisions().isEmpty && store.listFacts().isEmpty)
      #expect(try store.decisions(on: key).map(\.holds) == [true])
      try store.verify(key)
    }
    #expect(scratch.read(path) == before)
  }

  @Test(arguments: released)
  func aWriterBringsItUpToDate(_ name: String, _ fingerprint: String) throws {
    let path = try copy(name)
    let store = try BarStore(path: path)
    #expect(try store.database.integer("PRAGMA user_version") == Format.version)
    let loaded = try store.load(key)
    #expect(loaded.fingerprint.hex == fingerprint)
    var restated = loaded.columns.rows(3..<4)
    restated.volume[0] += 1
    let written = try store.write(
      restated, to: loaded.series, Vintage(importedAt: Instant(seconds: 1_700_000_000)))
    #expect(written.changed == 1)
    let then = Instant(seconds: 1_699_999_999)
    #expect(try store.load(key, asOf: then).fingerprint.hex == fingerprint)
    #expect(try store.decisions(on: key).map(\.holds) == [true])
  }

  @Test func aNewerOneIsRefusedWithAReason() throws {
    let path = try copy("format-1")
    scratch.tamper("PRAGMA user_version = 3")
    let error = #expect(throws: ArchiveError.self) { _ = try BarStore(reading: path) }
    #expect(
      "\(error, default: "")".hasSuffix(
        "written in format 3, but this version reads up to 2; update it"))
  }
}
