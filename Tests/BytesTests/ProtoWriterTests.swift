import Bytes
import Testing

@Suite("Protocol Buffers: bytes reckoned by hand from the wire format")
struct ProtoWriterTests {
  private func bytes(_ fill: (inout ProtoWriter) -> Void) -> [UInt8] {
    var writer = ProtoWriter()
    fill(&writer)
    return writer.bytes
  }

  @Test("Varints carry seven bits a byte, lowest first")
  func varints() {
    #expect(bytes { $0.unsigned(1, 0) } == [0x08, 0x00])
    #expect(bytes { $0.unsigned(1, 127) } == [0x08, 0x7F])
    #expect(bytes { $0.unsigned(1, 128) } == [0x08, 0x80, 0x01])
    #expect(bytes { $0.unsigned(1, 150) } == [0x08, 0x96, 0x01])
    let most = [UInt8](repeating: 0xFF, count: 9) + [0x01]
    #expect(bytes { $0.unsigned(1, .max) } == [0x08] + most)
    #expect(bytes { $0.integer(1, -1) } == [0x08] + most)
    #expect(bytes { $0.bool(2, true) } == [0x10, 0x01])
  }

  @Test("Keys beyond field 15 take two bytes, the last field five")
  func keys() {
    #expect(bytes { $0.unsigned(16, 1) } == [0x80, 0x01, 0x01])
    #expect(
      bytes { $0.unsigned(ProtoWriter.fields.upperBound, 1) }
        == [0xF8, 0xFF, 0xFF, 0xFF, 0x0F, 0x01])
  }

  @Test("Fixed numbers are little-endian")
  func fixed() {
    #expect(bytes { $0.fixed32(1, 0x0102_0304) } == [0x0D, 4, 3, 2, 1])
    #expect(bytes { $0.fixed64(1, 0x0102_0304_0506_0708) } == [0x09, 8, 7, 6, 5, 4, 3, 2, 1])
    #expect(bytes { $0.float(3, 1) } == [0x1D, 0, 0, 0x80, 0x3F])
    #expect(bytes { $0.double(3, -2) } == [0x19, 0, 0, 0, 0, 0, 0, 0, 0xC0])
  }

  @Test("Strings, bytes and messages have their length before them")
  func lengths() {
    #expect(
      bytes { $0.string(2, "testing") }
        == [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67])
    #expect(bytes { $0.string(2, "¹") } == [0x12, 2, 0xC2, 0xB9])
    #expect(bytes { $0.run(4, []) } == [0x22, 0])
    #expect(
      bytes { $0.message(3) { inner in inner.unsigned(1, 150) } } == [0x1A, 3, 0x08, 0x96, 0x01])
    let long = bytes { $0.run(1, [UInt8](repeating: 7, count: 300)) }
    #expect(Array(long.prefix(3)) == [0x0A, 0xAC, 0x02])
    #expect(long.count == 303)
  }

  @Test("Packed numbers share one key")
  func packed() {
    #expect(
      bytes { $0.packed(6, integers: [3, 270, 86942]) }
        == [0x32, 0x06, 0x03, 0x8E, 0x02, 0x9E, 0xA7, 0x05])
    #expect(
      bytes { $0.packed(1, floats: [1, -1]) } == [0x0A, 8, 0, 0, 0x80, 0x3F, 0, 0, 0x80, 0xBF])
    #expect(bytes { $0.packed(1, doubles: [1]) } == [0x0A, 8, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F])
    #expect(bytes { $0.packed(1, integers: []) } == [0x0A, 0])
  }
}
