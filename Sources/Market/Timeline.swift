/// Something that was true from a day on, with where it is known from.
public struct Fact<Value: Hashable & Sendable>: Hashable, Sendable {
  public let value: Value
  public let from: TradingDay
  /// The last day it held; `nil` where the next fact or nothing ends it.
  public let until: TradingDay?
  public let source: String
  /// Whether public sources agree on it.
  public let isVerified: Bool

  public init(
    _ value: Value, from: TradingDay, until: TradingDay? = nil, source: String, isVerified: Bool
  ) {
    self.value = value
    self.from = from
    self.until = until
    self.source = source
    self.isVerified = isVerified
  }

  public func holds(on day: TradingDay) -> Bool {
    from <= day && (until.map { day <= $0 } ?? true)
  }
}

/// The facts of one kind in the order they came into force; the latest that holds is the one that counts.
public struct Timeline<Value: Hashable & Sendable>: Hashable, Sendable {
  public let facts: [Fact<Value>]

  public init(_ facts: [Fact<Value>]) {
    // A stable order: among facts of the same day the one written later wins.
    self.facts = facts.enumerated()
      .sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }
      .map(\.element)
  }

  private init(ordered facts: [Fact<Value>]) {
    self.facts = facts
  }

  /// The same facts, but on every day that one of `others` holds it is that one that counts.
  public func overridden(by others: Timeline) -> Timeline {
    Timeline(ordered: facts + others.facts)
  }

  /// The facts from `first` to `last`: none begins earlier, none lasts longer.
  public func clipped(from first: TradingDay?, to last: TradingDay?) -> Timeline {
    Timeline(
      ordered: facts.compactMap { fact in
        let from = max(fact.from, first ?? fact.from)
        let until = fact.until.map { min($0, last ?? $0) } ?? last
        guard from <= until ?? from else { return nil }
        return Fact(
          fact.value, from: from, until: until, source: fact.source, isVerified: fact.isVerified)
      })
  }

  public func fact(on day: TradingDay) -> Fact<Value>? {
    facts.last { $0.holds(on: day) }
  }

  public subscript(day: TradingDay) -> Value? {
    fact(on: day)?.value
  }
}
