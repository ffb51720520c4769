import Testing

@testable import Console

@Suite struct SuggestionTests {
  @Test func distanceCountsEditsAndSwaps() {
    #expect(editDistance("", "") == 0)
    #expect(editDistance("", "abc") == 3)
    #expect(editDistance("abc", "") == 3)
    #expect(editDistance("from", "form") == 1)
    #expect(editDistance("threshold", "treshold") == 1)
    #expect(editDistance("kitten", "sitting") == 3)
  }

  @Test func distanceIsSymmetric() {
    for seed in UInt64(0)..<200 {
      var dice = Dice(seed: seed)
      let words = (0..<2).map { _ in
        String(
          (0..<Int.random(in: 0...8, using: &dice)).map { _ in "abc".randomElement(using: &dice)! })
      }
      let there = editDistance(words[0], words[1])
      #expect(there == editDistance(words[1], words[0]), "seed \(seed): \(words)")
      #expect((there == 0) == (words[0] == words[1]), "seed \(seed): \(words)")
      #expect(there <= max(words[0].count, words[1].count), "seed \(seed): \(words)")
    }
  }

  @Test func onlyNearWordsAreSuggested() {
    let names = ["paper", "live", "status", "reduce-only"]
    #expect(suggestion(for: "papr", among: names) == "paper")
    #expect(suggestion(for: "reduceonly", among: names) == "reduce-only")
    #expect(suggestion(for: "stat", among: names) == "status")
    #expect(suggestion(for: "banana", among: names) == nil)
    #expect(suggestion(for: "", among: names) == nil)
    #expect(suggestion(for: String(repeating: "a", count: 1_000_000), among: names) == nil)
  }

  @Test func theNearestOfSeveralWins() {
    #expect(suggestion(for: "train", among: ["brain", "train2", "train"]) == "train")
  }
}
