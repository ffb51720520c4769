import Glibc

/// The one owner of a conversion from GBK to UTF-8, a line at a time.
///
/// Neither a line's end nor a comma occurs inside a letter of GBK, so lines may be cut before.
struct Transcoder: ~Copyable {
  private let handle: iconv_t
  private let buffer: UnsafeMutablePointer<UInt8>

  private static let bufferBytes = LineReader.longestLineBytes * 4

  /// `nil` where the system knows no GBK.
  init?() {
    guard let opened = iconv_open("UTF-8", "GB18030"), opened != iconv_t(bitPattern: -1) else {
      return nil
    }
    handle = opened
    buffer = .allocate(capacity: Self.bufferBytes)
  }

  deinit {
    iconv_close(handle)
    buffer.deallocate()
  }

  /// The line in UTF-8, lasting until the next call; itself where it is plain ASCII or cannot be
  /// converted, so that its reader refuses it with its place.
  func convert(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard line.count <= LineReader.longestLineBytes, line.contains(where: { $0 >= 0x80 }),
      let start = line.baseAddress
    else { return line }
    var source: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: start)
      .assumingMemoryBound(to: CChar.self)
    var target: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(buffer)
      .assumingMemoryBound(to: CChar.self)
    var sourceLeft = line.count
    var targetLeft = Self.bufferBytes
    iconv(handle, nil, nil, nil, nil)
    guard iconv(handle, &source, &sourceLeft, &target, &targetLeft) != -1 else { return line }
    return UnsafeBufferPointer(start: buffer, count: Self.bufferBytes - targetLeft)
  }
}
