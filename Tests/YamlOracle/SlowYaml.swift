/// A strict reader of our YAML subset written line by line from its description, without libyaml:
/// slow, plain, and independent, so that the two can be compared on millions of documents.
public struct SlowYaml {
  /// Where and roughly why a text is not in the subset.
  public struct Refusal: Error, Hashable {
    public let why: String
    public let line: Int
  }

  /// One line without its end, as scalars.
  let lines: [[Unicode.Scalar]]
  var line = 0
  var column = 0
  var depth = 0

  /// Reads a whole file.
  public static func read(_ bytes: [UInt8]) throws(Refusal) -> SlowNode {
    var reader = SlowYaml(lines: try splitLines(bytes))
    return try reader.document()
  }

  init(lines: [[Unicode.Scalar]]) { self.lines = lines }

  mutating func document() throws(Refusal) -> SlowNode {
    try skipBlank(allowStart: true)
    if isMarker("-") {
      column = 3
      try endLine()
      try skipBlank()
    }
    guard !isAtEnd else { return SlowNode(.mapping([]), line: 1, column: 1) }
    let root = try blockNode()
    try skipBlank()
    guard isAtEnd else { throw refusal("text after the end") }
    guard case .mapping = root.content else { throw refusal("root is no mapping") }
    return root
  }

  // MARK: The cursor

  var isAtEnd: Bool { line >= lines.count }
  func at(_ offset: Int) -> Unicode.Scalar? {
    guard !isAtEnd, column + offset < lines[line].count else { return nil }
    return lines[line][column + offset]
  }
  var here: Unicode.Scalar? { at(0) }
  func isBlank(_ scalar: Unicode.Scalar?) -> Bool { scalar == nil || scalar == " " }
  func refusal(_ why: String) -> Refusal { Refusal(why: why, line: line + 1) }

  /// `---` or `...` at the start of a line.
  func isMarker(_ character: Unicode.Scalar) -> Bool {
    column == 0 && at(0) == character && at(1) == character && at(2) == character
      && isBlank(at(3))
  }

  mutating func skipSpaces() { while here == " " { column += 1 } }

  /// To the next character that means something, over lines and comments.
  mutating func skipBlank(allowStart: Bool = false) throws(Refusal) {
    while !isAtEnd {
      skipSpaces()
      if let here, here != "#" { break }
      if here == "#", column > 0, at(-1) != " " { throw refusal("comment touches text") }
      line += 1
      column = 0
    }
    if isMarker("."), !isAtEnd { throw refusal("document end") }
    if isMarker("-"), !isAtEnd, !allowStart { throw refusal("second document") }
  }

  /// Nothing but a comment may follow on this line.
  mutating func endLine() throws(Refusal) {
    let isTouching = !isBlank(here)
    skipSpaces()
    guard here == nil || (here == "#" && !isTouching) else { throw refusal("text after a value") }
    line += 1
    column = 0
  }
}

/// A node of the slow reader.
public struct SlowNode: Hashable {
  public enum Content: Hashable {
    case scalar([Unicode.Scalar], quoted: Bool)
    case sequence([SlowNode])
    case mapping([SlowPair])
  }

  public let content: Content
  public let line: Int
  public let column: Int

  init(_ content: Content, line: Int, column: Int) {
    self.content = content
    self.line = line
    self.column = column
  }
}

public struct SlowPair: Hashable {
  public let key: SlowNode
  public let value: SlowNode

  var text: [Unicode.Scalar] {
    if case .scalar(let text, _) = key.content { text } else { [] }
  }
}

/// Decodes, drops a byte-order mark and carriage returns before line feeds, and refuses what may
/// not be in a file at all.
func splitLines(_ bytes: [UInt8]) throws(SlowYaml.Refusal) -> [[Unicode.Scalar]] {
  guard bytes.count <= 1_048_576, let text = String(validating: bytes, as: UTF8.self) else {
    throw SlowYaml.Refusal(why: "too large or not UTF-8", line: 0)
  }
  var lines: [[Unicode.Scalar]] = [[]]
  var scalars = Array(text.unicodeScalars)
  if scalars.first?.value == 0xFEFF { scalars.removeFirst() }
  for (index, scalar) in scalars.enumerated() {
    if scalar == "\n" {
      lines.append([])
    } else if scalar == "\r" {
      guard index + 1 < scalars.count, scalars[index + 1] == "\n" else {
        throw SlowYaml.Refusal(why: "lone carriage return", line: lines.count)
      }
    } else if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      || [0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(scalar.value)
    {
      throw SlowYaml.Refusal(why: "forbidden character", line: lines.count)
    } else {
      lines[lines.count - 1].append(scalar)
    }
  }
  return lines
}
