/// What a value may be: parsing checks it and completion offers it.
public enum Accepted: Hashable, Sendable {
  case anything
  case oneOf([String])
  case file
}

/// A named choice on the command line, `--from DATE` or a plain switch such as `--quiet`.
public struct Flag: Hashable, Sendable {
  public let name: String
  public let letter: Character?
  /// What the help calls the value, as in `DATE`; nil for a switch.
  public let value: String?
  public let help: String
  public let accepts: Accepted
  /// The default as the help shows it; the settings hold the real one.
  public let shownDefault: String?
  public let isRepeatable: Bool
  /// The dotted path of the setting this flag overrides.
  public let setting: String?

  public init(
    _ name: String, letter: Character? = nil, value: String? = nil, _ help: String,
    accepts: Accepted = .anything, shownDefault: String? = nil, isRepeatable: Bool = false,
    setting: String? = nil
  ) {
    self.name = name
    self.letter = letter
    self.value = value
    self.help = help
    self.accepts = accepts
    self.shownDefault = shownDefault
    self.isRepeatable = isRepeatable
    self.setting = setting
  }

  public var isSwitch: Bool { value == nil }

  /// The name as people type it.
  public var shown: String { "--\(name)" }
}

extension Flag {
  static let config = Flag(
    "config", value: "FILE", "Read settings from this file.", accepts: .file)
  static let set = Flag(
    "set", value: "KEY=VALUE", "Set one setting, stronger than the file; may be repeated.",
    isRepeatable: true)
  static let json = Flag("json", "Print results as JSON on standard output.")
  static let quiet = Flag("quiet", "Print results and errors only.")
  static let noColor = Flag("no-color", "Print without colour, as NO_COLOR does.")
  static let completions = Flag(
    "completions", value: "SHELL", "Print the completion script for a shell.",
    accepts: .oneOf(Shell.allCases.map(\.rawValue)))
  static let help = Flag(
    "help", letter: "h", "Explain the command; -h in short, --help in full.")
  static let version = Flag("version", "Print the version.")

  /// The flags every command of every program knows.
  public static let everywhere = [
    config, set, json, quiet, noColor, completions, help, version,
  ]
}
