import Glibc

/// Hands out a file line by line from one buffer, so that memory does not grow with the file.
struct LineReader: ~Copyable {
  /// A longer line is no bar.
  static let longestLineBytes = 4_096

  let path: String
  /// The number of the line handed out last, from one.
  private(set) var line = 0

  private let descriptor: Int32
  private let buffer: UnsafeMutablePointer<UInt8>
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  private let encoding: TextEncoding
  private var transcoder: Transcoder?

  /// Small enough to stay near the processor.
  private static let bufferBytes = 1 << 18
  /// A word may be read that begins with the buffer's last byte.
  private static let margin = 16

  init(_ path: String, _ encoding: TextEncoding = .utf8) throws(ArchiveError) {
    self.path = path
    self.encoding = encoding
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw .file(path: path, doing: "open it", errno: errno) }
    descriptor = opened
    buffer = .allocate(capacity: Self.bufferBytes + Self.margin)
    buffer.initialize(repeating: 0, count: Self.bufferBytes + Self.margin)
  }

  deinit {
    close(descriptor)
    buffer.deallocate()
  }

  /// The next line in UTF-8 without its end, `nil` after the last; it lasts until the next call.
  mutating func next() throws(ArchiveError) -> UnsafeBufferPointer<UInt8>? {
    guard let found = try nextBytes() else { return nil }
    if line == 1, encoding == .gbk || (encoding == .auto && !Self.isUtf8(found)) {
      transcoder = Transcoder()
    }
    return transcoder?.convert(found) ?? found
  }

  /// The whole lines that lie in the buffer, each with its end.
  var wholeLines: UnsafeBufferPointer<UInt8> {
    var last = end
    while last > start, buffer[last - 1] != 10 { last -= 1 }
    return UnsafeBufferPointer(start: buffer + start, count: last - start)
  }

  /// Passes over lines that were read from `wholeLines`.
  mutating func pass(bytes: Int, lines: Int) {
    start += bytes
    line += lines
  }

  private static func isUtf8(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    String(validating: text, as: UTF8.self) != nil
  }

  private mutating func nextBytes() throws(ArchiveError) -> UnsafeBufferPointer<UInt8>? {
    while true {
      if let found = memchr(buffer + start, 10, end - start) {
        let length = found - UnsafeMutableRawPointer(buffer + start)
        defer { start += length + 1 }
        return trimmed(length)
      }
      if isAtEnd {
        guard start < end else { return nil }
        defer { start = end }
        return trimmed(end - start)
      }
      try fill()
    }
  }

  private mutating func trimmed(_ length: Int) -> UnsafeBufferPointer<UInt8> {
    line += 1
    var begin = start
    var count = length
    if line == 1, count >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF {
      begin += 3
      count -= 3
    }
    if count > 0, buffer[begin + count - 1] == 13 { count -= 1 }
    return UnsafeBufferPointer(start: buffer + begin, count: count)
  }

  /// Moves the unfinished line to the front and reads on behind it.
  private mutating func fill() throws(ArchiveError) {
    let left = end - start
    guard left < Self.bufferBytes else {
      throw .columns(
        Refusal(
          place: Place(path: path, line: line + 1, column: 0), field: "line",
          found: "more than \(Self.bufferBytes) bytes", expected: "text with line ends",
          remedy: .lineEnds))
    }
    memmove(buffer, buffer + start, left)
    start = 0
    end = left
    let count = read(descriptor, buffer + end, Self.bufferBytes - end)
    guard count >= 0 else { throw .file(path: path, doing: "read it", errno: errno) }
    isAtEnd = count == 0
    end += count
  }
}
