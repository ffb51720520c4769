/// One thing that keeps the settings from being used, and the place where a person mends it.
public struct SettingsProblem: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case yaml(YamlFault.Reason)
    case unknownKey(String, meant: String?)
    case unknownVariable(meant: String?)
    case unknownSetting(String, meant: String?)
    /// A flag or a variable names a group, which has no value of its own.
    case isSection(String)
    case missing(key: String, form: String)
    case empty(key: String, form: String)
    case wrongShape(key: String, found: String, form: String)
    case unfit(key: String, text: String, form: String, meant: String?)
    case outside(key: String, text: String, limits: String)
  }

  public let origin: Origin
  public let reason: Reason

  init(_ reason: Reason, at origin: Origin) {
    self.origin = origin
    self.reason = reason
  }
}

/// Everything that is wrong with a configuration, at once.
public struct SettingsError: Error, Hashable, Sendable {
  public let problems: [SettingsProblem]

  /// How a program tells it and ends.
  public var failure: Failure { Failure(.usage, problems.map(\.message)) }
}
