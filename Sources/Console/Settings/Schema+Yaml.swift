extension Schema {
  /// Every setting with its shipped default and its help as comments: a file to start from, which
  /// is itself a valid configuration.
  public var yaml: String {
    var lines = ["# \(help)"]
    write(settings, indent: "", into: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private func write(_ settings: [Setting], indent: String, into lines: inout [String]) {
    for setting in settings {
      switch setting.content {
      case .section(let inner):
        lines += ["", "\(indent)# \(setting.help)", "\(indent)\(setting.name):"]
        write(inner, indent: indent + "  ", into: &lines)
      case .leaf(let kind, let shipped):
        if indent.isEmpty { lines.append("") }
        lines += wrapped(comment(setting, kind), indent + "# ")
        lines.append("\(indent)\(setting.name): \(kind.yaml(shipped ?? ""))")
        lines += kind.example(indent: indent)
      }
    }
  }
}

private func comment(_ setting: Setting, _ kind: Kind) -> String {
  setting.help + " (" + kind.form + (kind.limits.map { ", " + $0 } ?? "") + ")"
}

/// Breaks a comment at spaces so that it stays within 80 columns.
private func wrapped(_ text: String, _ prefix: String) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    if !line.isEmpty, prefix.count + line.count + 1 + word.count > 80 {
      lines.append(prefix + line)
      line = ""
    }
    line += (line.isEmpty ? "" : " ") + word
  }
  return lines + [prefix + line]
}

extension Kind {
  /// A shipped default, which is written like an override, as the value of a key.
  fileprivate func yaml(_ shipped: String) -> String {
    switch self {
    case .text, .choice: quotedIfNeeded(shipped)
    case .optional(let kind): shipped == "null" ? shipped : kind.yaml(shipped)
    case .list where !shipped.hasPrefix("["): "[\(shipped)]"
    default: shipped
    }
  }

  /// How an item of a list or table of groups looks, as comments below an empty default.
  fileprivate func example(indent: String) -> [String] {
    let settings: [Setting]
    let first: String
    switch self {
    case .list(.section(let inner)): (settings, first) = (inner, "#   - ")
    case .table(.section(let inner)): (settings, first) = (inner, Self.indented)
    default: return []
    }
    var lines = first == Self.indented ? [indent + "#   a_name:"] : []
    for (number, leaf) in settings.leaves().enumerated() {
      let setting = Setting(
        name: leaf.key, help: leaf.help, content: .leaf(leaf.kind, shipped: nil))
      let need = leaf.shipped == nil ? ", required" : ""
      lines += wrapped(comment(setting, leaf.kind) + need, indent + "#     # ")
      let value = leaf.shipped.map { " " + leaf.kind.yaml($0) } ?? ""
      lines.append(indent + (number == 0 ? first : Self.indented) + leaf.key + ":" + value)
    }
    return lines
  }

  private static var indented: String { "#     " }
}
