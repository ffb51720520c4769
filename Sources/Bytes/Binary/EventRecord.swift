/// TensorBoard's event files, as far as numbers over steps need them.
///
/// A file is a run of records: the length (8 bytes), the masked CRC32C of those bytes, the payload, its masked
/// CRC32C. A payload is a protocol buffer `Event`: 1 wall time, 2 step, 3 the file's version, 5 a summary,
/// whose values hold 1 a tag and 2 a number.
public enum EventRecord {
  /// The first record of every file.
  public static func opening(wallTime: Double) -> [UInt8] {
    var event = time(wallTime)
    event += field(3, text: "brain.Event:2")
    return record(event)
  }

  /// One number under each tag.
  public static func scalars(
    _ values: [(tag: String, value: Float)], step: Int, wallTime: Double
  ) -> [UInt8] {
    let summary = values.flatMap { entry in
      field(1, bytes: field(1, text: entry.tag) + fixed32(2, entry.value))
    }
    return record(time(wallTime) + [0x10] + varint(UInt64(step)) + field(5, bytes: summary))
  }

  /// A payload with its frame.
  static func record(_ payload: [UInt8]) -> [UInt8] {
    var writer = ByteWriter(capacity: payload.count + 16)
    var length = ByteWriter()
    length.uint64(UInt64(payload.count))
    writer.raw(length.bytes.span.bytes)
    writer.uint32(masked(length.bytes))
    writer.raw(payload.span.bytes)
    writer.uint32(masked(payload))
    return writer.bytes
  }

  /// A checksum of data that hold checksums is rotated and shifted first.
  static func masked(_ bytes: [UInt8]) -> UInt32 {
    let sum = Crc32c.checksum(bytes)
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }

  private static func time(_ seconds: Double) -> [UInt8] {
    var writer = ByteWriter()
    writer.uint8(0x09)
    writer.double(seconds)
    return writer.bytes
  }

  private static func fixed32(_ number: UInt8, _ value: Float) -> [UInt8] {
    var writer = ByteWriter()
    writer.uint8(number << 3 | 5)
    writer.float(value)
    return writer.bytes
  }

  private static func field(_ number: UInt8, text: String) -> [UInt8] {
    field(number, bytes: Array(text.utf8))
  }

  private static func field(_ number: UInt8, bytes: [UInt8]) -> [UInt8] {
    [number << 3 | 2] + varint(UInt64(bytes.count)) + bytes
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, bytes) = (value, [UInt8]())
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
