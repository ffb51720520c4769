import Features
import Foundation
import Market
import Testing

/// What a script under Tests/Goldens/features wrote about the ruled bars.
struct Golden: Decodable {
  let names: [String]
  let rows: [Int]
  let first: [Int]
  let deviations: [Double]
  let values: [[Double?]]

  static let house =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func load(_ name: String) throws -> Golden { try decode(name) }

  /// One golden per kind of bars.
  static func kinds(_ name: String) throws -> [String: Golden] { try decode(name) }

  static func decode<Content: Decodable>(_ name: String) throws -> Content {
    let file = house.appending(path: "Tests/Goldens/features/\(name).json")
    return try JSONDecoder().decode(Content.self, from: Data(contentsOf: file))
  }

  /// The goldens of a folder, by name.
  static func names(in folder: String) throws -> [String] {
    let path = house.appending(path: "Tests/Goldens/features/\(folder)").path
    return try FileManager.default.contentsOfDirectory(atPath: path)
      .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  static func page(_ path: String) throws -> String {
    try String(contentsOf: house.appending(path: path), encoding: .utf8)
  }

  static var recipes: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(
        atPath: house.appending(path: "config/recipes").path
      ).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }
  }

  /// The `name: expression` lines of a shipped recipe.
  static func features(_ recipe: String) throws -> [(name: String, expression: String)] {
    let lines = try page("config/recipes/\(recipe).yaml").split(separator: "\n")
    let head = try #require(lines.firstIndex(of: "features:"))
    return try lines[(head + 1)...].map { line in
      let colon = try #require(line.firstRange(of: ": "), "\(line)")
      return (
        String(line[..<colon.lowerBound].drop { $0 == " " }),
        String(line[colon.upperBound...])
      )
    }
  }

  static func recipe(_ name: String) throws -> Recipe {
    try Recipe(name: name, features: features(name))
  }

  /// How far a column lies from the golden's at its rows from `start` on, in deviations.
  func worst(_ name: String, _ column: [Double], from start: Int) -> Double {
    guard let index = names.firstIndex(of: name) else { return .infinity }
    var worst = 0.0
    for (row, value) in zip(rows, values[index]) where row >= start {
      guard let value else { continue }
      let error = abs(column[row] - value) / deviations[index]
      worst = error <= worst ? worst : error.isNaN ? .infinity : error
    }
    return worst
  }
}
