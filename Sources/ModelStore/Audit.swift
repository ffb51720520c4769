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

/// The trail of all moves, a chain of lines; read whole and checked whole.
///
/// It is written before the alias moves, so its last line knows where that alias ought to stand.
struct Audit {
  private(set) var moves: [Move] = []
  private var chain = Chain()

  static let largest = 64 << 20
  /// Room for several lines of the greatest length.
  static let tailBytes = 8 << 10

  init() {}

  /// The last lines of a long trail: the first of them is taken at its word, the rest are checked.
  static func tail(_ bytes: [UInt8], path: String) throws(StoreError) -> Audit {
    var audit = Audit()
    try audit.read(bytes, path) { bytes, take throws(Chain.Break) in
      try Chain(readingEnd: bytes, take)
    }
    return audit
  }

  init(reading bytes: [UInt8], path: String) throws(StoreError) {
    try read(bytes, path) { bytes, take throws(Chain.Break) in try Chain(reading: bytes, take) }
  }

  private mutating func read(
    _ bytes: [UInt8], _ path: String,
    _ follow: ([UInt8], (String) -> Bool) throws(Chain.Break) -> Chain
  ) throws(StoreError) {
    var moves: [Move] = []
    do throws(Chain.Break) {
      chain = try follow(bytes) { body in
        guard let move = Audit.move(body) else { return false }
        moves.append(move)
        return true
      }
    } catch { throw .auditBroken(path: path, line: error.line) }
    self.moves = moves
  }

  /// Bytes that hold whole lines: a crash may have left half a line after them.
  var soundBytes: Int { chain.soundBytes }

  /// The line that adds a move at the end.
  func line(_ move: Move) -> String { chain.line(Audit.body(move)) }

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

  /// Only the one spelling of a move is read.
  private static func move(_ line: String) -> Move? {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 7, let nanos = try? TimeText.parse(fields[0]),
      let deed = Move.Deed(rawValue: fields[2]), let to = Digest(hex: fields[5])
    else { return nil }
    let move = Move(
      at: Instant(nanoseconds: nanos), who: fields[1], deed: deed, alias: fields[3],
      from: Digest(hex: fields[4]), to: to, reason: fields[6])
    return body(move) == line ? move : nil
  }
}
