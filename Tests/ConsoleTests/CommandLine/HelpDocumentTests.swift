import Foundation
import Testing

@testable import Console
@testable import specimen

@Suite struct HelpDocumentTests {
  @Test func markdownNamesEveryCommandFlagAndExample() {
    let page = sampleProgram.markdown
    #expect(page.hasPrefix("# specimen\n\nA program that has one of everything"))
    for (name, command) in leaves(of: sampleProgram.commands, under: "") {
      #expect(page.contains("\n## specimen \(name)\n"))
      for flag in command.flags { #expect(page.contains("- `\(entry(flag).term)`: ")) }
      for example in command.examples { #expect(page.contains(example.arguments)) }
    }
    for flag in Flag.everywhere { #expect(page.contains("- `\(entry(flag).term)`: ")) }
    #expect(Answer(sampleProgram, ["--help-markdown"]).output == page)
  }

  @Test func helpAsJSONIsReadByAnotherReader() throws {
    let text = Answer(sampleProgram, ["--help", "--json"]).output
    let top = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(top["name"] as? String == "specimen")
    let commands = try #require(top["commands"] as? [[String: Any]])
    #expect(commands.map { $0["name"] as? String } == sampleProgram.commands.map(\.name))
    let flags = try #require(commands[0]["flags"] as? [[String: Any]])
    #expect(flags[0]["setting"] as? String == "window.from")
    #expect(flags[0]["default"] as? String == "2020-01-01")
    #expect(flags[2]["choices"] as? [String] == ["table", "csv", "html"])
    #expect((top["exitCodes"] as? [Any])?.count == ExitCode.allCases.count)
  }

  @Test func helpOfOneCommandAsJSON() throws {
    let text = Answer(sampleProgram, ["--json", "config", "check", "-h"]).output
    let command = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(command["name"] as? String == "check")
    let operands = try #require(command["arguments"] as? [[String: Any]])
    #expect(operands[0]["required"] as? Bool == true)
    #expect(operands[0]["repeatable"] as? Bool == true)
  }
}
