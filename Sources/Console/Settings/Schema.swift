/// Every setting a file may hold, with its kind, its shipped default and one line of help.
public struct Schema: Sendable {
  /// One sentence on what the file is for.
  public let help: String
  public let settings: [Setting]

  /// A mistake in the table is a mistake in the program, and traps here, where every test sees it.
  public init(_ help: String, _ settings: [Setting]) {
    self.help = help
    self.settings = settings
    check(settings, inItem: false)
  }

  private func check(_ settings: [Setting], inItem: Bool) {
    precondition(Set(settings.map(\.name)).count == settings.count, "a setting twice")
    for setting in settings {
      precondition(isSettingName(setting.name), "not a setting name: \(setting.name)")
      switch setting.content {
      case .section(let inner): check(inner, inItem: inItem)
      case .leaf(let kind, let shipped):
        precondition(inItem || shipped != nil, "\(setting.name) needs a shipped default")
        check(kind)
        guard let shipped else { continue }
        var reading = Reading(.fixed(.shipped))
        _ = reading.value(shipped, as: kind, key: setting.name)
        precondition(
          reading.problems.isEmpty, "\(setting.name): the shipped default does not fit")
      }
    }
  }

  private func check(_ kind: Kind) {
    switch kind {
    case .section(let settings): check(settings, inItem: true)
    case .optional(let kind), .list(let kind), .table(let kind): check(kind)
    default: break
    }
  }
}

/// One line of the table: a group, or a value.
public struct Setting: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case section([Setting])
    /// The default is written as a person would write it; without one the value must be given.
    case leaf(Kind, shipped: String?)
  }

  public let name: String
  public let help: String
  let content: Content

  public static func section(_ name: String, _ help: String, _ settings: [Setting]) -> Setting {
    Setting(name: name, help: help, content: .section(settings))
  }

  public static func value(
    _ name: String, _ kind: Kind, _ shipped: String, _ help: String
  ) -> Setting {
    Setting(name: name, help: help, content: .leaf(kind, shipped: shipped))
  }

  /// A value without a default; only items of lists and tables may have one, so that an empty
  /// file is always a whole configuration.
  public static func required(_ name: String, _ kind: Kind, _ help: String) -> Setting {
    Setting(name: name, help: help, content: .leaf(kind, shipped: nil))
  }
}

/// Lower case, digits and single underscores: so that a variable's name turns back into the key.
private func isSettingName(_ name: String) -> Bool {
  let utf8 = Array(name.utf8)
  guard let first = utf8.first, let last = utf8.last, last != UInt8(ascii: "_") else {
    return false
  }
  return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) && !name.contains("__")
    && utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
    }
}
