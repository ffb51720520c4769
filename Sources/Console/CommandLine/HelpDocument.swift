extension Program {
  /// The program's chapter of the documentation, in Markdown.
  public var markdown: String {
    var blocks = ["# \(name)", "\(summary)."]
    for (path, command) in leaves(of: commands, under: "") {
      blocks += chapter(path, command)
    }
    blocks += ["## Flags of every command", list(Flag.everywhere.map(entry))]
    blocks.append("## Exit codes")
    blocks.append(list(ExitCode.allCases.map { ("\($0.rawValue)", $0.meaning) }))
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func chapter(_ path: String, _ command: Command) -> [String] {
    var blocks = ["## \(name) \(path)", "\(command.summary)."]
    blocks += command.about.split(separator: "\n\n").map {
      wrapped(String($0), to: 80).joined(separator: "\n")
    }
    let usage = (["\(name) \(path) [flags]"] + command.operands.map(\.shown))
    blocks.append("```\n\(usage.joined(separator: " "))\n```")
    let entries = command.operands.map { ($0.shown, $0.help) } + command.flags.map(entry)
    if !entries.isEmpty { blocks.append(list(entries)) }
    for example in command.examples {
      blocks.append("\(example.meaning)\n\n```\n\(name) \(example.arguments)\n```")
    }
    return blocks
  }

  private func list(_ entries: [(term: String, text: String)]) -> String {
    entries.map { "- `\($0.term)`: \($0.text)" }.joined(separator: "\n")
  }
}

extension Program {
  /// The table as data, for `--help --json`: the program, or the command at the end of the path.
  func description(of path: [Command]) -> JSON {
    if let command = path.last { return command.description }
    return [
      "name": .text(name), "summary": .text(summary), "version": .text(Program.release),
      "commands": .list(commands.map(\.description)),
      "flags": .list(Flag.everywhere.map(\.description)),
      "exitCodes": .list(
        ExitCode.allCases.map {
          ["code": .integer(Int($0.rawValue)), "meaning": .text($0.meaning)]
        }),
    ]
  }
}

extension Command {
  fileprivate var description: JSON {
    [
      "name": .text(name), "summary": .text(summary), "about": .text(about),
      "commands": .list(commands.map(\.description)),
      "flags": .list(flags.map(\.description)),
      "arguments": .list(operands.map(\.description)),
      "examples": .list(
        examples.map { ["arguments": .text($0.arguments), "meaning": .text($0.meaning)] }),
    ]
  }
}

extension Flag {
  fileprivate var description: JSON {
    [
      "name": .text(name), "letter": JSON(letter.map { String($0) }), "value": JSON(value),
      "help": .text(help), "choices": accepts.choices, "default": JSON(shownDefault),
      "repeatable": .flag(isRepeatable), "setting": JSON(setting),
    ]
  }
}

extension Operand {
  fileprivate var description: JSON {
    [
      "name": .text(name), "help": .text(help), "required": .flag(count.isRequired),
      "repeatable": .flag(count.repeats), "choices": accepts.choices,
    ]
  }
}

extension Accepted {
  fileprivate var choices: JSON { if case .oneOf(let choices) = self { JSON(choices) } else { [] } }
}
