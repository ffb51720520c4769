/// Block style: lines and indentation.
extension SlowYaml {
  mutating func enter() throws(Refusal) {
    depth += 1
    if depth > 64 { throw refusal("too deep") }
  }

  /// From the start of a key to its colon.
  static var maximumKeyWidth: Int { 1_024 }

  var isItem: Bool { here == "-" && isBlank(at(1)) }

  /// Whatever begins at the cursor; its lines share the cursor's column.
  mutating func blockNode() throws(Refusal) -> SlowNode {
    if isItem { return try blockSequence() }
    if try isKey() { return try blockMapping() }
    return try lineValue()
  }

  /// Whether a key and its colon begin here, by trying.
  func isKey() throws(Refusal) -> Bool {
    if here == "[" || here == "{" { return false }
    var trial = self
    _ = try trial.scalar(inFlow: false)
    trial.skipSpaces()
    return trial.here == ":" && isBlank(trial.at(1))
  }

  /// A scalar or a flow collection, and nothing after it on its last line.
  mutating func lineValue() throws(Refusal) -> SlowNode {
    let value = here == "[" || here == "{" ? try flowNode() : try scalar(inFlow: false)
    try endLine()
    return value
  }

  mutating func blockMapping() throws(Refusal) -> SlowNode {
    try enter()
    let (startLine, start) = (line, column)
    var pairs: [SlowPair] = []
    while !isAtEnd, column == start, !isItem {
      let key = try scalar(inFlow: false)
      skipSpaces()
      guard here == ":", isBlank(at(1)), column - start <= Self.maximumKeyWidth else {
        throw refusal("no colon")
      }
      column += 1
      let value = try blockValue(below: start)
      try append(SlowPair(key: key, value: value), to: &pairs)
      try skipBlank()
    }
    if !isAtEnd, column > start || (column == start && isItem) { throw refusal("indentation") }
    depth -= 1
    return SlowNode(.mapping(pairs), line: startLine + 1, column: start + 1)
  }

  mutating func append(_ pair: SlowPair, to pairs: inout [SlowPair]) throws(Refusal) {
    guard case .scalar(let text, let quoted) = pair.key.content else { throw refusal("key") }
    if !quoted, text == ["<", "<"] { throw refusal("merge key") }
    let known = pairs.map { word($0.text) }
    if known.contains(word(text)) { throw refusal("twice") }
    pairs.append(pair)
  }

  /// Composed and decomposed letters make the same key.
  private func word(_ scalars: [Unicode.Scalar]) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  /// What follows a key's colon: on the same line, deeper on later lines, or a list at the same
  /// depth; or nothing.
  mutating func blockValue(below start: Int) throws(Refusal) -> SlowNode {
    let nothing = SlowNode(.scalar([], quoted: false), line: line + 1, column: column + 1)
    skipSpaces()
    if let here, here != "#" {
      let isBlock = isItem ? true : try isKey()
      if isBlock { throw refusal("a block on its key's line") }
      return try lineValue()
    }
    try skipBlank()
    if isAtEnd || column < start { return nothing }
    if column > start { return try blockNode() }
    return isItem ? try blockSequence(isLevelWithKey: true) : nothing
  }

  mutating func blockSequence(isLevelWithKey: Bool = false) throws(Refusal) -> SlowNode {
    try enter()
    let (startLine, start) = (line, column)
    var items: [SlowNode] = []
    while !isAtEnd, column == start, isItem {
      let nothing = SlowNode(.scalar([], quoted: false), line: line + 1, column: column + 2)
      column += 1
      let itemLine = line
      try skipBlank()
      if !isAtEnd, line == itemLine || column > start {
        items.append(try blockNode())
      } else {
        items.append(nothing)
      }
      try skipBlank()
    }
    if !isAtEnd, column > start || (column == start && !isLevelWithKey) {
      throw refusal("indentation")
    }
    depth -= 1
    return SlowNode(.sequence(items), line: startLine + 1, column: start + 1)
  }
}
