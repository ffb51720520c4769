extension RecipePlace: CustomStringConvertible {
  public var description: String { "\(feature):\(column)" }
}

extension RecipeError: CustomStringConvertible {
  /// Where the error stands; `nil` where it concerns the recipe or a name.
  public var place: RecipePlace? {
    switch self {
    case .noFeatures, .badName, .repeatedName: nil
    case .unexpected(_, _, let place), .badNumber(_, let place), .unknownInput(_, _, let place),
      .unknownFunction(_, _, let place), .wrongCount(_, _, _, let place),
      .notABarCount(_, _, let place), .notANumber(_, _, let place), .notAShare(_, _, let place),
      .emptyRange(_, let place), .innerSlice(_, let place), .limit(_, let place):
      place
    }
  }

  public var description: String {
    place.map { "\($0): \(message)" } ?? message
  }

  /// What is wrong and what to do, without the place.
  public var message: String {
    switch self {
    case .noFeatures: "a recipe needs at least one feature"
    case .badName(let name):
      "\"\(name)\" cannot be a feature's name: use up to 64 letters, digits, '_', '-' or '.'"
    case .repeatedName(let name): "two features are named \"\(name)\": rename one"
    case .unexpected(let found, let expected, _): "found \(found), expected \(expected)"
    case .badNumber(let text, _): "\"\(text)\" is not a number, write one as 5, 0.25 or 1e-6"
    case .unknownInput(let name, let suggestion, _):
      "a bar has no \"\(name)\"" + Self.hint(suggestion, else: Self.inputs)
    case .unknownFunction(let name, let suggestion, _):
      "unknown function \"\(name)\"" + Self.hint(suggestion, else: "see the list of functions")
    case .wrongCount(let function, let found, let form, _):
      "\(function) takes other arguments than \(found): write \(form)"
    case .notABarCount(let function, let found, _):
      "\(function) needs a whole number of bars from 1 to \(RecipeLimit.bars), found \(found)"
    case .notANumber(let function, let found, _):
      "\(function) needs a plain number here, found \(found)"
    case .notAShare(let function, let found, _):
      "\(function) needs a number from 0 to 1 here, found \(found)"
    case .emptyRange(let function, _): "\(function) needs its low bound below its high bound"
    case .innerSlice(let function, _):
      "\(function) compares all instruments once an instant is over, when every other word has had its "
        + "say: it can only stand around a whole feature, as in \(function)(change(5))"
    case .limit(let limit, _): Self.text(limit)
    }
  }

  private static let inputs =
    "it has " + Input.allCases.map(\.rawValue).joined(separator: ", ")

  private static func hint(_ suggestion: String?, else other: String) -> String {
    suggestion.map { " (did you mean \"\($0)\"?)" } ?? ": \(other)"
  }

  private static func text(_ limit: RecipeLimit) -> String {
    switch limit {
    case .features: "a recipe holds at most \(limit.value) features"
    case .characters: "an expression holds at most \(limit.value) characters"
    case .depth: "an expression nests at most \(limit.value) levels deep"
    case .steps: "a recipe needs at most \(limit.value) steps once compiled: split it"
    }
  }
}
