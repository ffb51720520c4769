/// One thing a program can be told to do, or a group of such things.
public struct Command: Sendable {
  public typealias Action = @Sendable (Invocation) throws -> ExitCode

  public let name: String
  public let summary: String
  /// The paragraphs of the full help, parted by blank lines.
  public let about: String
  public let flags: [Flag]
  public let operands: [Operand]
  public let examples: [Example]
  public let commands: [Command]
  /// Nil for a group, which only holds other commands.
  public let action: Action?

  public init(
    _ name: String, _ summary: String, about: String = "", flags: [Flag] = [],
    operands: [Operand] = [], examples: [Example] = [], action: @escaping Action
  ) {
    self.name = name
    self.summary = summary
    self.about = about
    self.flags = flags
    self.operands = operands
    self.examples = examples
    self.commands = []
    self.action = action
  }

  public init(group name: String, _ summary: String, about: String = "", commands: [Command]) {
    self.name = name
    self.summary = summary
    self.about = about
    self.flags = []
    self.operands = []
    self.examples = []
    self.commands = commands
    self.action = nil
  }
}

/// A command line worth copying, without the program's name, and what it does.
public struct Example: Hashable, Sendable {
  public let arguments: String
  public let meaning: String

  public init(_ arguments: String, _ meaning: String) {
    self.arguments = arguments
    self.meaning = meaning
  }
}
