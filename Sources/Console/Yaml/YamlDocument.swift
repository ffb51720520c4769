/// A YAML file read strictly: one mapping of plain data, and every fault that was found.
///
/// Read: block mappings and sequences, also a sequence as deep as its key; flow mappings and
/// sequences on one line or several; plain text, 'single' and "double" quotes with all escapes of
/// YAML, each on one line; comments; one leading `---` line; LF or CRLF; a byte-order mark.
///
/// Refused, each with a reason of its own: anchors, aliases, tags, directives, several documents,
/// `...`, merge keys, `? ` keys, keys that are not text, a key twice, `|` and `>` texts, text over
/// several lines, `[a: b]`, `{a}`, tabs, control characters, lone carriage returns, anything but
/// UTF-8, keys of more than 1,024 characters, more than 64 levels, more than 1 MiB.
public struct YamlDocument: Sendable {
  public let path: String
  /// A mapping.
  public let root: YamlNode
  /// In the order of the file. The tree means what the file says only if there are none.
  public let faults: [YamlFault]

  public init(_ bytes: [UInt8], path: String) {
    self.path = path
    let text = YamlText(bytes)
    guard text.faults.isEmpty else {
      root = YamlNode(.mapping([]), line: 1, column: 1)
      faults = text.faults
      return
    }
    var reader = YamlReader(text)
    root = reader.root()
    faults = reader.faults.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  init(unreadable why: String, path: String) {
    self.path = path
    root = YamlNode(.mapping([]), line: 1, column: 1)
    faults = [YamlFault(.unreadable(why), line: 0, column: 0)]
  }
}
