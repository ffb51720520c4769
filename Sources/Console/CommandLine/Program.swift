/// The table a program is made of; parsing, help, completion and the documentation all read it.
public struct Program: Sendable {
  public static let release = "0.1.0"

  public let name: String
  /// One line, without a full stop, of at most 60 characters: lists of commands print it.
  public let summary: String
  public let commands: [Command]

  public init(_ name: String, _ summary: String, commands: [Command]) {
    self.name = name
    self.summary = summary
    self.commands = commands
  }
}

extension Program {
  /// What is wrong with the table itself; a program's test expects none.
  public var faults: [String] {
    summaryFaults(summary, at: name) + repeated(commands.map(\.name), at: name)
      + commands.flatMap { $0.faults(at: "\(name) \($0.name)") }
  }
}

extension Command {
  fileprivate func faults(at place: String) -> [String] {
    let own = flags + Flag.everywhere
    let letters = own.compactMap { flag in flag.letter.map { "-\($0)" } }
    let firstOptional = operands.firstIndex { $0.count != .one } ?? operands.count
    var faults = summaryFaults(summary, at: place)
    faults += repeated(own.map(\.shown) + letters, at: place)
    faults += repeated(operands.map(\.name), at: place)
    if operands.dropFirst(firstOptional + 1).contains(where: { $0.count == .one })
      || operands.dropLast().contains(where: { $0.count.repeats })
    {
      faults.append("\(place): only the last arguments may be optional or repeat")
    }
    for flag in flags where flag.isSwitch && (flag.accepts != .anything || flag.isRepeatable) {
      faults.append("\(place): \(flag.shown) is a switch, yet it describes a value")
    }
    faults += repeated(commands.map(\.name), at: place)
    return faults + commands.flatMap { $0.faults(at: "\(place) \($0.name)") }
  }
}

private func summaryFaults(_ summary: String, at place: String) -> [String] {
  if summary.isEmpty { return ["\(place): the summary is empty"] }
  if summary.hasSuffix(".") { return ["\(place): the summary ends with a full stop"] }
  return displayWidth(summary) > 60 ? ["\(place): the summary is over 60 columns"] : []
}

private func repeated(_ names: [String], at place: String) -> [String] {
  names.indices.filter { names[..<$0].contains(names[$0]) }
    .map { "\(place): \(names[$0]) appears twice" }
}
