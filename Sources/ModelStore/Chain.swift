internal import Bytes

/// Lines of text of which each begins with the hash of itself and of the line before: what was written cannot be
/// changed without breaking every line behind it.
struct Chain {
  /// The hash of the last whole line; that of nothing before the first.
  private(set) var last = Sha256.digest("")
  /// Bytes that hold whole lines: a crash may have left half a line after them.
  private(set) var soundBytes = 0
  /// Lines read and found sound.
  private(set) var count = 0

  /// Where a chain does not hold, counting its lines from one.
  struct Break: Error, Equatable {
    let line: Int
  }

  init() {}

  /// Reads whole lines, handing each body over; `take` answers false for one that it cannot read.
  init(reading bytes: [UInt8], _ take: (String) -> Bool) throws(Break) {
    try read(bytes, from: 0, take)
  }

  /// Reads the last lines of a long text: the first whole one is taken at its word, the rest are held to it.
  init(readingEnd bytes: [UInt8], _ take: (String) -> Bool) throws(Break) {
    let lineFeed = UInt8(ascii: "\n")
    guard let cut = bytes.firstIndex(of: lineFeed),
      let end = bytes[(cut + 1)...].firstIndex(of: lineFeed),
      let hash = Digest(hex: String(decoding: bytes[(cut + 1)..<end].prefix(64), as: UTF8.self))
    else { throw Break(line: 0) }
    last = hash
    try read(bytes, from: end + 1, take)
  }

  private mutating func read(
    _ bytes: [UInt8], from first: Int, _ take: (String) -> Bool
  ) throws(Break) {
    var start = first
    soundBytes = first
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let body = String(decoding: bytes[start..<end].dropFirst(65), as: UTF8.self)
      let hash = hash(of: body)
      guard Array("\(hash.hex)\t\(body)".utf8) == Array(bytes[start..<end]), take(body) else {
        throw Break(line: count + 1)
      }
      last = hash
      count += 1
      start = end + 1
      soundBytes = start
    }
  }

  /// The line that adds a body at the end.
  func line(_ body: String) -> String { "\(hash(of: body).hex)\t\(body)\n" }

  private func hash(of body: String) -> Digest { Sha256.digest("\(last.hex)\t\(body)") }
}
