/// Why bytes or text could not be read; offsets count bytes from the start of what was handed in.
public enum BytesError: Error, Equatable, Sendable {
  /// Fewer bytes are left than the next value needs.
  case truncated(offset: Int, expected: String, needed: Int, left: Int)
  /// A length prefix goes beyond the limit of its kind.
  case tooLong(offset: Int, expected: String, count: Int, limit: Int)
  /// Values are nested deeper than allowed.
  case tooDeep(offset: Int, limit: Int)
  /// The bytes are there but cannot mean what was expected.
  case malformed(offset: Int, expected: String)
  /// Bytes are left over after the last value.
  case leftOver(offset: Int, count: Int)
  /// The text is not of the expected form; `offset` is where reading stopped.
  case badText(offset: Int, expected: String, found: String)
  /// An exact number has more decimals than its grid; `needed` would hold it.
  case tooManyDecimals(offset: Int, needed: Int, allowed: Int, found: String)
  /// The number does not fit its type.
  case overflow(offset: Int, found: String)
}

extension BytesError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .truncated(let offset, let expected, let needed, let left):
      "byte \(offset): expected \(expected) (\(needed) bytes), but only \(left) are left"
    case .tooLong(let offset, let expected, let count, let limit):
      "byte \(offset): \(expected) claims \(count) elements, the limit is \(limit)"
    case .tooDeep(let offset, let limit):
      "byte \(offset): values are nested deeper than \(limit) levels"
    case .malformed(let offset, let expected):
      "byte \(offset): expected \(expected), found something else"
    case .leftOver(let offset, let count):
      "byte \(offset): \(count) bytes are left over after the last value"
    case .badText(let offset, let expected, let found):
      "expected \(expected), found \"\(found)\" (character \(offset + 1))"
    case .tooManyDecimals(_, let needed, let allowed, let found):
      "\"\(found)\" needs \(needed) decimals, but only \(allowed) are kept here"
    case .overflow(_, let found):
      "\"\(found)\" is too large to be held exactly"
    }
  }
}
