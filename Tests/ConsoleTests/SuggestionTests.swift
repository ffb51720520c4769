import Testing

@testable import Console

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("treshold", "threshold"), ("thershold", "threshold"), ("exot", "exit"),
    ("maxlots", "max_lots"),
    ("colour", nil), ("", nil), ("exit", nil),
  ])
  func findsWhatWasMeant(name: String, meant: String?) {
    #expect(suggestion(for: name, among: ["threshold", "exit", "max_lots"]) == meant)
  }

  @Test(arguments: [("", "", 0), ("ab", "ba", 1), ("abc", "", 3), ("kitten", "sitting", 3)])
  func countsTypingMistakes(left: String, right: String, distance: Int) {
    #expect(typingDistance(Array(left), Array(right)) == distance)
    #expect(typingDistance(Array(right), Array(left)) == distance)
  }

  @Test func givesUpOnEndlessNames() {
    #expect(suggestion(for: String(repeating: "x", count: 1 << 20), among: ["x"]) == nil)
  }
}
