internal import Glibc

extension Program {
  /// Runs the process's own command line and ends the process.
  public func main() -> Never {
    exit(run(Array(CommandLine.arguments.dropFirst()), on: .standard).rawValue)
  }

  /// Runs a command line on the given streams.
  public func run(_ words: [String], on streams: Streams) -> ExitCode {
    switch words.first {
    case "--complete":
      streams.output(Completion(of: Array(words.dropFirst()), in: self).lines)
      return .ok
    case "--help-markdown":
      streams.output(markdown)
      return .ok
    default:
      break
    }
    let parsed = Parser.parse(words, of: self)
    let terminal = Terminal(
      streams, isQuiet: parsed.has(.quiet), isJSON: parsed.has(.json),
      noColor: parsed.has(.noColor))
    do {
      return try answer(parsed, words, terminal, streams)
    } catch let failure as Failure {
      terminal.report(failure)
      return failure.exitCode
    } catch {
      terminal.report(Failure(.failed, "\(error)"))
      return .failed
    }
  }

  /// Help, version and scripts are given even on a command line that is wrong elsewhere.
  private func answer(
    _ parsed: Parsed, _ words: [String], _ terminal: Terminal, _ streams: Streams
  ) throws -> ExitCode {
    let invokedName = invokedName(streams.environment["AUSPEX_INVOKED_AS"])
    let page = HelpPage(
      self, path: parsed.path, programTitle: invokedName, width: streams.columns,
      paint: terminal.paint)
    if parsed.has(.help) {
      if terminal.isJSON {
        terminal.print(description(of: parsed.path))
      } else {
        terminal.print(words.contains(Flag.help.shown) ? page.full : page.short)
      }
    } else if parsed.has(.version) {
      terminal.isJSON
        ? terminal.print(["program": .text(name), "version": .text(Program.release)])
        : terminal.print("\(invokedName) \(Program.release)\n")
    } else if let shell = parsed.text(.completions).flatMap(Shell.init) {
      terminal.print(shell.script(for: invokedName == name ? name : "auspex"))
    } else if parsed.errors.isEmpty {
      return try perform(parsed, page, terminal, streams)
    } else {
      throw Failure.usage(parsed.errors.map(\.message), page.title)
    }
    return .ok
  }

  private func perform(
    _ parsed: Parsed, _ page: HelpPage, _ terminal: Terminal, _ streams: Streams
  ) throws -> ExitCode {
    guard let command = parsed.path.last, let action = command.action else {
      if terminal.isJSON { throw Failure.usage(["\(page.title) needs a command"], page.title) }
      streams.talk(page.short)
      return .usage
    }
    return try action(
      Invocation(parsed, command: command, title: page.title, terminal: terminal))
  }

  /// The launcher says under which name it calls; anything but its own form is not believed.
  private func invokedName(_ name: String?) -> String {
    name == "auspex \(self.name)" ? "auspex \(self.name)" : self.name
  }
}
