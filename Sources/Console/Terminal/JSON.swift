/// A JSON value; members keep the order they were given in, so that equal values give equal bytes.
public enum JSON: Hashable, Sendable {
  public struct Member: Hashable, Sendable {
    public let name: String
    public let value: JSON

    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  case null
  case flag(Bool)
  case integer(Int)
  /// A number that is not finite is written as null: JSON has no word for it.
  case number(Double)
  case text(String)
  case list([JSON])
  case object([Member])
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral text: String) { self = .text(text) }
  public init(integerLiteral number: Int) { self = .integer(number) }
  public init(floatLiteral number: Double) { self = .number(number) }
  public init(booleanLiteral flag: Bool) { self = .flag(flag) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: JSON...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member($0, $1) })
  }

  public init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  public init(_ texts: [String]) { self = .list(texts.map { .text($0) }) }
}

extension JSON {
  /// The value on one line.
  public var line: String {
    var line = ""
    write(to: &line)
    return line
  }

  private func write(to line: inout String) {
    switch self {
    case .null: line += "null"
    case .flag(let flag): line += flag ? "true" : "false"
    case .integer(let number): line += String(number)
    case .number(let number): line += number.isFinite ? "\(number)" : "null"
    case .text(let text): JSON.write(text, to: &line)
    case .list(let values):
      line += "["
      for (index, value) in values.enumerated() {
        if index > 0 { line += "," }
        value.write(to: &line)
      }
      line += "]"
    case .object(let members):
      line += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { line += "," }
        JSON.write(member.name, to: &line)
        line += ":"
        member.value.write(to: &line)
      }
      line += "}"
    }
  }

  /// Escapes more than JSON asks for: what would steer the terminal the line is shown on.
  private static func write(_ text: String, to line: inout String) {
    line += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": line += "\\\""
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      case "\t": line += "\\t"
      case _ where isSteering(scalar):
        let digits = String(scalar.value, radix: 16)
        line += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: line.unicodeScalars.append(scalar)
      }
    }
    line += "\""
  }
}
