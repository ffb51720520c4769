import Testing

/// Below the purity line there is no clock, file, socket, thread or chance; these words need no import to be used.
@Suite struct PurityTests {
  static let impure: [(word: String, why: String)] = [
    ("ContinuousClock", "a clock"), ("SuspendingClock", "a clock"), ("Date(", "a clock"),
    (".now", "a clock"), ("Task", "a thread"), ("async", "a thread"), ("await", "a thread"),
    ("actor", "a thread"), ("MainActor", "a thread"), ("SystemRandomNumberGenerator", "chance"),
    (".random(", "the library's own draws, which may change with it"),
    ("shuffled(", "the library's own draws, which may change with it"),
    (".shuffle(", "the library's own draws, which may change with it"),
    ("randomElement", "the library's own draws, which may change with it"),
    ("hashValue", "a hash seeded per process"), ("ObjectIdentifier", "an address"),
    ("print(", "talk"), ("debugPrint(", "talk"), ("dump(", "talk"), ("readLine", "input"),
    ("CommandLine", "input"), ("fopen", "a file"), ("getenv", "the environment"),
  ]

  @Test func pureRoomsKnowNeitherClockNorFileNorChance() throws {
    let pure = Set(try ImportTests().plan.filter(\.isPure).map(\.name))
    for file in House.here.sources where pure.contains(file.module) {
      for (number, line) in file.code.enumerated() {
        for rule in Self.impure where Self.contains(line, rule.word) {
          Issue.record("\(file.path):\(number + 1): «\(rule.word)» is \(rule.why) in a pure module")
        }
      }
    }
  }

  /// Whole words only, and draws that name their generator are as good as any argument.
  private static func contains(_ line: String, _ word: String) -> Bool {
    guard let range = line.firstRange(of: word) else { return false }
    if line.contains("using:") && word.contains("(") { return false }
    let isName = { (character: Character) in
      character.isLetter || character.isNumber || character == "_"
    }
    if let first = word.first, isName(first), range.lowerBound > line.startIndex,
      isName(line[line.index(before: range.lowerBound)])
    {
      return false
    }
    if let last = word.last, isName(last), range.upperBound < line.endIndex,
      isName(line[range.upperBound])
    {
      return false
    }
    return true
  }
}
