extension Labels {
  /// The same rows with the outcomes of others: row `row` gets that of `sources[row]`, both labelled. What
  /// each rests on stays, so that folds are cut as before; what could be known is gone.
  public func dealt(_ sources: [Int]) -> Labels {
    precondition(sources.count == count, "a source per row")
    return Labels(self, dealt: sources)
  }

  private init(_ labels: Labels, dealt sources: [Int]) {
    values = sources.map { labels.values[$0] }
    // In volatilities an outcome is worth what it is worth at its new row.
    returns = sources.indices.map { row in
      let source = sources[row]
      guard !labels.isRanked, labels.units[source] != 0 else { return labels.returns[source] }
      return labels.returns[source] / labels.units[source] * labels.units[row]
    }
    units = labels.units
    spans = labels.spans
    knownAt = labels.knownAt
    isMissed = labels.isMissed
    isRanked = labels.isRanked
  }
}
