/// Where in a recipe something stands: the feature's name and the column of its expression, from 1.
public struct RecipePlace: Hashable, Sendable {
  public let feature: String
  public let column: Int

  public init(feature: String, column: Int) {
    self.feature = feature
    self.column = column
  }
}

/// What can be wrong with a recipe.
public enum RecipeError: Error, Hashable, Sendable {
  case noFeatures
  case badName(String)
  case repeatedName(String)
  case unexpected(found: String, expected: String, at: RecipePlace)
  case badNumber(String, at: RecipePlace)
  case unknownInput(String, suggestion: String?, at: RecipePlace)
  case unknownFunction(String, suggestion: String?, at: RecipePlace)
  /// `form` shows the function with all its arguments, as in `ref(x, bars)`.
  case wrongCount(function: String, found: Int, form: String, at: RecipePlace)
  case notABarCount(function: String, found: String, at: RecipePlace)
  case notANumber(function: String, found: String, at: RecipePlace)
  case notAShare(function: String, found: String, at: RecipePlace)
  case emptyRange(function: String, at: RecipePlace)
  /// A word that compares instruments inside another one.
  case innerSlice(function: String, at: RecipePlace)
  case limit(RecipeLimit, at: RecipePlace)
}

/// The bounds of a recipe; reaching one is an answer, not an accident.
public enum RecipeLimit: Hashable, Sendable {
  case features
  case characters
  case depth
  case steps

  public var value: Int {
    switch self {
    case .features: 2_000
    case .characters: 2_000
    case .depth: 60
    case .steps: 20_000
    }
  }

  /// The longest window, in bars.
  public static let bars = 100_000
}
