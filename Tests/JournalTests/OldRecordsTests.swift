import Bytes
import Engine
import Fixtures
import Journal
import Market
import Testing
import Trading

/// A journal of record version 2, written before instruments' days told their hours.
@Suite struct OldRecordsTests {
  static let path = "Tests/Samples/journals/records-2.journal"

  @Test func oldRecordsAreReadWhole() throws {
    let records = try readAll(Self.path)
    #expect(records.count == 194)
    let events = records.compactMap { record -> Event? in
      switch record {
      case .taken(let event), .caused(let event): event
      default: nil
      }
    }
    let terms = events.compactMap { if case .terms(let day) = $0.kind { day } else { nil } }
    #expect(terms.count == 3 && terms.allSatisfy { $0.sessions.isEmpty })
    #expect(terms.last?.board?.levies.isEmpty == false)
    let fills = events.count { if case .fill = $0.kind { true } else { false } }
    #expect(fills == 23)
    // What is behind the hours of today's records is told by the market that wrote the old ones.
    let taken = records.compactMap { record -> Event? in
      if case .taken(let event) = record { event } else { nil }
    }
    #expect(taken == (try WalkMarket(instruments: 1, days: 2, barsPerDay: 30, seed: 1).events()))
  }

  @Test func butNothingNewIsWrittenBehindThem() throws {
    let scratch = Scratch()
    let path = scratch.file("j")
    FileBytes.write(FileBytes.read(Self.path), to: path)
    #expect(throws: JournalError.unsupported(path: path, format: 1, codec: 2)) {
      try RecordedRun(path).resume(through: SampleRun.fresh(RecordCount()))
    }
  }
}
