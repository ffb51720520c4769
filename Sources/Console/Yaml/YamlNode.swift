/// One piece of a YAML file, with the place where a person finds it.
public struct YamlNode: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    /// An unquoted empty text is what YAML calls null.
    case scalar(String, quoted: Bool)
    case sequence([YamlNode])
    /// In the order of the file; no key twice.
    case mapping([YamlPair])
    /// What a fault of the document is about; nothing more needs to be said of it.
    case refused
  }

  public let content: Content
  /// Counted from 1.
  public let line: Int
  /// Counted from 1, in characters (Unicode scalars), as editors count.
  public let column: Int

  public init(_ content: Content, line: Int, column: Int) {
    self.content = content
    self.line = line
    self.column = column
  }
}

/// A key and its value; the key keeps its own place for messages about it.
public struct YamlPair: Hashable, Sendable {
  public let key: String
  public let line: Int
  public let column: Int
  public let value: YamlNode

  public init(key: String, line: Int, column: Int, value: YamlNode) {
    self.key = key
    self.line = line
    self.column = column
    self.value = value
  }
}
