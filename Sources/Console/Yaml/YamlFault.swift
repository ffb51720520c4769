/// Something a YAML file must not contain, and where.
public struct YamlFault: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// The file cannot be opened or read, in words; it has no line.
    case unreadable(String)
    case tooLarge
    case notUtf8
    case character(Unicode.Scalar)
    /// Not YAML at all, in words.
    case syntax(String)
    case tooDeep
    case anchor(String)
    case alias(String)
    case tag(String)
    case directive
    case severalDocuments
    case documentEnd
    case rootNotMapping
    case mergeKey
    case keyNotText
    case duplicateKey(String, firstLine: Int)
    case blockText
    case severalLines
    case explicitKey
    case bracelessPair
    /// `{a}`, where YAML would read a key without a value.
    case missingValue
    /// A mark where it does not belong.
    case punctuation
    case crowdedComment
    case needsQuotes(String)
    case hiddenCharacter(Unicode.Scalar)
  }

  public let reason: Reason
  public let line: Int
  public let column: Int

  init(_ reason: Reason, line: Int, column: Int) {
    self.reason = reason
    self.line = line
    self.column = column
  }
}
