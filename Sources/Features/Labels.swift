public import Market

/// The rows a label rests on: from the row of its entry price to the row of its exit price; in a panel the
/// moments of those rows.
public struct LabelSpan: Hashable, Sendable {
  public let entryRow: Int32
  public let exitRow: Int32

  public init(entryRow: Int, exitRow: Int) {
    self.entryRow = Int32(entryRow)
    self.exitRow = Int32(exitRow)
  }
}

/// A label per row with the span it covers; the last rows, whose outcome lies beyond the data, have
/// none.
public struct Labels: Sendable {
  /// What a model learns; NaN where there is no label.
  public internal(set) var values: [Double]
  /// The simple return behind each label, NaN where there is none.
  public let returns: [Double]
  /// What a forecast of one means as a return at each row.
  public let units: [Double]
  /// `nil` where there is no label.
  public internal(set) var spans: [LabelSpan?]
  /// When each label can first be known: the close of its exit bar, for a bar is known at its
  /// close.
  public internal(set) var knownAt: [Instant?]
  /// Rows after which the entry price could not be had in time: nobody learns from them, and a
  /// forecast for them earns nothing, but it is scored.
  public let isMissed: [Bool]
  /// Whether values are places among others, whose worth as a return has yet to be learned.
  public internal(set) var isRanked = false

  /// Labels made elsewhere: one value, span and instant per row.
  public init(values: [Double], spans: [LabelSpan?], knownAt: [Instant?]) {
    precondition(
      values.count == spans.count && values.count == knownAt.count, "one of each per row")
    self.values = values
    self.spans = spans
    self.knownAt = knownAt
    returns = values
    units = [Double](repeating: 1, count: values.count)
    isMissed = [Bool](repeating: false, count: values.count)
  }

  /// Labels of bars. Those that are not tradable are neither entered, left nor counted; nil means all
  /// are. `deviations` holds the column of the definition's volatility where it rests on one.
  ///
  /// A row whose horizon crosses one of the `breaks` has no label, even where a barrier was met
  /// before: keeping those alone would teach that prices near a roll move far.
  public init(
    _ definition: LabelDefinition, bars: [Bar], isTradable: [Bool]? = nil,
    deviations: [Float]? = nil, breaks: [Instant] = []
  ) {
    precondition(isTradable.map { $0.count == bars.count } ?? true, "one mark per bar")
    precondition(deviations.map { $0.count == bars.count } ?? true, "one deviation per bar")
    precondition(
      definition.volatility == nil || deviations != nil, "a volatility where the label wants one")
    let tradable = bars.indices.filter { isTradable?[$0] ?? true }
    var draft = Draft(count: bars.count)
    var entry = 0
    var coming = breaks[...]
    for row in bars.indices {
      let first = definition.prices == .openToOpen ? row + 1 : row
      while entry < tradable.count, tradable[entry] < first { entry += 1 }
      guard entry + definition.horizonBars < tradable.count else { break }
      let path = tradable[entry...entry + definition.horizonBars]
      // A close cannot be had later than at its own bar.
      guard definition.prices == .openToOpen || path.first == row else { continue }
      coming = coming.drop { $0 <= bars[tradable[entry]].closedAt }
      let last = bars[tradable[entry + definition.horizonBars]].closedAt
      guard coming.first.map({ last < $0 }) ?? true else { continue }
      guard
        let outcome = definition.outcome(bars, along: path, deviation: deviations?[row] ?? 0)
      else { continue }
      draft.set(row, outcome, from: path[path.startIndex], closedAt: bars[outcome.exitRow].closedAt)
      draft.isMissed[row] = path.first != first
    }
    self.init(draft)
  }

  private init(_ draft: Draft) {
    values = draft.values
    returns = draft.returns
    units = draft.units
    spans = draft.spans
    knownAt = draft.knownAt
    isMissed = draft.isMissed
  }

  public var count: Int { values.count }

  /// Whether a row has a label.
  public func isLabelled(_ row: Int) -> Bool { spans[row] != nil }
}

/// Labels while they are made.
private struct Draft {
  var values: [Double]
  var returns: [Double]
  var units: [Double]
  var spans: [LabelSpan?]
  var knownAt: [Instant?]
  var isMissed: [Bool]

  init(count: Int) {
    values = [Double](repeating: .nan, count: count)
    returns = values
    units = [Double](repeating: 1, count: count)
    spans = [LabelSpan?](repeating: nil, count: count)
    knownAt = [Instant?](repeating: nil, count: count)
    isMissed = [Bool](repeating: false, count: count)
  }

  mutating func set(_ row: Int, _ outcome: Outcome, from entry: Int, closedAt: Instant) {
    values[row] = outcome.value / outcome.unit
    returns[row] = outcome.value
    units[row] = outcome.unit
    spans[row] = LabelSpan(entryRow: entry, exitRow: outcome.exitRow)
    knownAt[row] = closedAt
  }
}
