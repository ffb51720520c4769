import Testing

@testable import Console
@testable import specimen

@Suite struct CompletionTests {
  private func words(_ words: String...) -> [String]? {
    switch Completion(of: words, in: sampleProgram) {
    case .files: nil
    case .words(let candidates): candidates.map(\.word)
    }
  }

  @Test func commandsAreOfferedInTheOrderOfTheTable() {
    #expect(words("") == ["trade", "config", "wait", "deaf", "flood"])
    #expect(words() == ["trade", "config", "wait", "deaf", "flood"])
    #expect(words("c") == ["config"])
    #expect(words("--json", "config", "") == ["check", "show"])
    #expect(words("nonsense", "") == [])
  }

  @Test func flagsAreOfferedOnce() {
    #expect(words("trade", "--f") == ["--from", "--format"])
    #expect(words("trade", "--from", "x", "--f") == ["--format"])
    #expect(words("trade", "-i", "x", "--ins") == ["--instrument"])
    #expect(words("trade", "--", "--f") == [])
  }

  @Test func valuesComeFromTheTable() {
    #expect(words("trade", "--format", "") == ["table", "csv", "html"])
    #expect(words("trade", "--format", "c") == ["csv"])
    #expect(words("trade", "--format=c") == ["--format=csv"])
    #expect(words("trade", "--from", "") == [])
    #expect(words("--completions", "z") == ["zsh"])
    #expect(words("trade", "t") == ["trend"])
    #expect(words("trade", "trend", "n") == [])
  }

  @Test func filesAreLeftToTheShell() {
    #expect(words("--config", "") == nil)
    #expect(words("--config=a") == nil)
    #expect(words("config", "check", "") == nil)
    #expect(words("config", "check", "a.yaml", "b") == nil)
    #expect(words("config", "check", "--j") == ["--json"])
  }

  @Test func whereNothingElseFitsFlagsAreOffered() {
    #expect(words("config", "show", "") == Flag.everywhere.map(\.shown))
  }
}
