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
/// It is written before the alias moves, so it knows where every alias ought to stand.
struct Audit {
  private(set) var moves: [Move] = []
  /// The hash of the last whole line; zeros before the first.
  private(set) var last = Sha256.digest("")
  /// Bytes that hold whole lines: a crash may have left half a line after them.
  private(set) var soundBytes = 0

  static let largest = 64 << 20

  init() {}

  init(reading bytes: [UInt8], path: String) throws(StoreError) {
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: bytes[start..<end], as: UTF8.self)
      guard let move = Audit.move(line), Audit.line(move, after: last) == line else {
        throw .auditBroken(path: path, line: moves.count + 1)
      }
      append(move)
      start = end + 1
      soundBytes = start
    }
  }

  /// The line that adds a move at the end.
  func line(_ move: Move) -> String { Audit.line(move, after: last) + "\n" }

  mutating func append(_ move: Move) {
    last = Audit.hash(move, after: last)
    moves.append(move)
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

  /// Every alias with the version it ought to stand at, in the order they first appear.
  var targets: [(alias: String, to: Digest)] {
    var targets: [(alias: String, to: Digest)] = []
    for move in moves {
      if let place = targets.firstIndex(where: { $0.alias == move.alias }) {
        targets[place].to = move.to
      } else {
        targets.append((move.alias, move.to))
      }
    }
    return targets
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

  private static func line(_ move: Move, after last: Digest) -> String {
    "\(hash(move, after: last).hex)\t\(body(move))"
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
