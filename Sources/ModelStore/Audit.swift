public import Bytes
public import Market

/// One move of an alias: who, when, what and why.
public struct Move: Equatable, Sendable {
  public enum Deed: String, Sendable {
    case promote
    case rollback
  }

  public let at: Instant
  public let who: String
  public let deed: Deed
  public let alias: String
  public let from: Digest?
  public let to: Digest
  public let reason: String
}

/// The trail of all moves, each line holding the hash of the line before; read whole and checked whole.
///
/// It is written before the alias moves, so its last line knows where that alias ought to stand.
struct Audit {
  private(set) var moves: [Move] = []
  /// The hash of the last whole line; zeros before the first.
  private(set) var last = Sha256.digest("")
  /// Bytes that hold whole lines: a crash may have left half a line after them.
  private(set) var soundBytes = 0

  static let largest = 64 << 20
  /// Room for several lines of the greatest length.
  static let tailBytes = 8 << 10

  init() {}

  /// The last lines of a long trail: the first of them is taken at its word, the rest are checked.
  static func tail(_ bytes: [UInt8], path: String) throws(StoreError) -> Audit {
    let lineFeed = UInt8(ascii: "\n")
    guard let cut = bytes.firstIndex(of: lineFeed),
      let end = bytes[(cut + 1)...].firstIndex(of: lineFeed),
      let hash = Digest(hex: String(decoding: bytes[(cut + 1)..<end].prefix(64), as: UTF8.self))
    else { throw .auditBroken(path: path, line: 0) }
    var audit = Audit()
    audit.last = hash
    try audit.read(bytes, from: end + 1, path)
    return audit
  }

  init(reading bytes: [UInt8], path: String) throws(StoreError) {
    try read(bytes, from: 0, path)
  }

  private mutating func read(_ bytes: [UInt8], from first: Int, _ path: String) throws(StoreError) {
    var start = first
    soundBytes = first
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: bytes[start..<end], as: UTF8.self)
      guard let move = Audit.move(line) else {
        throw .auditBroken(path: path, line: moves.count + 1)
      }
      let hash = Audit.hash(move, after: last)
      guard "\(hash.hex)\t\(Audit.body(move))" == line else {
        throw .auditBroken(path: path, line: moves.count + 1)
      }
      last = hash
      moves.append(move)
      start = end + 1
      soundBytes = start
    }
  }

  /// The line that adds a move at the end.
  func line(_ move: Move) -> String {
    "\(Audit.hash(move, after: last).hex)\t\(Audit.body(move))\n"
  }

  /// Where an alias went, one after the other; a rollback takes the last step back.
  func path(of alias: String) -> [Digest] {
    var path: [Digest] = []
    for move in moves where move.alias == alias {
      switch move.deed {
      case .promote: path.append(move.to)
      case .rollback: path.removeLast(path.count > 1 ? 1 : 0)
      }
    }
    return path
  }

  private static func body(_ move: Move) -> String {
    [
      TimeText.text(nanos: move.at.nanoseconds), move.who, move.deed.rawValue, move.alias,
      move.from?.hex ?? "none", move.to.hex, move.reason,
    ].joined(separator: "\t")
  }

  private static func hash(_ move: Move, after last: Digest) -> Digest {
    Sha256.digest("\(last.hex)\t\(body(move))")
  }

  private static func move(_ line: String) -> Move? {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 8, let nanos = try? TimeText.parse(fields[1]),
      let deed = Move.Deed(rawValue: fields[3]), let to = Digest(hex: fields[6])
    else { return nil }
    return Move(
      at: Instant(nanoseconds: nanos), who: fields[2], deed: deed, alias: fields[4],
      from: Digest(hex: fields[5]), to: to, reason: fields[7])
  }
}
