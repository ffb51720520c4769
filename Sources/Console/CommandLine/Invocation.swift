/// A command line that passed the table: what an action asks for the user's choices.
public struct Invocation: Sendable {
  public let terminal: Terminal
  /// The command as typed, such as `run config check`.
  public let title: String
  private let command: Command
  private let parsed: Parsed

  init(_ parsed: Parsed, command: Command, title: String, terminal: Terminal) {
    self.parsed = parsed
    self.command = command
    self.title = title
    self.terminal = terminal
  }

  public var configFile: String? { text("config") }

  /// The settings given by `--set` and by flags bound to a setting, in the order typed; a repeated flag is
  /// the list of what it was given.
  public var overrides: [Override] {
    parsed.values.enumerated().compactMap { place, entry in
      let (flag, text) = entry
      if flag == .set {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return Override(
          key: String(parts[0]), text: String(parts[1]), origin: .flag(name: flag.shown))
      }
      let texts = flag.isRepeatable ? texts(flag.name) : [text]
      let isLast = !parsed.values[(place + 1)...].contains { $0.flag == flag }
      guard isLast || !flag.isRepeatable, let setting = flag.setting else { return nil }
      return Override(
        key: setting, text: texts.joined(separator: ", "), origin: .flag(name: flag.shown))
    }
  }

  /// Whether a switch, or any other flag, was given.
  public func has(_ flag: String) -> Bool { !texts(flag).isEmpty }

  public func text(_ flag: String) -> String? { texts(flag).last }

  public func texts(_ flag: String) -> [String] {
    precondition(
      (command.flags + Flag.everywhere).contains { $0.name == flag },
      "\(title) asks for --\(flag), which its table does not declare")
    return parsed.values.filter { $0.flag.name == flag }.map(\.text)
  }

  public func integer(
    _ flag: String, in range: ClosedRange<Int> = .min ... .max
  ) throws(Failure) -> Int? {
    guard let text = text(flag) else { return nil }
    if let number = Int(text), range.contains(number) { return number }
    throw failure(.notAnInteger(place: "--\(flag)", found: text, range))
  }

  /// A finite number; `nan` and `inf` are refused although the standard library reads them.
  public func number(
    _ flag: String, in range: ClosedRange<Double> = -.infinity ... .infinity
  ) throws(Failure) -> Double? {
    guard let text = text(flag) else { return nil }
    if let number = Double(text), number.isFinite, range.contains(number) { return number }
    throw failure(.notANumber(place: "--\(flag)", found: text, range))
  }

  /// The words given for a positional argument; one at most unless it repeats.
  public func operands(_ name: String) -> [String] {
    guard let index = command.operands.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("\(title) asks for \(name), which its table does not declare")
    }
    return Array(parsed.words(of: command.operands[index], at: index))
  }

  public func operand(_ name: String) -> String? { operands(name).first }

  /// A usage failure in the words of this command, for what a table cannot check.
  public func usageFailure(_ problem: String) -> Failure { .usage([problem], title) }

  private func failure(_ error: UsageError) -> Failure { usageFailure(error.message) }
}

extension Failure {
  static func usage(_ problems: [String], _ title: String) -> Failure {
    Failure(.usage, problems, remedy: "See: \(title) --help")
  }
}
