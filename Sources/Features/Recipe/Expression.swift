/// A parsed formula; every call is complete, with the inputs it left unsaid filled in.
indirect enum Expression: Hashable, Sendable {
  case number(Double)
  case input(Input)
  case negated(Expression)
  case binary(Sign, Expression, Expression)
  case call(String, [Expression])

  enum Sign: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
  }

  /// One spelling for all ways to write the same formula.
  var canonicalText: String {
    switch self {
    case .number(let value): numberText(value)
    case .input(let input): input.rawValue
    case .negated(let inner): "-\(inner.canonicalText)"
    case .binary(let sign, let left, let right):
      "(\(left.canonicalText) \(sign.rawValue) \(right.canonicalText))"
    case .call(let name, let arguments):
      "\(name)(\(arguments.map(\.canonicalText).joined(separator: ", ")))"
    }
  }

  /// The value of a literal such as `5` or `-0.5`.
  var literal: Double? {
    switch self {
    case .number(let value): value
    case .negated(.number(let value)): -value
    default: nil
    }
  }
}
