import Bytes
import Engine

/// How a journal lies in its file: a header, frames one after the other, zeros to the end.
///
/// The header is a mark, the versions, the run's description and a checksum. A frame is one durable commit:
///
///     mark 4 · length 4 · previous 4 · check 4 · told 4 · outcomes `told` · inputs
///
/// `check` is the CRC-32C of length, previous and everything after it; `previous` is the check of the frame
/// before, of the header for the first, so that no frame can be moved, dropped or put in unseen. Outcomes are
/// what the loop has told since the frame before; an input it took stands among them as one byte of zero, as
/// its fields stand among the inputs of an earlier frame. Each frame is durable before the next is begun:
/// broken bytes with a whole frame behind them are damage, without one they are a write that never ended.
enum JournalFormat {
  static let version: UInt16 = 1

  /// "\u{89}AUSPXJ\n": the first byte is no text, the last shows a transfer that changed line ends.
  static let headerMark: UInt64 = 0x0A4A_5850_5355_4189
  static let frameMark: UInt32 = 0xF7AE_4D1E

  /// Mark, two versions and the description's length.
  static let headerStart = 16
  static let frameStart = 16
  static let longestDescription = 1 << 20
  static let longestFrame = 1 << 23
  static let takenTag: UInt8 = 0

  /// The header's bytes and its check, which the first frame is chained to.
  static func header(
    describing description: [UInt8], codec: UInt16 = RecordCodec.version
  ) -> (bytes: [UInt8], check: UInt32) {
    var writer = ByteWriter(capacity: headerStart + description.count + 4)
    writer.uint64(headerMark)
    writer.uint16(version)
    writer.uint16(codec)
    writer.run(description)
    let check = Crc32c.checksum(writer.bytes)
    writer.uint32(check)
    return (writer.bytes, check)
  }

  /// The checksum of a frame without its mark and the check itself.
  static func check(_ bytes: [UInt8], from start: Int, to end: Int) -> UInt32 {
    var crc = Crc32c()
    let span = bytes.span.bytes
    crc.update(span.extracting(start + 4..<start + 12))
    crc.update(span.extracting(start + frameStart..<end))
    return crc.value
  }
}
