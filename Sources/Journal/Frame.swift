import Bytes
import Engine

/// A whole frame in the window, by its offsets in the file.
struct Frame {
  let previous: UInt32
  let check: UInt32
  let outcomes: Range<Int>
  let end: Int
}

extension Window {
  /// The frame at `offset`; `nil` where its mark, its length or its checksum is not right.
  mutating func frame(at offset: Int) throws(JournalError) -> Frame? {
    guard let head = try index(of: offset, needing: JournalFormat.frameStart),
      word(head) == JournalFormat.frameMark
    else { return nil }
    let length = Int(word(head + 4))
    guard (4...JournalFormat.longestFrame).contains(length),
      let first = try index(of: offset, needing: JournalFormat.frameStart + length)
    else { return nil }
    let body = first + JournalFormat.frameStart
    let check = word(first + 12)
    let told = Int(word(body))
    guard JournalFormat.check(bytes, from: first, to: body + length) == check,
      told <= length - 4
    else { return nil }
    let outcomes = offset + JournalFormat.frameStart + 4
    return Frame(
      previous: word(first + 8), check: check, outcomes: outcomes..<outcomes + told,
      end: offset + JournalFormat.frameStart + length)
  }

  /// Whether a whole frame begins anywhere behind `offset`.
  mutating func hasFrame(after offset: Int) throws(JournalError) -> Bool {
    var offset = offset + 1
    while let candidate = try mark(from: offset) {
      if try frame(at: candidate) != nil { return true }
      offset = candidate + 1
    }
    return false
  }

  private func word(_ index: Int) -> UInt32 {
    bytes.withUnsafeBytes {
      UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: index, as: UInt32.self))
    }
  }
}

/// What stands before the first frame.
struct Header {
  let description: [UInt8]
  /// The version of the records' bytes.
  let codec: UInt16
  let check: UInt32
  /// The bytes it takes.
  let count: Int

  init(_ window: inout Window) throws(JournalError) {
    let path = window.path
    let start = JournalFormat.headerStart
    guard let mark = try Self.mark(&window), mark != 0 else { throw .unbegun(path: path) }
    guard mark == JournalFormat.headerMark else { throw .notAJournal(path: path) }
    guard try window.index(of: 0, needing: start) != nil else {
      throw .damaged(path: path, offset: 0)
    }
    var reader = ByteReader(window.bytes, from: 8, to: start)
    guard let format = try? reader.uint16(), let codec = try? reader.uint16(),
      let length = try? reader.uint32()
    else { throw .damaged(path: path, offset: 0) }
    guard format == JournalFormat.version,
      (RecordCodec.oldest...RecordCodec.version).contains(codec)
    else {
      throw .unsupported(path: path, format: format, codec: codec)
    }
    let end = start + Int(length)
    guard length <= JournalFormat.longestDescription,
      try window.index(of: 0, needing: end + 4) != nil
    else { throw .damaged(path: path, offset: 0) }
    description = Array(window.bytes[start..<end])
    let whole = JournalFormat.header(describing: description, codec: codec)
    guard whole.bytes.elementsEqual(window.bytes[..<(end + 4)]) else {
      throw .damaged(path: path, offset: 0)
    }
    self.codec = codec
    check = whole.check
    count = whole.bytes.count
  }

  /// The first eight bytes; `nil` where the file is shorter.
  static func mark(_ window: inout Window) throws(JournalError) -> UInt64? {
    guard try window.index(of: 0, needing: 8) != nil else { return nil }
    var reader = ByteReader(window.bytes, from: 0, to: 8)
    return try? reader.uint64()
  }
}
