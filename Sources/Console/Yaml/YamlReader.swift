internal import CYAML

/// Builds the node tree from libyaml's events and refuses what our subset leaves out.
///
/// After a fault that ends the parse every further event is `streamEnd`, at which all open
/// collections close: what was read so far can still be checked against a schema.
struct YamlReader: ~Copyable {
  private var events: YamlEvents
  private let glue: YamlGlue
  private(set) var faults: [YamlFault] = []
  private var stopped = false
  /// Set by anchors, tags and directives, which stand where only punctuation is expected.
  private var hasStrays = false
  /// Where the last event that stands for characters of the file ended.
  private var cursor = 0
  private var depth = 0

  static let maximumDepth = 64
  /// More would not be read; a limit also keeps a hostile file from costing much.
  private static let maximumFaults = 100

  init(_ text: YamlText) {
    events = YamlEvents(text.bytes)
    glue = YamlGlue(scalars: text.scalars)
  }

  /// The root mapping; empty for a file with nothing but comments.
  mutating func root() -> YamlNode {
    let nothing = YamlNode(.mapping([]), line: 1, column: 1)
    _ = next()
    let start = next()
    guard case .documentStart(let explicit, let directives) = start.kind else { return nothing }
    if directives { refuseStray(.directive, at: start.start) }
    let first = next()
    expect(explicit ? "---" : "", before: first)
    let tree = node(first)
    if explicit, first.start.line == start.start.line, first.end.index > first.start.index {
      refuse(.syntax("the line after --- must be empty"), at: first.start)
    }
    finish()
    switch tree.content {
    case .mapping: return tree
    case .refused, .scalar("", quoted: false): return nothing
    default: if !stopped { refuse(.rootNotMapping, at: first.start) }
    }
    return nothing
  }

  private mutating func finish() {
    let end = next()
    guard case .documentEnd(let explicit) = end.kind else { return }
    if explicit {
      refuse(.documentEnd, at: end.start)
    } else {
      expect("", before: end)
    }
    let after = next()
    if case .documentStart = after.kind { refuse(.severalDocuments, at: after.start) }
  }

  // MARK: Nodes

  private mutating func node(_ event: YamlEvent) -> YamlNode {
    YamlNode(
      content(of: event), line: event.start.line + 1, column: event.start.column + 1)
  }

  private mutating func content(of event: YamlEvent) -> YamlNode.Content {
    if let anchor = event.anchor { refuseStray(.anchor(anchor), at: event.start) }
    if let tag = event.tag { refuseStray(.tag(tag), at: event.start) }
    switch event.kind {
    case .scalar(let text, let style):
      cursor = event.end.index
      return scalar(text, style, event)
    case .sequenceStart(let flow):
      return nested(event, flow) { $0.sequence(flow: flow) }
    case .mappingStart(let flow):
      // A pair in a list begins with its key, or with the mark of an explicit one.
      let isBraceless = flow && !glue.opensBrace(at: event.start.index)
      if isBraceless { refuse(.bracelessPair, at: event.start) }
      let mapping = nested(event, flow) { $0.mapping(flow: flow) }
      return isBraceless ? .refused : mapping
    case .alias(let name):
      cursor = event.end.index
      refuse(.alias(name), at: event.start)
      return .refused
    default:
      return .refused
    }
  }

  private mutating func scalar(
    _ text: String, _ style: yaml_scalar_style_t, _ event: YamlEvent
  ) -> YamlNode.Content {
    let isQuoted = style != YAML_PLAIN_SCALAR_STYLE
    if style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE {
      refuse(.blockText, at: event.start)
    } else if event.start.line != event.end.line {
      refuse(.severalLines, at: event.start)
    } else if !isQuoted, text.hasPrefix("?") || text.hasPrefix(":") {
      refuse(.needsQuotes(text), at: event.start)
    } else if isQuoted, let hidden = text.unicodeScalars.first(where: isHidden) {
      refuse(.hiddenCharacter(hidden), at: event.start)
    } else {
      return .scalar(text, quoted: isQuoted)
    }
    return .refused
  }

  private mutating func nested(
    _ event: YamlEvent, _ flow: Bool, _ content: (inout Self) -> YamlNode.Content
  ) -> YamlNode.Content {
    guard depth < Self.maximumDepth else {
      refuse(.tooDeep, at: event.start)
      stopped = true
      return .refused
    }
    cursor = flow ? event.end.index : event.start.index
    depth += 1
    defer { depth -= 1 }
    return content(&self)
  }

