import Bytes
public import Market

/// A JSON value whose fields keep the order they were given, so that equal reports are equal bytes.
public enum JsonValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case count(Int)
  /// Written with the fewest digits that read back as the same number; what is none becomes null.
  case number(Double)
  case text(String)
  case list([JsonValue])
  case object([Field])

  /// A key and its value.
  public struct Field: Hashable, Sendable {
    public let key: String
    public let value: JsonValue

    public init(_ key: String, _ value: JsonValue) {
      self.key = key
      self.value = value
    }
  }

  public static func number(_ value: Double?) -> JsonValue { value.map { .number($0) } ?? .null }
  public static func text(_ value: String?) -> JsonValue { value.map { .text($0) } ?? .null }
  /// Money as its exact decimal text: a reader's binary number would not hold it.
  public static func money(_ value: Money?) -> JsonValue { .text(value?.description) }

  /// The value as text, two blanks deep per level.
  public func json() -> String {
    var text = ""
    write(to: &text, depth: 0)
    return text + "\n"
  }

  private func write(to text: inout String, depth: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .count(let value): text += String(value)
    case .number(let value): text += value.isFinite ? DoubleText.shortest(value) : "null"
    case .text(let value): Self.quote(value, to: &text)
    case .list(let values):
      Self.enclose("[", "]", values, to: &text, depth: depth) { value, text in
        value.write(to: &text, depth: depth + 1)
      }
    case .object(let fields):
      Self.enclose("{", "}", fields, to: &text, depth: depth) { field, text in
        Self.quote(field.key, to: &text)
        text += ": "
        field.value.write(to: &text, depth: depth + 1)
      }
    }
  }

  private static func enclose<Item>(
    _ opening: String, _ closing: String, _ items: [Item], to text: inout String, depth: Int,
    _ write: (Item, inout String) -> Void
  ) {
    guard !items.isEmpty else {
      text += opening + closing
      return
    }
    let indent = "\n" + String(repeating: "  ", count: depth)
    text += opening
    for (index, item) in items.enumerated() {
      text += (index > 0 ? "," : "") + indent + "  "
      write(item, &text)
    }
    text += indent + closing
  }

  /// A string in quotes; what a script element or an old reader could stumble over is escaped too.
  private static func quote(_ raw: String, to text: inout String) {
    text += "\""
    for scalar in raw.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar == "<":
        text += escape(scalar)
      case "\u{2028}", "\u{2029}": text += escape(scalar)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
