/// A parsed formula; every call is complete, with the inputs it left unsaid filled in.
indirect enum Expression: Hashable, Sendable {
  case number(Double)
  case input(Input)
  case negated(Expression)
  case binary(Sign, Expression, Expression)
  case call(String, [Expression])
  /// A step already laid: what an argument's name stands for in the formula of a library word.
  case step(Int)

  enum Sign: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"

    fileprivate func applied(_ left: Double, _ right: Double) -> Double {
      switch self {
      case .plus: left + right
      case .minus: left - right
      case .times: left * right
      case .over: left / right
      }
    }
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
    case .step(let index): "#\(index)"
    }
  }

  /// The value of plain arithmetic such as `5`, `-0.5` or `2 / 3`; nothing where it has none.
  var literal: Double? {
    switch self {
    case .number(let value): return value
    case .negated(let inner): return inner.literal.map { -$0 }
    case .binary(let sign, let left, let right):
      guard let left = left.literal, let right = right.literal else { return nil }
      let value = sign.applied(left, right)
      return value.isFinite ? value : nil
    case .input, .call, .step: return nil
    }
  }
}
