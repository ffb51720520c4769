public import Console
public import Training

extension WorkSettings {
  /// All settings but paths, as plans keep them: a line each, which `planned` reads back.
  public var plannedLines: [String] {
    settings.entries.filter { !$0.key.hasPrefix("paths.") }
      .map { "\($0.key) \($0.value.given(as: $0.kind))" }
  }

  /// The settings of a plan with our own paths.
  public func planned(_ lines: [String]) throws(Failure) -> WorkSettings {
    try changing(
      lines.map { line in
        let parts = line.split(separator: " ", maxSplits: 1)
        return (String(parts.first ?? ""), parts.count == 2 ? String(parts[1]) : "")
      })
  }

  /// These settings with some of them changed; what cannot be is refused.
  public func changing(_ changes: [(key: String, text: String)]) throws(Failure) -> WorkSettings {
    try WorkSettings(home: home, settings: try resolving(changes))
  }

  /// Each by itself; whether they go together is not asked.
  func resolving(_ changes: [(key: String, text: String)]) throws(Failure) -> Settings {
    let own = settings.entries.map {
      Override(key: $0.key, text: $0.value.given(as: $0.kind), origin: $0.origin)
    }
    let others = changes.map {
      Override(key: $0.key, text: $0.text, origin: .flag(name: $0.key))
    }
    do throws(SettingsError) {
      return try Settings.resolve(.work, overrides: own + others)
    } catch { throw error.failure }
  }

  /// What is varied, in the order written.
  public func varied() throws(Failure) -> [Varied] {
    try settings.table("search.over").map { row throws(Failure) in
      try Varied(row.name, row.value.text, in: self)
    }
  }

  public var searchGoal: SearchGoal {
    SearchGoal(rawValue: settings.choice("search.goal")) ?? .rankIC
  }

  /// The search the settings describe, before its first trial.
  public func search(_ varied: [Varied]) throws(Failure) -> Search {
    guard !varied.isEmpty else {
      throw Failure(
        .usage, "search.over is empty: there is nothing to vary",
        remedy: "Name a setting: --over trees.leaves=7..63")
    }
    do {
      return try Search(
        varied.map(\.axis), by: Search.Method(rawValue: settings.choice("search.method")) ?? .tpe,
        trials: settings.integer("search.trials"),
        seed: UInt64(settings.integer("search.seed")))
    } catch { throw Failure(.usage, "\(error)") }
  }
}

extension Value {
  /// The text that gives this value from outside a file: there, quotes would be part of a text.
  fileprivate func given(as kind: Kind) -> String {
    if case .text(let text) = self { text } else { text(as: kind) }
  }
}
