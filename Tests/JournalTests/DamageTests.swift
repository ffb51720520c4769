import Engine
import Fixtures
import Journal
import Testing
import Trading

/// What happens to a journal whose bytes are not what was written.
@Suite struct DamageTests {
  /// The bytes of a run's journal up to where only zeros are left, and the records up to each frame's end.
  private struct Image {
    let run: SampleRun
    let bytes: [UInt8]
    let ends: [Int]
    let told: [Int]

    init(seed: UInt64, events: Int? = nil, in scratch: borrowing Scratch) throws {
      run = try SampleRun(seed: seed)
      try run.write(scratch.file("whole"), events: events, batches: seed)
      let all = FileBytes.read(scratch.file("whole"))
      ends = frameEnds(all)
      bytes = Array(all[..<(ends[ends.count - 1] + 64)])
      var told: [Int] = []
      for end in ends {
        FileBytes.write(bytes[..<end], to: scratch.file("cut"))
        told.append(try readAll(scratch.file("cut")).count)
      }
      self.told = told
    }

    /// How many records the whole frames before `offset` tell.
    func told(before offset: Int) -> Int {
      ends.lastIndex { $0 <= offset }.map { told[$0] } ?? 0
    }
  }

  @Test func cutAtAnyByteOfTheLastFramesItEndsAtAWholeFrame() throws {
    let scratch = Scratch()
    let image = try Image(seed: 1, events: 60, in: scratch)
    let path = scratch.file("j")
    for cut in image.ends[image.ends.count - 4]...image.bytes.count {
      for tail in [0, 64] {
        FileBytes.write(image.bytes[..<cut] + Array(repeating: 0, count: tail), to: path)
        // Zeros that are cut off and zeros that follow are the same.
        let zeros = image.bytes[cut...].prefix { $0 == 0 }.count
        let expected = Array(image.run.records.prefix(image.told(before: cut + min(zeros, tail))))
        #expect(try readAll(path) == expected, "cut at \(cut), \(tail) zeros")
      }
    }
  }

  @Test func cutAnywhereItResumesAndEndsAsIfUndisturbed() throws {
    let scratch = Scratch()
    let image = try Image(seed: 2, in: scratch)
    let path = scratch.file("j")
    let last = image.ends[image.ends.count - 4]...image.bytes.count
    for cut in image.ends + stride(from: last.lowerBound, to: last.upperBound, by: 23) {
      FileBytes.write(image.bytes[..<cut], to: path)
      let loop = try image.run.goOn(path)
      #expect(loop.desk.portfolio == image.run.portfolio, "cut at \(cut)")
      #expect(try readAll(path) == image.run.records, "cut at \(cut)")
    }
  }

  @Test func noFlippedByteGivesAWrongRecord() throws {
    let scratch = Scratch()
    let image = try Image(seed: 3, events: 30, in: scratch)
    let path = scratch.file("j")
    let lastFrame = image.ends[image.ends.count - 2]
    for index in image.bytes.indices {
      var bytes = image.bytes
      bytes[index] ^= 1 << UInt8(index % 8)
      FileBytes.write(bytes, to: path)
      do throws(JournalError) {
        let records = try readAll(path)
        // Only the last frame cannot be told from a write that never ended.
        #expect(index >= lastFrame, "byte \(index)")
        #expect(records == Array(image.run.records.prefix(image.told(before: index))))
      } catch {
        #expect(index < lastFrame, "byte \(index): \(error)")
      }
    }
  }

  @Test func damageIsNamedByItsOffset() throws {
    let scratch = Scratch()
    let image = try Image(seed: 4, in: scratch)
    let path = scratch.file("j")
    for (frame, start) in image.ends.dropLast(2).enumerated() {
      var bytes = image.bytes
      // A lost sector, as a disk that lies about its writes leaves it.
      for index in start..<image.ends[frame + 1] { bytes[index] = 0 }
      FileBytes.write(bytes, to: path)
      #expect(throws: JournalError.damaged(path: path, offset: start)) { try readAll(path) }
      #expect(throws: JournalError.damaged(path: path, offset: start)) {
        try RecordedRun(path).resume(through: SampleRun.fresh(RecordCount()))
      }
      #expect(FileBytes.read(path) == bytes, "a refused journal is left as it is")
    }
  }

  @Test func framesLeftOutOrExchangedAreFound() throws {
    let scratch = Scratch()
    let image = try Image(seed: 5, in: scratch)
    let path = scratch.file("j")
    let ends = image.ends
    let first = image.bytes[ends[0]..<ends[1]]
    let second = image.bytes[ends[1]..<ends[2]]
    for middle in [second, second + first] {
      FileBytes.write(image.bytes[..<ends[0]] + middle + image.bytes[ends[2]...], to: path)
      #expect(throws: JournalError.damaged(path: path, offset: ends[0])) { try readAll(path) }
    }
  }

  /// A loss of power keeps any of the sectors of the commit under way and none of what came after it.
  @Test func powerLossKeepsAPrefixAndTheRunGoesOn() throws {
    let scratch = Scratch()
    let image = try Image(seed: 6, in: scratch)
    let path = scratch.file("j")
    for seed in UInt64(0)..<60 {
      var dice = Dice(seed: seed)
      let frame = Int(dice.roll(0...Int64(image.ends.count - 2)))
      let (start, end) = (image.ends[frame], image.ends[frame + 1])
      var bytes = Array(image.bytes[..<end]) + [UInt8](repeating: 0, count: 4_096)
      let sector = Int(dice.roll(1...64))
      for index in start..<end where (index / sector) % 3 == Int(dice.roll(0...2)) {
        bytes[index] = UInt8(dice.roll(0...1)) &* UInt8.random(in: 0...255, using: &dice)
      }
      FileBytes.write(bytes, to: path)
      let records = try readAll(path)
      #expect(records == Array(image.run.records.prefix(records.count)), "seed \(seed)")
      #expect(records.count >= image.told[frame], "seed \(seed)")
      let loop = try image.run.goOn(path, batches: seed)
      #expect(loop.desk.portfolio == image.run.portfolio, "seed \(seed)")
      #expect(try readAll(path) == image.run.records, "seed \(seed)")
    }
  }

  @Test func foreignFilesAndOtherVersionsAreRefused() throws {
    let scratch = Scratch()
    let path = scratch.file("j")
    FileBytes.write(Array("time,open,high,low,close\n".utf8), to: path)
    #expect(throws: JournalError.notAJournal(path: path)) { try readAll(path) }
    try SampleRun(seed: 1).write(scratch.file("whole"))
    var bytes = FileBytes.read(scratch.file("whole"))
    bytes[8] = 9
    FileBytes.write(bytes, to: path)
    #expect(throws: JournalError.unsupported(path: path, format: 9, codec: RecordCodec.version)) {
      try readAll(path)
    }
  }

  @Test func noiseBehindAHeaderIsNeverARecord() throws {
    let scratch = Scratch()
    let image = try Image(seed: 7, in: scratch)
    let path = scratch.file("j")
    for seed in UInt64(0)..<200 {
      var dice = Dice(seed: seed)
      let noise = (0..<2_000).map { _ in UInt8(truncatingIfNeeded: dice.next() >> 17) }
      FileBytes.write(image.bytes[..<image.ends[0]] + noise, to: path)
      #expect(try readAll(path).isEmpty, "seed \(seed)")
    }
  }
}
