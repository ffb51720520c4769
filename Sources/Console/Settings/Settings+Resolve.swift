extension Settings {
  /// Variables with our prefix that are no settings.
  public static let reservedVariables: Set<String> = [
    "AUSPEX_CONFIG", "AUSPEX_HOME", "AUSPEX_INVOKED_AS",
  ]

  /// The variable that sets a key: `AUSPEX_STRATEGY__THRESHOLD` for `strategy.threshold`.
  public static func variable(for key: String) -> String {
    variablePrefix + key.split(separator: ".").joined(separator: "__").uppercased()
  }

  private static let variablePrefix = "AUSPEX_"

  /// Flag over environment over file over shipped default; all problems of all sources at once.
  ///
  /// What a file says is checked also where something else overrides it.
  public static func resolve(
    _ schema: Schema, document: YamlDocument? = nil, environment: [String: String] = [:],
    overrides: [Override] = []
  ) throws(SettingsError) -> Settings {
    var given: [String: Reading.Given] = [:]
    var problems: [SettingsProblem] = []
    if let document { problems += read(document, schema, into: &given) }
    let leaves = schema.settings.leaves()
    let (found, unknown) = variables(environment, leaves)
    problems += unknown
    for override in found + overrides {
      problems += apply(override, leaves, into: &given)
    }
    guard problems.isEmpty else { throw SettingsError(problems: problems) }
    var shipped = Reading(.fixed(.shipped))
    return Settings(
      shipped.entries(of: schema.settings, given) { _, key, _ in
        preconditionFailure("\(key) has no shipped default")
      })
  }

  private static func read(
    _ document: YamlDocument, _ schema: Schema, into given: inout [String: Reading.Given]
  ) -> [SettingsProblem] {
    var reading = Reading(.file(path: document.path))
    reading.isComplete = document.faults.isEmpty
    reading.collect(document.root, schema.settings, into: &given)
    let faults = document.faults.map {
      SettingsProblem(
        .yaml($0.reason), at: .file(path: document.path, line: $0.line, column: $0.column))
    }
    return (faults + reading.problems).sorted { $0.position < $1.position }
  }

  /// Our variables as overrides, in the order of their names.
  private static func variables(
    _ environment: [String: String], _ leaves: [Leaf]
  ) -> ([Override], [SettingsProblem]) {
    var overrides: [Override] = []
    var problems: [SettingsProblem] = []
    let known = leaves.map { variable(for: $0.key) }
    for (name, text) in environment.sorted(by: { $0.key < $1.key })
    where name.hasPrefix(variablePrefix) && !reservedVariables.contains(name) {
      let origin = Origin.environment(name: name)
      if let position = known.firstIndex(of: name) {
        overrides.append(Override(key: leaves[position].key, text: text, origin: origin))
      } else {
        let meant = suggestion(for: name, among: known)
        problems.append(SettingsProblem(.unknownVariable(meant: meant), at: origin))
      }
    }
    return (overrides, problems)
  }

  private static func apply(
    _ override: Override, _ leaves: [Leaf], into given: inout [String: Reading.Given]
  ) -> [SettingsProblem] {
    guard let leaf = leaves.first(where: { $0.key == override.key }) else {
      let isSection = leaves.contains { $0.key.hasPrefix(override.key + ".") }
      let meant = suggestion(for: override.key, among: leaves.map(\.key))
      let reason: SettingsProblem.Reason =
        isSection ? .isSection(override.key) : .unknownSetting(override.key, meant: meant)
      return [SettingsProblem(reason, at: override.origin)]
    }
    var reading = Reading(.fixed(override.origin))
    let value = reading.value(override.text, as: leaf.kind, key: leaf.key)
    given[leaf.key] = (value, override.origin)
    return reading.problems
  }
}

extension SettingsProblem {
  fileprivate var position: (Int, Int) {
    if case .file(_, let line, let column) = origin { (line, column) } else { (0, 0) }
  }
}
