/// Where a value came from; a later case wins over an earlier one.
public enum Origin: Hashable, Sendable {
  case shipped
  case file(path: String, line: Int, column: Int)
  case environment(name: String)
  case flag(name: String)
}

/// A value for a settings key, given outside the file.
public struct Override: Hashable, Sendable {
  /// The dotted path of the setting, as in `strategy.threshold`.
  public let key: String
  public let text: String
  public let origin: Origin

  public init(key: String, text: String, origin: Origin) {
    self.key = key
    self.text = text
    self.origin = origin
  }
}
