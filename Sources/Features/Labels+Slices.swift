public import Market

extension Labels {
  /// Labels of many instruments measured against each other at every instant, as ranks for one: what is
  /// asked is then who does better than the others, not how the market goes.
  ///
  /// `instants` holds each instrument's row times, rising. A label is known once the last of those it
  /// is measured against is. Rows that were missed or have no label take no part.
  public static func measured(
    _ panel: [Labels], at instants: [[Instant]], by measure: SliceMeasure,
    groups: [Int32]? = nil
  ) -> [Labels] {
    precondition(panel.count == instants.count, "instants for each instrument")
    precondition(groups.map { $0.count == panel.count } ?? true, "a group for each instrument")
    var values = panel.map { [Double](repeating: .nan, count: $0.count) }
    var knownAt = panel.map { [Instant?](repeating: nil, count: $0.count) }
    var next = [Int](repeating: 0, count: panel.count)
    while let now = panel.indices.compactMap({ $0.head(instants, next) }).min() {
      let members = panel.indices.filter { $0.head(instants, next) == now }
      let scored = members.filter {
        panel[$0].isLabelled(next[$0]) && !panel[$0].isMissed[next[$0]]
      }
      var slice = scored.map { panel[$0].values[next[$0]] }
      measure.apply(to: &slice, groups: groups.map { groups in scored.map { groups[$0] } })
      let known = scored.compactMap { panel[$0].knownAt[next[$0]] }.max()
      for (place, instrument) in scored.enumerated() {
        values[instrument][next[instrument]] = slice[place]
        knownAt[instrument][next[instrument]] = known
      }
      for instrument in members { next[instrument] += 1 }
    }
    return panel.indices.map { index in
      Labels(panel[index], values: values[index], knownAt: knownAt[index])
    }
  }

  /// The same outcomes with other values to learn.
  private init(_ other: Labels, values: [Double], knownAt: [Instant?]) {
    self.values = values
    self.knownAt = knownAt
    returns = other.returns
    units = other.units
    isMissed = other.isMissed
    spans = values.indices.map { values[$0].isFinite ? other.spans[$0] : nil }
  }
}

extension Int {
  /// The next instant of the instrument of this index.
  fileprivate func head(_ instants: [[Instant]], _ next: [Int]) -> Instant? {
    next[self] < instants[self].count ? instants[self][next[self]] : nil
  }
}
