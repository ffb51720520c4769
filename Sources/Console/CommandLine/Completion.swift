/// What may stand at the end of a half-typed command line.
///
/// The shells' scripts hold no table of their own: they ask the program, `run --complete WORD...`
/// with the word under the cursor last, so that one piece of code serves every shell.
enum Completion: Equatable {
  struct Candidate: Equatable {
    let word: String
    let help: String
  }

  case words([Candidate])
  case files

  init(of words: [String], in program: Program) {
    let current = words.last ?? ""
    let parsed = Parser.read(words.dropLast(), of: program)
    let flags = (parsed.path.last?.flags ?? []) + Flag.everywhere
    self = Completion.choose(current, parsed, flags, program).matching(current)
  }

  /// The lines a shell's script reads: the kind, then a word and its meaning on each line.
  var lines: String {
    switch self {
    case .files: "files\n"
    case .words(let candidates):
      "words\n" + candidates.map { "\($0.word)\t\(printable($0.help))\n" }.joined()
    }
  }

  private static func choose(
    _ current: String, _ parsed: Parsed, _ flags: [Flag], _ program: Program
  ) -> Completion {
    if let flag = parsed.awaiting { return values(flag.accepts, flag.help) }
    if parsed.errors.contains(where: { if case .unknownCommand = $0 { true } else { false } }) {
      return .words([])
    }
    if !parsed.flagsEnded, current.utf8.first == UInt8(ascii: "-") {
      return isLong(current) && current.unicodeScalars.contains("=")
        ? attached(current, flags) : .words(unused(flags, parsed))
    }
    guard let command = parsed.path.last, command.action != nil else {
      let commands = parsed.path.last.map(\.commands) ?? program.commands
      return .words(commands.map { Candidate(word: $0.name, help: $0.summary) })
    }
    let index = parsed.operands.count
    let rest = command.operands.last.flatMap { $0.count.repeats ? $0 : nil }
    let operand = index < command.operands.count ? command.operands[index] : rest
    let words = operand.map { values($0.accepts, $0.help) } ?? .words([])
    return words == .words([]) && current.isEmpty && !parsed.flagsEnded
      ? .words(unused(flags, parsed)) : words
  }

  private static func values(_ accepts: Accepted, _ help: String) -> Completion {
    switch accepts {
    case .anything: .words([])
    case .file: .files
    case .oneOf(let choices): .words(choices.map { Candidate(word: $0, help: help) })
    }
  }

  /// The values of `--format=ta`, each with the flag before it.
  private static func attached(_ current: String, _ flags: [Flag]) -> Completion {
    let name = String(current.unicodeScalars.dropFirst(2).prefix { $0 != "=" })
    guard let flag = flags.first(where: { $0.name == name }) else { return .words([]) }
    guard case .words(let choices) = values(flag.accepts, flag.help) else { return .files }
    return .words(choices.map { Candidate(word: "--\(name)=\($0.word)", help: $0.help) })
  }

  private static func unused(_ flags: [Flag], _ parsed: Parsed) -> [Candidate] {
    flags.filter { $0.isRepeatable || !parsed.has($0) }
      .map { Candidate(word: $0.shown, help: $0.help) }
  }

  private func matching(_ current: String) -> Completion {
    guard case .words(let candidates) = self else { return self }
    return .words(candidates.filter { $0.word.utf8.starts(with: current.utf8) })
  }
}
