import Testing

@testable import Bytes

@Suite struct ByteReaderTests {
  private func sample() -> [UInt8] {
    var writer = ByteWriter()
    writer.uint8(7)
    writer.bool(true)
    writer.uint16(513)
    writer.uint32(70_000)
    writer.uint64(.max)
    writer.int32(-5)
    writer.int64(.min)
    writer.int(-1)
    writer.float(1.5)
    writer.double(-0.0)
    writer.string("螺纹钢 rb")
    writer.run([1, 2, 3])
    writer.floats([0.5, -1])
    writer.doubles([.pi, .infinity])
    writer.int64s([1, -1])
    writer.int32s([9])
    return writer.bytes
  }

  /// Reads the sample's layout from any bytes, as a codec would.
  private func readAll(_ bytes: [UInt8]) throws(BytesError) -> [String] {
    var reader = ByteReader(bytes)
    var seen: [String] = []
    seen.append("\(try reader.uint8()) \(try reader.bool()) \(try reader.uint16())")
    seen.append("\(try reader.uint32()) \(try reader.uint64()) \(try reader.int32())")
    seen.append("\(try reader.int64()) \(try reader.int()) \(try reader.float())")
    seen.append("\(try reader.double()) \(try reader.string()) \(try reader.run())")
    seen.append("\(try reader.floats()) \(try reader.doubles())")
    seen.append("\(try reader.int64s()) \(try reader.int32s())")
    try reader.finish()
    return seen
  }

  @Test func whatIsWrittenIsRead() throws {
    #expect(
      try readAll(sample()) == [
        "7 true 513", "70000 18446744073709551615 -5", "-9223372036854775808 -1 1.5",
        "-0.0 螺纹钢 rb [1, 2, 3]", "[0.5, -1.0] [3.141592653589793, inf]", "[1, -1] [9]",
      ])
  }

  @Test func theLayoutIsLittleEndianAndFixed() {
    var writer = ByteWriter()
    writer.uint32(0x0102_0304)
    writer.string("ab")
    writer.patch(uint32: 1, at: 0)
    #expect(writer.bytes == [1, 0, 0, 0, 2, 0, 0, 0, 97, 98])
    writer.reset()
    #expect(writer.bytes.isEmpty && writer.bytes.capacity >= 10)
  }

  @Test func everyPrefixIsRefusedWithItsPlace() {
    let whole = sample()
    for count in 0..<whole.count {
      #expect(throws: BytesError.self, "\(count) bytes") { try readAll(Array(whole.prefix(count))) }
    }
    #expect(throws: BytesError.leftOver(offset: whole.count, count: 1)) {
      try readAll(whole + [0])
    }
    #expect(throws: BytesError.truncated(offset: 2, expected: "lots", needed: 8, left: 1)) {
      var reader = ByteReader([0, 0, 0])
      _ = try reader.uint16()
      _ = try reader.int64("lots")
    }
  }

  @Test func hostileBytesNeverTrap() {
    var dice = Dice(seed: 1)
    let whole = sample()
    var refused = 0
    for _ in 0..<100_000 {
      var bytes = whole
      for _ in 0...dice.below(4) { bytes[dice.below(bytes.count)] = dice.byte() }
      if dice.below(4) == 0 { bytes.removeLast(dice.below(bytes.count)) }
      do { _ = try readAll(bytes) } catch { refused += 1 }
    }
    #expect(refused > 30_000)
  }

  @Test func hugeLengthsAreRefusedBeforeAllocating() {
    let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 1]
    #expect(
      throws: BytesError.tooLong(
        offset: 0, expected: "doubles", count: 4_294_967_295, limit: ByteReader.defaultLimit)
    ) {
      var reader = ByteReader(huge)
      _ = try reader.doubles()
    }
    #expect(
      throws: BytesError.truncated(offset: 4, expected: "a run of bytes", needed: 200, left: 1)
    ) {
      var reader = ByteReader([200, 0, 0, 0, 1])
      _ = try reader.run()
    }
    #expect(throws: BytesError.tooLong(offset: 0, expected: "name", count: 3, limit: 2)) {
      var reader = ByteReader([3, 0, 0, 0, 1, 2, 3])
      _ = try reader.string("name", limit: 2)
    }
  }

  @Test func textMustBeUTF8AndTruthZeroOrOne() {
    #expect(throws: BytesError.malformed(offset: 4, expected: "a string in UTF-8")) {
      var reader = ByteReader([1, 0, 0, 0, 0xFF])
      _ = try reader.string()
    }
    #expect(throws: BytesError.malformed(offset: 0, expected: "0 or 1")) {
      var reader = ByteReader([2])
      _ = try reader.bool()
    }
  }

  @Test func nestingIsLimited() {
    func descend(_ reader: inout ByteReader) throws(BytesError) -> Int {
      try reader.nested { (inner: inout ByteReader) throws(BytesError) in try descend(&inner) + 1 }
    }
    #expect(throws: BytesError.tooDeep(offset: 0, limit: ByteReader.depthLimit)) {
      var reader = ByteReader([])
      _ = try descend(&reader)
    }
  }

  @Test func partsKeepTheOffsetsOfTheWhole() throws {
    var reader = ByteReader([9, 9, 5, 0, 9], from: 2, to: 4)
    #expect(try reader.uint16() == 5 && reader.isAtEnd && reader.offset == 4)
    #expect(throws: BytesError.truncated(offset: 4, expected: "a byte", needed: 1, left: 0)) {
      try reader.uint8()
    }
    let borrowed: [UInt8] = [1, 2]
    var copy = ByteReader(copying: borrowed.span.bytes)
    #expect(try copy.raw(2) == [1, 2])
    #expect(throws: BytesError.self) { try copy.raw(-1) }
  }
}
