/// The Castagnoli checksum that guards each journal record, eight bytes a step.
///
/// Seeding with the checksum of what came before makes a chain: a record moved or dropped breaks it.
public struct Crc32c: Sendable {
  private var state: UInt32

  public init(seed: UInt32 = 0) { state = ~seed }

  public var value: UInt32 { ~state }

  public static func checksum(_ bytes: [UInt8], seed: UInt32 = 0) -> UInt32 {
    var crc = Crc32c(seed: seed)
    crc.update(bytes.span.bytes)
    return crc.value
  }

  public mutating func update(_ span: RawSpan) {
    var crc = state
    Self.table.withUnsafeBufferPointer { table in
      span.withUnsafeBytes { bytes in
        var offset = 0
        while offset + 8 <= bytes.count {
          let word = UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          crc = Self.fold(word ^ UInt64(crc), table)
          offset += 8
        }
        while offset < bytes.count {
          crc = (crc >> 8) ^ table[Int(UInt8(truncatingIfNeeded: crc) ^ bytes[offset])]
          offset += 1
        }
      }
    }
    state = crc
  }

  @inline(__always)
  private static func fold(_ word: UInt64, _ table: UnsafeBufferPointer<UInt32>) -> UInt32 {
    var crc: UInt32 = 0
    for lane in 0..<8 {
      let byte = Int(UInt8(truncatingIfNeeded: word >> UInt64(8 * lane)))
      crc ^= table[(7 - lane) * 256 + byte]
    }
    return crc
  }

  /// Eight tables of 256: entry `k · 256 + b` is what byte `b` followed by `k` zero bytes adds.
  private static let table: [UInt32] = {
    var table = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var crc = UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0x82F6_3B78 : crc >> 1 }
      table[byte] = crc
    }
    for index in 256..<table.count {
      let shorter = table[index - 256]
      table[index] = (shorter >> 8) ^ table[Int(shorter & 0xFF)]
    }
    return table
  }()
}
