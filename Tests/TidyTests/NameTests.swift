import Testing

/// Names are nouns of the market; a type that needs `Manager` has not been understood yet.
@Suite struct NameTests {
  static let vague = ["Manager", "Helper", "Util", "Utils", "Handler", "Processor"]

  @Test func typesAreNamedForWhatTheyAre() {
    for file in House.here.sources {
      for type in file.types where Self.vague.contains(where: { type.name.hasSuffix($0) }) {
        Issue.record("\(file.path):\(type.line): \(type.name) names no thing")
      }
    }
  }

  @Test func noTypeIsNamedLikeItsModule() {
    let modules = Set(House.here.sources.map(\.module))
    for file in House.here.sources {
      for type in file.types where modules.contains(type.name) {
        Issue.record("\(file.path):\(type.line): \(type.name) hides the module of that name")
      }
    }
  }

  @Test func nothingIsLeftForLater() {
    let marks = [
      "TO" + "DO", "FIX" + "ME", "X" + "XX", "not " + "implemented", "place" + "holder:",
    ]
    for file in House.here.sources + House.here.tests {
      for (number, line) in file.lines.enumerated() where marks.contains(where: line.contains) {
        Issue.record("\(file.path):\(number + 1): do it now or write it down for people")
      }
    }
  }

  @Test func nothingTrapsWithoutAReason() {
    for file in House.here.sources {
      for (number, line) in file.code.enumerated()
      where line.contains("fatalError()") || line.contains("try!") {
        Issue.record("\(file.path):\(number + 1): say why this cannot fail")
      }
    }
  }
}
