/// Turns YAML nodes and override texts into values, and keeps every problem on the way.
struct Reading {
  enum Source {
    case file(path: String)
    case fixed(Origin)
  }

  let source: Source
  /// False when parts of the file were refused: what seems missing may be among them.
  var isComplete = true
  private(set) var problems: [SettingsProblem] = []
  /// More would not be read; a limit also keeps a hostile file from costing much.
  private static let maximumProblems = 100

  init(_ source: Source) { self.source = source }

  // MARK: Overrides

  /// A text from outside a file: a scalar as it stands, a list as `a, b` or `[a, b]`.
  mutating func value(_ text: String, as kind: Kind, key: String) -> Value? {
    guard !kind.isScalar else {
      let content = YamlNode.Content.scalar(text, quoted: kind.takesLiterally(text))
      return value(YamlNode(content, line: 0, column: 0), as: kind, key: key)
    }
    // Most shipped defaults of market files are empty, and there are thousands of them.
    if text == "[]", case .list = kind { return .list([]) }
    if text == "{}", case .table = kind { return .table([]) }
    var flow = text
    if case .list = kind, !text.hasPrefix("[") { flow = "[\(text)]" }
    let document = YamlDocument(Array("value: \(flow)".utf8), path: "")
    guard document.faults.isEmpty, case .mapping(let pairs) = document.root.content,
      let pair = pairs.first, pairs.count == 1, pair.key == "value"
    else {
      let reason = SettingsProblem.Reason.unfit(key: key, text: text, form: kind.form, meant: nil)
      problem(reason, line: 0, column: 0)
      return nil
    }
    return value(pair.value, as: kind, key: key)
  }

  // MARK: Nodes

  mutating func value(_ node: YamlNode, as kind: Kind, key: String) -> Value? {
    switch (kind, node.content) {
    case (_, .refused):
      return nil
    case (.optional, .scalar("null", false)), (.optional, .scalar("~", false)):
      return Value.nothing
    case (.optional(let inner), _):
      return value(node, as: inner, key: key)
    case (.section(let settings), .mapping), (.section(let settings), .scalar("", false)):
      return item(node, settings, key: key)
    case (_, .scalar("", false)), (_, .scalar("null", false)), (_, .scalar("~", false)):
      problem(.empty(key: key, form: kind.form), node)
    case (.list(let inner), .sequence(let nodes)):
      let items = nodes.indices.compactMap {
        value(nodes[$0], as: inner, key: "\(key)[\($0)]")
      }
      return .list(items)
    case (.table(let inner), .mapping(let pairs)):
      let rows = pairs.compactMap { pair in
        value(pair.value, as: inner, key: "\(key).\(pair.key)")
          .map { Value.Row(name: pair.key, value: $0) }
      }
      return .table(rows)
    case (_, .scalar(let text, _)) where kind.isScalar:
      return scalar(text, as: kind, key, node)
    default:
      problem(.wrongShape(key: key, found: node.shape, form: kind.form), node)
    }
    return nil
  }

  private mutating func scalar(
    _ text: String, as kind: Kind, _ key: String, _ node: YamlNode
  ) -> Value? {
    guard let value = kind.scalar(text) else {
      var meant: String?
      if case .choice(let names) = kind { meant = suggestion(for: text, among: names) }
      problem(.unfit(key: key, text: text, form: kind.form, meant: meant), node)
      return nil
    }
    guard kind.contains(value) else {
      problem(.outside(key: key, text: text, limits: kind.limits ?? ""), node)
      return nil
    }
    return value
  }

  /// A group of settings inside a list or a table: whole in itself, with its own defaults.
  private mutating func item(_ node: YamlNode, _ settings: [Setting], key: String) -> Value {
    var given: [String: Given] = [:]
    collect(node, settings, within: key + ".", below: "", into: &given)
    let entries = entries(of: settings, given) { reading, name, form in
      guard reading.isComplete else { return }
      reading.problem(.missing(key: "\(key).\(name)", form: form), node)
    }
    return .section(Settings(entries))
  }

  // MARK: Sections

  typealias Given = (value: Value?, origin: Origin)

  /// Reads the pairs of a section; keys of `given` are dotted and begin with `prefix`, those of
  /// messages begin with `outer` too.
  mutating func collect(
    _ node: YamlNode, _ settings: [Setting], within outer: String = "", below prefix: String = "",
    into given: inout [String: Given]
  ) {
    guard case .mapping(let pairs) = node.content else { return }
    for pair in pairs where problems.count < Self.maximumProblems {
      let key = prefix + pair.key
      guard let setting = settings.first(where: { $0.name == pair.key }) else {
        let meant = nearest(to: pair.key, among: settings, below: prefix)
        problem(.unknownKey(pair.key, meant: meant), line: pair.line, column: pair.column)
        continue
      }
      switch (setting.content, pair.value.content) {
      case (.section(let inner), .mapping), (.section(let inner), .scalar("", false)):
        collect(pair.value, inner, within: outer, below: key + ".", into: &given)
      case (.section, .refused):
        break
      case (.section, _):
        let form = Kind.section([]).form
        problem(
          .wrongShape(key: outer + key, found: pair.value.shape, form: form), pair.value)
      case (.leaf(let kind, _), _):
        let value = value(pair.value, as: kind, key: outer + key)
        given[key] = (value, origin(pair.value.line, pair.value.column))
      }
    }
  }

  /// A sibling spelt alike, or a setting of that name in a group below.
  private func nearest(to name: String, among settings: [Setting], below prefix: String)
    -> String?
  {
    if let near = suggestion(for: name, among: settings.map(\.name)) { return near }
    return settings.leaves(below: prefix).first { $0.key.hasSuffix(".\(name)") }?.key
  }

  /// Every setting in the order of the schema, as given or as shipped.
  mutating func entries(
    of settings: [Setting], _ given: [String: Given],
    missing: (inout Reading, _ key: String, _ form: String) -> Void
  ) -> [Settings.Entry] {
    var entries: [Settings.Entry] = []
    for leaf in settings.leaves() {
      if let found = given[leaf.key] {
        guard let value = found.value else { continue }
        entries.append(
          Settings.Entry(key: leaf.key, kind: leaf.kind, value: value, origin: found.origin))
      } else if let shipped = leaf.shipped {
        var reading = Reading(.fixed(.shipped))
        guard let value = reading.value(shipped, as: leaf.kind, key: leaf.key) else { continue }
        entries.append(
          Settings.Entry(key: leaf.key, kind: leaf.kind, value: value, origin: .shipped))
      } else {
        missing(&self, leaf.key, leaf.kind.form)
      }
    }
    return entries
  }

  // MARK: Problems

  private func origin(_ line: Int, _ column: Int) -> Origin {
    switch source {
    case .file(let path): .file(path: path, line: line, column: column)
    case .fixed(let origin): origin
    }
  }

  private mutating func problem(_ reason: SettingsProblem.Reason, _ node: YamlNode) {
    problem(reason, line: node.line, column: node.column)
  }

  private mutating func problem(_ reason: SettingsProblem.Reason, line: Int, column: Int) {
    guard problems.count < Self.maximumProblems else { return }
    problems.append(SettingsProblem(reason, at: origin(line, column)))
  }
}

extension YamlNode {
  /// For messages about the wrong shape.
  var shape: String {
    switch content {
    case .scalar(let text, _) where text.contains("\u{FF1A}"): "text, for \u{FF1A} is not a colon"
    case .scalar: "text"
    case .sequence: "a list"
    case .mapping: "a group of keys"
    case .refused: "nothing"
    }
  }
}
