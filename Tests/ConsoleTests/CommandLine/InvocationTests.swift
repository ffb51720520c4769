import Foundation
import Testing

@testable import Console
@testable import specimen

@Suite struct InvocationTests {
  private func invocation(_ words: String...) throws -> Invocation {
    let parsed = Parser.parse(words, of: sampleProgram)
    #expect(parsed.errors.isEmpty)
    return Invocation(
      parsed, command: try #require(parsed.path.last), title: "specimen trade",
      terminal: Terminal(Recording().streams()))
  }

  @Test func flagsAndArgumentsAreReadByName() throws {
    let given = try invocation("trade", "trend", "a", "b", "-d", "-i", "x", "-i", "y")
    #expect(given.has("dry"))
    #expect(!given.has("verbose"))
    #expect(given.texts("instrument") == ["x", "y"])
    #expect(given.text("from") == nil)
    #expect(given.operand("STRATEGY") == "trend")
    #expect(given.operands("NOTE") == ["a", "b"])
    #expect(given.configFile == nil)
  }

  @Test func overridesKeepTheOrderTyped() throws {
    let given = try invocation(
      "--set", "a.b=1=2", "trade", "trend", "--from", "2021-01-01", "--set", "c=", "-d")
    #expect(
      given.overrides == [
        Override(key: "a.b", text: "1=2", origin: .flag(name: "--set")),
        Override(key: "window.from", text: "2021-01-01", origin: .flag(name: "--from")),
        Override(key: "c", text: "", origin: .flag(name: "--set")),
        Override(key: "desk.dry", text: "true", origin: .flag(name: "--dry")),
      ])
  }

  @Test func integersAreCheckedAgainstTheirRange() throws {
    #expect(try invocation("trade", "trend", "-w", "8").integer("workers", in: 1...8) == 8)
    #expect(try invocation("trade", "trend").integer("workers") == nil)
    for text in ["0", "9", "-1", "x", "", "1.0", "1e3", "99999999999999999999"] {
      let given = try invocation("trade", "trend", "--workers=\(text)")
      #expect(
        throws: Failure(
          .usage, "--workers expects a whole number from 1 to 8, found \"\(text)\"",
          remedy: "See: specimen trade --help")
      ) { try given.integer("workers", in: 1...8) }
    }
  }

  @Test func numbersAreFinite() throws {
    #expect(try invocation("trade", "trend", "-w", "1e-3").number("workers") == 0.001)
    for text in ["nan", "inf", "-inf", "1e999", "half", "0x", ""] {
      let given = try invocation("trade", "trend", "--workers=\(text)")
      #expect(throws: Failure.self, "\(text)") { try given.number("workers") }
    }
    let negative = try invocation("trade", "trend", "-w", "-1")
    #expect(throws: Failure.self) { try negative.number("workers", in: 0...(.infinity)) }
  }

  @Test func askingForAnUndeclaredFlagIsAProgrammersError() async {
    await #expect(processExitsWith: .failure) {
      let parsed = Parser.parse(["config", "show"], of: sampleProgram)
      let given = Invocation(
        parsed, command: parsed.path[1], title: "t", terminal: Terminal(Recording().streams()))
      _ = given.text("from")
    }
  }
}
