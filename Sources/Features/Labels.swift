public import Market

/// What a model is asked to foretell.
public struct LabelDefinition: Hashable, Sendable {
  /// Between which prices the return is taken.
  public enum Prices: String, CaseIterable, Hashable, Sendable {
    /// From the first price that can be had after the forecast: open(t+1) to open(t+1+h).
    case openToOpen = "open-to-open"
    /// close(t) to close(t+h): the entry price is gone when the forecast is there.
    case closeToClose = "close-to-close"
  }

  public let prices: Prices
  /// Counted in tradable bars.
  public let horizonBars: Int

  public init(_ prices: Prices = .openToOpen, horizonBars: Int) {
    precondition(horizonBars > 0, "a horizon is at least one bar")
    self.prices = prices
    self.horizonBars = horizonBars
  }
}

/// The rows a label rests on: from the row of its entry price to the row of its exit price.
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
  /// NaN where there is no label.
  public let values: [Double]
  /// `nil` where there is no label.
  public let spans: [LabelSpan?]
  /// When each label can first be known: the close of its exit bar, for a bar is known at its
  /// close.
  public let knownAt: [Instant?]

  /// Labels made elsewhere: one value, span and instant per row.
  public init(values: [Double], spans: [LabelSpan?], knownAt: [Instant?]) {
    precondition(
      values.count == spans.count && values.count == knownAt.count, "one of each per row")
    self.values = values
    self.spans = spans
    self.knownAt = knownAt
  }

  /// Simple returns. Bars that are not tradable are neither entered, left nor counted; nil means
  /// all are.
  public init(_ definition: LabelDefinition, bars: [Bar], isTradable: [Bool]? = nil) {
    precondition(isTradable.map { $0.count == bars.count } ?? true, "one mark per bar")
    let tradable = bars.indices.filter { isTradable?[$0] ?? true }
    var values = [Double](repeating: .nan, count: bars.count)
    var spans = [LabelSpan?](repeating: nil, count: bars.count)
    var knownAt = [Instant?](repeating: nil, count: bars.count)
    var entry = 0
    for row in bars.indices {
      let first = definition.prices == .openToOpen ? row + 1 : row
      while entry < tradable.count, tradable[entry] < first { entry += 1 }
      guard entry + definition.horizonBars < tradable.count else { break }
      let (from, to) = (tradable[entry], tradable[entry + definition.horizonBars])
      // A close cannot be had later than at its own bar.
      guard definition.prices == .openToOpen || from == row else { continue }
      let (paid, got) = definition.prices.between(bars[from], bars[to])
      guard paid.units > 0 else { continue }
      values[row] = Double(got.units) / Double(paid.units) - 1
      spans[row] = LabelSpan(entryRow: from, exitRow: to)
      knownAt[row] = bars[to].closedAt
    }
    self.init(values: values, spans: spans, knownAt: knownAt)
  }

  public var count: Int { values.count }

  /// Whether a row has a label.
  public func isLabelled(_ row: Int) -> Bool { spans[row] != nil }
}

extension LabelDefinition.Prices {
  fileprivate func between(_ entry: Bar, _ exit: Bar) -> (paid: Price, got: Price) {
    switch self {
    case .openToOpen: (entry.open, exit.open)
    case .closeToClose: (entry.close, exit.close)
    }
  }
}
