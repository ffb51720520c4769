import Engine
import Fixtures
import Journal
import Market
import Synchronization
import Testing
import Trading

@Suite struct JournalWriterTests {
  @Test func aJournalGivesBackTheRecordsAsTheyWereTold() throws {
    for seed in UInt64(0)..<5 {
      let scratch = Scratch()
      let run = try SampleRun(seed: seed)
      try run.write(scratch.file("j"), batches: seed)
      #expect(try readAll(scratch.file("j")) == run.records, "seed \(seed)")
      #expect(try JournalReader(scratch.file("j")).description == SampleRun.about)
    }
  }

  @Test func aCommitOverwritesZerosAndDoesNotGrowTheFile() throws {
    let scratch = Scratch()
    let run = try SampleRun(seed: 1)
    var loop = SampleRun.fresh(
      try JournalWriter(creating: scratch.file("j"), describing: SampleRun.about))
    let before = FileBytes.read(scratch.file("j")).count
    #expect(before >= JournalWriter.growthBytes)
    try SampleRun.feed(run.events[...], to: &loop, batches: 1)
    #expect(FileBytes.read(scratch.file("j")).count == before)
  }

  @Test func aLongJournalGrowsAheadAndReadsBack() throws {
    let scratch = Scratch()
    let grown = Mutex(0)
    let witness: @Sendable (CommitMoment) -> Void = { moment in
      if moment == .grown { grown.withLock { $0 += 1 } }
    }
    let events = try WalkMarket(days: 60, barsPerDay: 500, seed: 1).events()
    let writer = try JournalWriter(
      creating: scratch.file("j"), describing: [], witness: witness)
    var told: [Record] = []
    for start in stride(from: 0, to: events.count, by: 4_000) {
      let batch = Array(events[start..<min(start + 4_000, events.count)])
      try writer.admit(batch)
      for event in batch {
        writer.append(.taken(event))
        writer.append(.caused(event))
        told += [.taken(event), .caused(event)]
      }
    }
    writer.secure()
    try writer.throwIfBroken()
    #expect(grown.withLock { $0 } > 0)
    #expect(try readAll(scratch.file("j")) == told)
  }

  @Test func twoWritersCannotShareAFile() throws {
    let scratch = Scratch()
    let path = scratch.file("j")
    let writer = try JournalWriter(creating: path, describing: [])
    #expect(throws: JournalError.inUse(path: path)) {
      try JournalWriter(creating: path, describing: [])
    }
    #expect(throws: JournalError.inUse(path: path)) {
      try RecordedRun(path).resume(through: SampleRun.fresh(RecordCount()))
    }
    #expect(try readAll(path).isEmpty)
    try writer.throwIfBroken()
  }

  @Test func aJournalIsNeverWrittenOver() throws {
    let scratch = Scratch()
    let path = scratch.file("j")
    try SampleRun(seed: 1).write(path)
    let bytes = FileBytes.read(path)
    #expect(throws: JournalError.exists(path: path)) {
      try JournalWriter(creating: path, describing: [])
    }
    #expect(FileBytes.read(path) == bytes)
    let other = scratch.file("notes")
    FileBytes.write(Array("not a journal at all".utf8), to: other)
    #expect(throws: JournalError.exists(path: other)) {
      try JournalWriter(creating: other, describing: [])
    }
  }

  @Test func aBeginningThatWasCutShortBeginsAgain() throws {
    let scratch = Scratch()
    let path = scratch.file("j")
    let run = try SampleRun(seed: 1)
    try run.write(path)
    var bytes = FileBytes.read(path)
    bytes.replaceSubrange(0..<8, with: repeatElement(0, count: 8))
    for count in [0, 1, 7, 8, 20, bytes.count] {
      FileBytes.write(bytes[..<count], to: path)
      #expect(throws: JournalError.unbegun(path: path)) { try readAll(path) }
      try run.write(path)
      #expect(try readAll(path) == run.records)
    }
  }

  @Test func whatIsTooLongIsRefusedBeforeItIsWritten() throws {
    let scratch = Scratch()
    let long = [UInt8](repeating: 1, count: (1 << 20) + 1)
    #expect(throws: JournalError.descriptionTooLong(count: long.count, limit: 1 << 20)) {
      try JournalWriter(creating: scratch.file("j"), describing: long)
    }
    let writer = try JournalWriter(creating: scratch.file("k"), describing: Array(long.dropLast()))
    let event = Event(at: Instant(seconds: 0), .instantClosed)
    let batch = Array(repeating: event, count: JournalWriter.batchLimit + 1)
    #expect(
      throws: JournalError.batchTooLarge(count: batch.count, limit: JournalWriter.batchLimit)
    ) { try writer.admit(batch) }
    try writer.admit(Array(batch.dropLast()))
    #expect(try JournalReader(scratch.file("k")).description.count == 1 << 20)
  }

  @Test func theSystemsRefusalsAreTyped() {
    #expect(throws: JournalError.missing(path: "/nowhere/j")) { try readAll("/nowhere/j") }
    #expect(throws: JournalError.io(path: "/nowhere/j", .open, code: 2)) {
      try JournalWriter(creating: "/nowhere/j", describing: [])
    }
    #expect(throws: JournalError.self) { try JournalWriter(creating: "/dev/full", describing: []) }
    #expect(throws: JournalError.io(path: "/tmp", .read, code: 21)) { try readAll("/tmp") }
  }

  /// After the first error nothing is tried again, though the disk might take it now.
  @Test func anErrorStaysAndNothingIsTriedAgain() throws {
    let run = try SampleRun(seed: 1)
    for (device, isFull) in [("/dev/full", true), ("/dev/zero", false)] {
      let scratch = Scratch()
      let path = scratch.file("j")
      var loop = SampleRun.fresh(try JournalWriter(creating: path, describing: []))
      try SampleRun.feed(run.events[..<40], to: &loop, batches: 1)
      loop.recorder.secure()
      let before = FileBytes.read(path)
      let descriptors = Sabotage.redirect(path, to: device)
      #expect(descriptors.count == 1)
      var fault: JournalError?
      do throws(JournalError) { try loop.recorder.admit([run.events[40]]) } catch { fault = error }
      let first = try #require(fault)
      switch first {
      case .full(path, _): #expect(isFull)
      // A device that cannot be synced.
      case .io(path, .sync, _): #expect(!isFull)
      default: Issue.record("\(device): \(first)")
      }
      Sabotage.redirect(descriptors, to: path)
      #expect(throws: first) { try loop.recorder.admit([run.events[40]]) }
      loop.recorder.append(.caused(run.events[0]))
      loop.recorder.secure()
      #expect(throws: first) { try loop.recorder.throwIfBroken() }
      #expect(FileBytes.read(path) == before)
    }
  }
}
