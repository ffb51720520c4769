public import Bytes
public import Features
public import Numerics

/// Why a model could not be fitted or read, with the input at fault.
public enum ModelsError: Error, Equatable, Sendable {
  case badParameter(name: String, found: String, expected: String)
  case tooFewRows(found: Int, needed: Int)
  /// A number that cannot be learned from; rows count from one.
  case notFinite(column: String, row: Int, found: String)
  case algebra(NumericsError)
  /// The bytes do not hold what their place asks for.
  case damaged(BytesError)
  /// The seal at the end is not that of the bytes before it.
  case brokenSeal
  /// Written by a later or foreign program.
  case unknownForm(found: Int, known: Int)
  /// The recipe language has moved on: its words may mean something else now.
  case otherDialect(found: Int, known: Int)
  case badRecipe(RecipeError)
  /// The bytes read well but make no model.
  case badContent(what: String, found: String, expected: String)
  /// A format has no words for what the model does.
  case notExpressible(what: String, reason: String)
  /// A line of another program's model that cannot be taken over; lines count from one.
  case foreignLine(line: Int, found: String, expected: String)
}

extension ModelsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badParameter(let name, let found, let expected):
      "\(name): found \(found), expected \(expected)"
    case .tooFewRows(let found, let needed): "\(found) rows to learn from, \(needed) are needed"
    case .notFinite(let column, let row, let found):
      "\(column), row \(row): found \(found), which nothing can be learned from"
    case .algebra(let error): "\(error)"
    case .damaged(let error): "the model's bytes are damaged: \(error)"
    case .brokenSeal: "the model's bytes are damaged: their seal does not fit"
    case .unknownForm(let found, let known):
      "the model has form \(found), this program reads form \(known): train it anew"
    case .otherDialect(let found, let known):
      "the model's recipe is in dialect \(found), this program speaks \(known): train it anew"
    case .badRecipe(let error): "the model's recipe: \(error)"
    case .badContent(let what, let found, let expected):
      "the model's \(what): found \(found), expected \(expected)"
    case .notExpressible(let what, let reason): "\(what): \(reason)"
    case .foreignLine(let line, let found, let expected):
      "line \(line): found \(found), expected \(expected)"
    }
  }
}
