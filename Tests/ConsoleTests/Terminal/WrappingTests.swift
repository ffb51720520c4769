import Testing

@testable import Console

@Suite struct WrappingTests {
  @Test func wordsMoveToTheNextLine() {
    #expect(wrapped("one two three", to: 7) == ["one two", "three"])
    #expect(wrapped("  one \n two  ", to: 80) == ["one two"])
    #expect(wrapped("", to: 10) == [])
  }

  @Test func longWordsAreCut() {
    #expect(wrapped("a bcdefgh i", to: 3) == ["a", "bcd", "efg", "h i"])
  }

  @Test func chineseBreaksAnywhereButNotBeforeAClosingMark() {
    #expect(wrapped("沪深股指，期货", to: 8) == ["沪深股", "指，期货"])
    #expect(wrapped("买入IF2106合约", to: 8) == ["买入", "IF2106合", "约"])
  }

  @Test func noLineIsTooWideAndNothingIsLost() {
    let parts = ["a", "word", "沪深", "，", "👍", " ", "e\u{301}", "/very/long/path/indeed", "\n"]
    for seed in UInt64(0)..<300 {
      var dice = Dice(seed: seed)
      let text = (0..<30).map { _ in parts.randomElement(using: &dice)! }.joined()
      let width = Int.random(in: 2...30, using: &dice)
      let lines = wrapped(text, to: width)
      #expect(lines.allSatisfy { displayWidth($0) <= width }, "seed \(seed)")
      #expect(
        lines.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace },
        "seed \(seed)")
    }
  }

  @Test func definitionsAlignAndLongTermsStandAlone() {
    let lines = definitions(
      [("-a", "first"), ("--a-name-that-is-far-too-long-to-align", "second"), ("bcd", "one two")],
      width: 12)
    #expect(
      lines == [
        "  -a   first", "  --a-name-that-is-far-too-long-to-align", "       secon", "       d",
        "  bcd  one", "       two",
      ])
  }
}
