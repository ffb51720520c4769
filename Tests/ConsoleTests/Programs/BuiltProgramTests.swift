import Fixtures
import Foundation
import Testing

@testable import Console

/// The real programs and the page that is made of their tables.
@Suite struct BuiltProgramTests {
  @Test(arguments: BuiltProgram.all) func theTableHasNoFaults(program: BuiltProgram) throws {
    let table = try program.table()
    #expect(table.name == program.name)
    #expect(table.faults == [])
    #expect(!table.commands.isEmpty)
  }

  /// A person who copies an example must not meet an error about the command line.
  @Test(arguments: BuiltProgram.all) func everyExampleIsUnderstood(program: BuiltProgram) throws {
    let table = try program.table()
    for (path, command) in leaves(of: table.commands, under: "") {
      #expect(!command.examples.isEmpty, "\(program.name) \(path) has no example")
      for example in command.examples {
        let parsed = Parser.parse(words(of: example.arguments), of: table)
        #expect(parsed.errors.map(\.message) == [], "\(program.name) \(example.arguments)")
        let found = parsed.path.map(\.name).joined(separator: " ")
        #expect(found == path, "\(program.name) \(example.arguments) is another command's")
      }
    }
  }

  @Test(arguments: BuiltProgram.all) func helpFitsTheTerminal(program: BuiltProgram) throws {
    for path in try paths(of: program) {
      for flag in ["-h", "--help"] {
        let page = try program.answer(path + [flag])
        #expect(page.contains("Usage: \(([program.name] + path).joined(separator: " "))"))
        for line in page.split(separator: "\n") where displayWidth(String(line)) > 80 {
          Issue.record("\(program.name) \(path) \(flag): over 80 columns: \(line)")
        }
      }
    }
  }

  @Test(arguments: BuiltProgram.all) func helpAsJsonNamesItsCommand(program: BuiltProgram) throws {
    for path in try paths(of: program) {
      let text = try program.answer(path + ["--help", "--json"])
      let page = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      #expect(page?["name"] as? String == path.last ?? program.name)
    }
  }

  @Test func thePageOfCommandsIsFresh() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let process = Spawned(
      root.appendingPathComponent("scripts/docs").path, ["--print", BuiltProgram.folder])
    #expect(process.wait() == 0, "\(process.talkText)")
    let page = root.appendingPathComponent("Documentation/COMMANDS.md")
    let kept = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
    let fresh = process.outputText.split(separator: "\n")
    let change = zip(kept, fresh).first { $0 != $1 }
    #expect(
      kept == fresh,
      """
      Documentation/COMMANDS.md is stale; make docs writes it anew. \
      Kept: \(change.map { $0.0 } ?? "\(kept.count) lines"), \
      fresh: \(change.map { $0.1 } ?? "\(fresh.count) lines")
      """)
  }

  /// The words a shell would hand over: split at spaces outside double quotes, up to a redirection.
  private func words(of line: String) -> [String] {
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    var words = [""]
    for (index, part) in parts.enumerated() {
      let pieces =
        index.isMultiple(of: 2)
        ? part.split(separator: " ", omittingEmptySubsequences: false) : [part]
      words[words.count - 1] += pieces[0]
      words += pieces.dropFirst().map(String.init)
    }
    return Array(words.filter { !$0.isEmpty }.prefix { $0 != ">" && $0 != "|" })
  }

  /// The program itself, its groups and its commands, as words to type.
  private func paths(of program: BuiltProgram) throws -> [[String]] {
    func below(_ commands: [Command], _ prefix: [String]) -> [[String]] {
      commands.flatMap { [prefix + [$0.name]] + below($0.commands, prefix + [$0.name]) }
    }
    return [[]] + below(try program.table().commands, [])
  }
}
