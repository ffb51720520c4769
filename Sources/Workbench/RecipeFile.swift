public import Console
public import Features

extension Schema {
  /// A file of `config/recipes`.
  public static let recipe = Schema(
    "What a model sees: named formulas, in order.",
    [
      .value("name", .text, "unnamed", "The recipe's name."),
      .value("features", .table(.text), "{}", "Formulas such as rsi(14) under names."),
    ])
}

/// A recipe as it stands in `config/recipes`: a name and its features in order.
public enum RecipeFile {
  /// Finds `config/recipes/NAME.yaml` and compiles it; every broken formula is told with its place.
  public static func read(_ name: String, in home: Home) throws(Failure) -> Recipe {
    let path = home.path("config/recipes/\(name).yaml")
    guard isFile(path) else {
      let known = home.yamlFiles(in: "config/recipes").map {
        String($0.split(separator: "/").last?.dropLast(5) ?? "")
      }
      let meant = suggestion(for: name, among: known).map { " (did you mean \"\($0)\"?)" } ?? ""
      throw Failure(
        .usage, "there is no recipe \"\(name)\"\(meant)",
        remedy: "Recipes in \(home.path("config/recipes")): \(known.joined(separator: ", ")).")
    }
    return try compile(YamlDocument.read(path: path))
  }

  /// As `read`, or any file when what is named ends in `.yaml`.
  public static func find(_ word: String, in home: Home) throws(Failure) -> Recipe {
    guard word.hasSuffix(".yaml") else { return try read(word, in: home) }
    guard isFile(word) else {
      throw Failure(
        .usage, "\(word): there is no such file",
        remedy: "Name a file, or a recipe of \(home.path("config/recipes")) without .yaml.")
    }
    return try compile(YamlDocument.read(path: word))
  }

  /// Compiles a document, or tells all that is wrong with it.
  public static func compile(_ document: YamlDocument) throws(Failure) -> Recipe {
    let settings: Settings
    do { settings = try Settings.resolve(.recipe, document: document) } catch {
      throw error.failure
    }
    let features = settings.table("features").map { (name: $0.name, expression: $0.value.text) }
    let faults = Recipe.faults(in: features)
    guard faults.isEmpty else {
      throw Failure(.usage, faults.map { message($0, in: document) })
    }
    do {
      return try Recipe(name: settings.text("name"), features: features)
    } catch {
      throw Failure(.usage, message(error, in: document))
    }
  }

  /// A formula's fault at its line and column of the file.
  private static func message(_ fault: RecipeError, in document: YamlDocument) -> String {
    guard let place = fault.place, let value = formula(place.feature, in: document) else {
      return "\(document.path): \(fault)"
    }
    let isQuoted = if case .scalar(_, let quoted) = value.content { quoted } else { false }
    let column = value.column + place.column - 1 + (isQuoted ? 1 : 0)
    return "\(document.path):\(value.line):\(column): \(place.feature): \(fault.message)"
  }

  private static func formula(_ name: String, in document: YamlDocument) -> YamlNode? {
    guard case .mapping(let pairs) = document.root.content,
      case .mapping(let lines)? = pairs.first(where: { $0.key == "features" })?.value.content
    else { return nil }
    return lines.first { $0.key == name }?.value
  }
}
