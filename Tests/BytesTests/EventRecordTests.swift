import Testing

@testable import Bytes

/// Event files, read back by a reader that knows nothing of the writer.
@Suite struct EventRecordTests {
  @Test func recordsAreFramedAndSummed() throws {
    let bytes =
      EventRecord.opening(wallTime: 1.5)
      + EventRecord.scalars([("cost", 0.25), ("rate", 1e-3)], step: 300, wallTime: 2)
    var place = 0
    var payloads: [[UInt8]] = []
    while place < bytes.count {
      let head = Array(bytes[place..<place + 8])
      let length = head.enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
      #expect(number(bytes, place + 8) == masked(head))
      let payload = Array(bytes[place + 12..<place + 12 + length])
      #expect(number(bytes, place + 12 + length) == masked(payload))
      payloads.append(payload)
      place += 16 + length
    }
    #expect(payloads.count == 2)
    // 1: wall time 1.5; 3: the version's text.
    #expect(
      payloads[0] == [0x09, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0x1A, 13] + Array("brain.Event:2".utf8))
    let first: [UInt8] = [0x0A, 4] + Array("cost".utf8) + [0x15, 0, 0, 0x80, 0x3E]
    let second: [UInt8] = [0x0A, 4] + Array("rate".utf8) + [0x15, 0x6F, 0x12, 0x83, 0x3A]
    let summary: [UInt8] = [0x0A, 11] + first + [0x0A, 11] + second
    #expect(
      payloads[1] == [0x09, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x10, 0xAC, 0x02, 0x2A, 26] + summary)
  }

  private func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
  }

  /// The checksum bit by bit, then rotated right by 15 and shifted, as the format asks.
  private func masked(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0x82F6_3B78 : sum >> 1 }
    }
    sum = ~sum
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }
}
