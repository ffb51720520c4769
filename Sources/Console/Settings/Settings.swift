/// Resolved settings: every value of the schema, and where it came from.
public struct Settings: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    /// The dotted path, as in `strategy.threshold`.
    public let key: String
    public let kind: Kind
    public let value: Value
    public let origin: Origin
  }

  /// In the order of the schema.
  public let entries: [Entry]
  private let positions: [String: Int]

  init(_ entries: [Entry]) {
    self.entries = entries
    positions = Dictionary(
      uniqueKeysWithValues: entries.enumerated().map { ($1.key, $0) })
  }

  /// Traps on a key that the schema does not have.
  public func entry(_ key: String) -> Entry {
    guard let position = positions[key] else {
      preconditionFailure("the schema has no setting \(key)")
    }
    return entries[position]
  }

  public subscript(key: String) -> Value { entry(key).value }
  public func origin(_ key: String) -> Origin { entry(key).origin }

  /// The settings of one group, under their names within it.
  public func section(_ key: String) -> Settings {
    let inner = entries.filter { $0.key.hasPrefix(key + ".") }
    precondition(!inner.isEmpty, "the schema has no section \(key)")
    return Settings(
      inner.map {
        Entry(
          key: String($0.key.dropFirst(key.count + 1)), kind: $0.kind, value: $0.value,
          origin: $0.origin)
      })
  }
}

/// The typed ways to ask; each traps if the schema says another kind.
extension Settings {
  public func text(_ key: String) -> String { self[key].text }
  public func flag(_ key: String) -> Bool { self[key].flag }
  public func integer(_ key: String) -> Int { self[key].integer }
  public func number(_ key: String) -> Double { self[key].number }
  public func ratio(_ key: String) -> Double { self[key].ratio }
  public func durationNanos(_ key: String) -> Int64 { self[key].durationNanos }
  public func ticks(_ key: String) -> Int { self[key].ticks }
  public func moneyHundredths(_ key: String) -> Int64 { self[key].moneyHundredths }
  public func date(_ key: String) -> CivilDate { self[key].date }
  public func timeOfDaySeconds(_ key: String) -> Int { self[key].timeOfDaySeconds }
  public func choice(_ key: String) -> String { self[key].choice }
  public func list(_ key: String) -> [Value] { self[key].list }
  public func table(_ key: String) -> [Value.Row] { self[key].table }
  /// The items of a list of groups.
  public func sections(_ key: String) -> [Settings] { self[key].list.map(\.section) }
}

/// What `config show` prints.
extension Settings {
  public struct Row: Hashable, Sendable {
    public let key: String
    /// In the form a person writes it in.
    public let value: String
    /// `shipped`, a place in a file, a variable or a flag.
    public let origin: String
  }

  public var rows: [Row] {
    entries.map { Row(key: $0.key, value: $0.value.text(as: $0.kind), origin: $0.origin.place) }
  }
}