  private mutating func sequence(flow: Bool) -> YamlNode.Content {
    var items: [YamlNode] = []
    var isFirst = true
    while true {
      let event = next()
      if event.closes {
        close(event, flow: flow)
        return .sequence(items)
      }
      expect(flow ? (isFirst ? "" : ",") : "-", before: event)
      items.append(node(event))
      isFirst = false
    }
  }

  private mutating func mapping(flow: Bool) -> YamlNode.Content {
    var pairs: [YamlPair] = []
    var lines: [String: Int] = [:]
    var isFirst = true
    while true {
      let event = next()
      if event.closes {
        close(event, flow: flow)
        return .mapping(pairs)
      }
      expect(flow && !isFirst ? "," : "", before: event)
      let key = key(event, &lines)
      let value = value(of: event)
      if let key {
        pairs.append(
          YamlPair(
            key: key, line: event.start.line + 1, column: event.start.column + 1, value: value))
      }
      isFirst = false
    }
  }

  private mutating func value(of key: YamlEvent) -> YamlNode {
    let event = next()
    if !stopped, glue.between(cursor, event.start.index) == "" {
      refuse(.missingValue, at: key.start)
      return YamlNode(.refused, line: key.start.line + 1, column: key.start.column + 1)
    }
    expect(":", before: event)
    return node(event)
  }

  /// The text of a key that may stand where it stands.
  private mutating func key(_ event: YamlEvent, _ lines: inout [String: Int]) -> String? {
    let node = node(event)
    guard case .scalar(let text, let quoted) = node.content else {
      if node.content != .refused { refuse(.keyNotText, at: event.start) }
      return nil
    }
    if text == "<<", !quoted {
      refuse(.mergeKey, at: event.start)
      return nil
    }
    if text.isEmpty, !quoted {
      refuse(.explicitKey, at: event.start)
      return nil
    }
    if let first = lines[text] {
      refuse(.duplicateKey(text, firstLine: first), at: event.start)
      return nil
    }
    lines[text] = node.line
    return text
  }

  private mutating func close(_ event: YamlEvent, flow: Bool) {
    guard flow, !stopped else { return }
    if glue.between(cursor, event.start.index) != "" { expect(",", before: event) }
    cursor = event.end.index
  }

  // MARK: Events and faults

  private mutating func next() -> YamlEvent {
    let here = yaml_mark_t(index: cursor, line: 0, column: 0)
    let end = YamlEvent(kind: .streamEnd, start: YamlMark(here), end: YamlMark(here))
    if stopped { return end }
    switch events.next() {
    case .success(let event): return event
    case .failure(let syntax):
      refuse(syntax)
      return end
    }
  }

  /// Compares what stands between the last event and this one with what must stand there; libyaml
  /// is more lenient than we are, and its events alone do not show it.
  private mutating func expect(_ expected: String, before event: YamlEvent) {
    guard !stopped, !hasStrays else { return }
    switch glue.between(cursor, event.start.index) {
    case expected: return
    case nil:
      let (line, column) = glue.crowdedComment(after: cursor)
      faults.append(YamlFault(.crowdedComment, line: line, column: column))
    case "?": refuse(.explicitKey, at: event.start)
    default: refuse(.punctuation, at: event.start)
    }
  }

  /// Ends the reading. A text that runs on over lines and the syntax fault it leads to are one
  /// mistake, and are told once.
  private mutating func refuse(_ syntax: YamlSyntax) {
    stopped = true
    if case .severalLines = faults.last?.reason {
      guard syntax.isOpenBracket else { return }
      faults.removeLast()
    }
    let isWide = glue.hasWideColon(line: syntax.mark.line)
    let words = syntax.words + (isWide ? "; the wide \u{FF1A} is not a colon" : "")
    faults.append(
      YamlFault(.syntax(words), line: syntax.mark.line + 1, column: syntax.mark.column + 1))
  }

  private mutating func refuseStray(_ reason: YamlFault.Reason, at mark: YamlMark) {
    hasStrays = true
    refuse(reason, at: mark)
  }

  private mutating func refuse(_ reason: YamlFault.Reason, at mark: YamlMark) {
    faults.append(YamlFault(reason, line: mark.line + 1, column: mark.column + 1))
    if faults.count >= Self.maximumFaults { stopped = true }
  }
}

extension YamlEvent {
  fileprivate var closes: Bool {
    switch kind {
    case .sequenceEnd, .mappingEnd, .streamEnd, .documentEnd: true
    default: false
    }
  }
}

/// Control characters that an escape may smuggle into a text, where no terminal shows them.
private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x0A: false
  case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF: true
  default: false
  }
}
