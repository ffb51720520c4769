import Bytes
import Glibc

/// The part of a file that is in memory: it moves ahead as the reader does.
struct Window: ~Copyable {
  let file: JournalFile
  private(set) var bytes: [UInt8]
  /// Where in the file the window begins, and how many of its bytes are filled.
  private(set) var start = 0
  private(set) var count = 0

  static let reach = 1 << 18

  init(_ file: consuming JournalFile) {
    self.file = file
    bytes = [UInt8](repeating: 0, count: Window.reach)
  }

  var path: String { file.path }

  /// Gives the file back.
  consuming func close() -> JournalFile { file }

  /// The index in `bytes` of the file's byte at `offset`, with `needed` bytes there; `nil` past the end.
  mutating func index(of offset: Int, needing needed: Int) throws(JournalError) -> Int? {
    if offset < start || offset + needed > start + count {
      try move(to: offset, holding: needed)
    }
    return offset + needed <= start + count ? offset - start : nil
  }

  /// Reads again from `offset` on, as another process may have written since.
  mutating func move(to offset: Int, holding needed: Int) throws(JournalError) {
    if bytes.count < needed { bytes = [UInt8](repeating: 0, count: needed) }
    start = offset
    count = 0
    count = try file.read(at: offset, into: &bytes)
  }
}

// MARK: - Looking for a mark

extension Window {
  /// Where the next four bytes like a frame's mark stand, from `offset` on; `nil` up to the file's end.
  mutating func mark(from offset: Int) throws(JournalError) -> Int? {
    var offset = offset
    while try index(of: offset, needing: 4) != nil {
      if let found = markInside(from: offset - start) { return start + found }
      // The last three bytes may be the start of a mark that the window cuts.
      offset = start + count - 3
      try move(to: offset, holding: 4)
    }
    return nil
  }

  private func markInside(from first: Int) -> Int? {
    bytes.withUnsafeBytes { buffer in
      var index = first
      let wanted = JournalFormat.frameMark
      while index + 4 <= count {
        let left = count - 3 - index
        guard
          let hit = memchr(
            buffer.baseAddress! + index, Int32(wanted & 0xFF), left)
        else { return nil }
        index = UnsafeRawPointer(hit) - buffer.baseAddress!
        let word = buffer.loadUnaligned(fromByteOffset: index, as: UInt32.self)
        if UInt32(littleEndian: word) == wanted { return index }
        index += 1
      }
      return nil
    }
  }

  /// Whether nothing but zeros stands from `offset` to the file's end.
  mutating func isBlank(from offset: Int) throws(JournalError) -> Bool {
    var offset = offset
    while try index(of: offset, needing: 1) != nil {
      guard isBlankInside(from: offset - start) else { return false }
      offset = start + count
    }
    return true
  }

  private func isBlankInside(from first: Int) -> Bool {
    bytes.withUnsafeBytes { buffer in
      let rest = UnsafeRawBufferPointer(rebasing: buffer[first..<count])
      guard let base = rest.baseAddress, rest.count > 1 else { return rest.first ?? 0 == 0 }
      // Every byte equals its neighbour, and the first is zero.
      return rest[0] == 0 && memcmp(base, base + 1, rest.count - 1) == 0
    }
  }
}
