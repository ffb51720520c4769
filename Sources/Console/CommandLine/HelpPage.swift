/// The help of one program, group or command as lines for a terminal.
struct HelpPage {
  /// How the program is called here: `run`, or `auspex run` behind the launcher.
  let programTitle: String
  let program: Program
  let path: [Command]
  let width: Int
  let paint: Paint

  init(
    _ program: Program, path: [Command] = [], programTitle: String, width: Int = 80,
    paint: Paint = Paint(isOn: false)
  ) {
    self.program = program
    self.path = path
    self.programTitle = programTitle
    // Long lines are hard to read, however wide the terminal is.
    self.width = min(width, 80)
    self.paint = paint
  }

  var title: String { ([programTitle] + path.map(\.name)).joined(separator: " ") }

  private var command: Command? { path.last }
  private var commands: [Command] { command.map(\.commands) ?? program.commands }

  /// What `-h` shows: enough to type the next command.
  var short: String {
    text([
      heading, usage, commandList, operandList, flagList,
      wrapped("Everywhere: \(globalNames)", to: width),
      wrapped("More: \(title) --help", to: width),
    ])
  }

  /// What `--help` shows: all there is.
  var full: String {
    text([
      heading, usage, about, commandList, operandList, flagList, globalList, examples, exitCodes,
    ])
  }

  private func text(_ sections: [[String]]) -> String {
    sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }
}

// The sections, in the order of the page.
extension HelpPage {
  private var heading: [String] {
    let lines = wrapped("\(title) - \(command?.summary ?? program.summary)", to: width)
    // Only the name is bold, so that a broken title never carries half a colour.
    return lines.enumerated().map { index, line in
      index == 0 && line.hasPrefix(title)
        ? paint(.bold, title) + line.dropFirst(title.count) : line
    }
  }

  /// The command's form, such as `run config check [flags] FILE...`.
  var form: String {
    var parts = [title]
    if !commands.isEmpty { parts.append("COMMAND") }
    parts.append("[flags]")
    parts += (command?.operands ?? []).map(\.shown)
    return parts.joined(separator: " ")
  }

  private var usage: [String] {
    let lines = wrapped(form, to: width - 7)
    return lines.enumerated().map { ($0 == 0 ? paint(.bold, "Usage:") + " " : "       ") + $1 }
  }

  private var about: [String] {
    let paragraphs = (command?.about ?? "").split(separator: "\n\n")
    return Array(
      paragraphs.map { wrapped(String($0), to: width) }.joined(separator: [""]))
  }

  private var commandList: [String] {
    section("Commands", leaves(of: commands, under: "").map { ($0.name, $0.command.summary) })
  }

  private var operandList: [String] {
    section(
      "Arguments", (command?.operands ?? []).map { ($0.shown, describe($0.help, $0.accepts)) })
  }

  private var flagList: [String] { section("Flags", entries(command?.flags ?? [])) }

  private var globalList: [String] { section("Flags of every command", entries(Flag.everywhere)) }

  private var globalNames: String { Flag.everywhere.map(\.shown).joined(separator: " ") }

  private var examples: [String] {
    guard let examples = command?.examples, !examples.isEmpty else { return [] }
    let blocks = examples.map { example in
      wrapped(example.meaning, to: width - 4).map { "  # \($0)" }
        + shellLines("\(programTitle) \(example.arguments)")
    }
    return [paint(.bold, "Examples:")] + blocks.joined(separator: [""])
  }

  /// A command line over several lines the way a shell reads it.
  private func shellLines(_ line: String) -> [String] {
    let lines = wrapped(line, to: width - 8)
    return lines.enumerated().map { index, line in
      (index == 0 ? "  $ " : "      ") + line + (index < lines.count - 1 ? " \\" : "")
    }
  }

  private var exitCodes: [String] {
    section("Exit codes", ExitCode.allCases.map { ("\($0.rawValue)", $0.meaning) })
  }

  /// Long names stand under each other, whether a letter precedes them or not.
  private func entries(_ flags: [Flag]) -> [(term: String, text: String)] {
    let hasLetters = flags.contains { $0.letter != nil }
    return flags.map { flag in
      let (term, text) = entry(flag)
      return (hasLetters && flag.letter == nil ? "    " + term : term, text)
    }
  }

  private func section(_ name: String, _ entries: [(term: String, text: String)]) -> [String] {
    entries.isEmpty ? [] : [paint(.bold, "\(name):")] + definitions(entries, width: width)
  }
}

/// The commands that do something, with their path below the place where they are listed.
func leaves(of commands: [Command], under prefix: String) -> [(name: String, command: Command)] {
  commands.flatMap { command in
    command.action != nil
      ? [(prefix + command.name, command)]
      : leaves(of: command.commands, under: prefix + command.name + " ")
  }
}

/// A flag's line of help: how it is typed, and what it does with its choices and default.
func entry(_ flag: Flag) -> (term: String, text: String) {
  let letter = flag.letter.map { "-\($0), " } ?? ""
  let term = letter + flag.shown + (flag.value.map { " \($0)" } ?? "")
  return (term, describe(flag.help, flag.accepts, shownDefault: flag.shownDefault))
}

private func describe(
  _ help: String, _ accepts: Accepted, shownDefault: String? = nil
) -> String {
  var notes: [String] = []
  if case .oneOf(let choices) = accepts {
    notes.append("one of " + choices.joined(separator: ", "))
  }
  if let shownDefault { notes.append("default " + shownDefault) }
  return notes.isEmpty ? help : "\(help) (\(notes.joined(separator: "; ")))"
}

extension ExitCode {
  /// What the code tells a script.
  public var meaning: String {
    switch self {
    case .ok: "done"
    case .failed: "failed"
    case .usage: "the command line or the configuration is wrong"
    case .data: "the data is missing or wrong"
    case .store: "the model store is missing or damaged"
    case .refused: "refused by a gate or a risk limit"
    case .tryAgain: "not possible now, try again later"
    case .interrupted: "interrupted by Ctrl-C"
    case .terminated: "told to terminate"
    }
  }
}
