/// An argument known by its position, such as the FILE of `config check FILE`.
public struct Operand: Hashable, Sendable {
  /// How often the argument may stand there.
  public enum Count: Hashable, Sendable {
    case one
    case optional
    case oneOrMore
    case anyNumber

    var repeats: Bool { self == .oneOrMore || self == .anyNumber }
    var isRequired: Bool { self == .one || self == .oneOrMore }
  }

  public let name: String
  public let help: String
  public let count: Count
  public let accepts: Accepted

  public init(
    _ name: String, _ help: String, count: Count = .one, accepts: Accepted = .anything
  ) {
    self.name = name
    self.help = help
    self.count = count
    self.accepts = accepts
  }

  /// The name as a usage line shows it: `FILE`, `[FILE]`, `FILE...` or `[FILE...]`.
  var shown: String {
    let word = count.repeats ? "\(name)..." : name
    return count.isRequired ? word : "[\(word)]"
  }
}
