import Fixtures
import Foundation
import Testing

@testable import Console

/// One of the package's own programs, as built next to the test bundle.
struct BuiltProgram: CustomTestStringConvertible, Sendable {
  static let all = ["data", "train", "evaluate", "run", "bench"].map { BuiltProgram(name: $0) }
  static let folder = Spawned.programs

  let name: String

  var testDescription: String { name }
  var path: String { "\(Self.folder)/\(name)" }

  /// What the program prints; anything but success is an error.
  func answer(_ words: [String]) throws -> String {
    try #require(FileManager.default.isExecutableFile(atPath: path), "\(path) was not built")
    let process = Spawned(path, words, environment: ["NO_COLOR=1"])
    let exitCode = process.wait()
    try #require(exitCode == 0, "\(name) \(words): \(process.talkText)")
    return process.outputText
  }

  /// The program's table, read back from its own description of it.
  func table() throws -> Program {
    let text = try answer(["--help", "--json"])
    return try JSONDecoder().decode(ProgramDescription.self, from: Data(text.utf8)).program
  }
}

/// What `--help --json` prints for a program.
private struct ProgramDescription: Decodable {
  let name: String
  let summary: String
  let commands: [CommandDescription]

  var program: Program { Program(name, summary, commands: commands.map(\.command)) }
}

private struct CommandDescription: Decodable {
  let name: String
  let summary: String
  let about: String
  let commands: [CommandDescription]
  let flags: [FlagDescription]
  let arguments: [OperandDescription]
  let examples: [ExampleDescription]

  var command: Command {
    if !commands.isEmpty {
      return Command(group: name, summary, about: about, commands: commands.map(\.command))
    }
    return Command(
      name, summary, about: about, flags: flags.map(\.flag), operands: arguments.map(\.operand),
      examples: examples.map { Example($0.arguments, $0.meaning) }
    ) { _ in .ok }
  }
}

private struct ExampleDescription: Decodable {
  let arguments: String
  let meaning: String
}

private struct FlagDescription: Decodable {
  let name: String
  let letter: String?
  let value: String?
  let help: String
  let choices: [String]
  let repeatable: Bool

  var flag: Flag {
    Flag(
      name, letter: letter?.first, value: value, help,
      accepts: choices.isEmpty ? .anything : .oneOf(choices), isRepeatable: repeatable)
  }
}

private struct OperandDescription: Decodable {
  let name: String
  let help: String
  let required: Bool
  let repeatable: Bool
  let choices: [String]

  var operand: Operand {
    let count: Operand.Count =
      required ? (repeatable ? .oneOrMore : .one) : (repeatable ? .anyNumber : .optional)
    return Operand(
      name, help, count: count, accepts: choices.isEmpty ? .anything : .oneOf(choices))
  }
}
