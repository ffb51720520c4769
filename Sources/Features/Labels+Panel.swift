extension Labels {
  /// The labels of many series as those of one, row by row of the timeline; what they rest on is counted
  /// in moments, in which the spans of all can be compared.
  public init(merging series: [Labels], on timeline: Chronology) {
    values = timeline.merged(series.map(\.values))
    returns = timeline.merged(series.map(\.returns))
    units = timeline.merged(series.map(\.units))
    knownAt = timeline.merged(series.map(\.knownAt))
    isMissed = timeline.merged(series.map(\.isMissed))
    spans = timeline.merged(
      zip(series, timeline.chains).map { labels, chain in
        let moment = { (row: Int32) in Int(timeline.moments[Int(chain[Int(row)])]) }
        return labels.spans.map { span in
          span.map { LabelSpan(entryRow: moment($0.entryRow), exitRow: moment($0.exitRow)) }
        }
      })
  }

  /// The labels of a panel measured against each other at every moment, as ranks for one: what is asked is
  /// then who does better than the others, not how the market goes. Ranks are centred.
  ///
  /// A label then rests on all it is measured against, and is known once the last of them is. Rows that
  /// were missed take no part, nor do those whose outcome was held up by more than a horizon, as that of
  /// a suspended share is: the others would not be known before it trades again. Both are still scored.
  public func measured(
    by measure: SliceMeasure, on timeline: Chronology, horizonBars: Int
  ) -> Labels {
    var measured = Labels(self, isRanked: true)
    let centre = measure == .rank ? 0.5 : 0
    for moment in 0..<timeline.count {
      let found = timeline.rows(at: moment).filter {
        isLabelled($0) && values[$0].isFinite && !isMissed[$0]
      }
      let exits = found.compactMap { spans[$0]?.exitRow }
      guard let soonest = exits.min() else { continue }
      let latest = soonest + Int32(horizonBars)
      let scored = found.indices.filter { exits[$0] <= latest }.map { (found[$0], exits[$0]) }
      var slice = scored.map { values[$0.0] }
      measure.apply(to: &slice)
      let exit = scored.reduce(soonest) { max($0, $1.1) }
      let known = scored.compactMap { knownAt[$0.0] }.max()
      for (place, (row, _)) in scored.enumerated() {
        measured.values[row] = slice[place] - centre
        measured.knownAt[row] = known
        measured.spans[row] = spans[row].map {
          LabelSpan(entryRow: Int($0.entryRow), exitRow: Int(exit))
        }
      }
    }
    return measured
  }

  /// The same outcomes, with values yet to be measured.
  private init(_ other: Labels, isRanked: Bool) {
    values = [Double](repeating: .nan, count: other.count)
    returns = other.returns
    units = other.units
    spans = other.spans
    knownAt = other.knownAt
    isMissed = other.isMissed
    self.isRanked = isRanked
  }
}
