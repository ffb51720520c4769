internal import Features
internal import Market
internal import Numerics
public import Training

extension Experiment {
  /// What compares instruments sees all of them at one instant: made again from histories that end sooner, the
  /// rows up to there must not move by a bit. Each cut makes the whole panel again, so a few must do.
  public func comparison(
    of members: [Member], _ sample: Sample, cuts: Int, seed: UInt64
  ) -> AuditFinding {
    let (whole, cuts) = (sample.features, max(1, cuts / 4))
    var random = Xoshiro256(seed: seed)
    for _ in 0..<cuts {
      let last = whole.instants[whole.rows / 4 + random.int(below: max(1, whole.rows / 2))]
      let part = self.sample(members.map { $0.until(last) }).features
      guard let name = whole.firstMoved(in: part) else { continue }
      return AuditFinding(
        .compared, isAlarm: true, "\(name) is another where histories end at \(last)")
    }
    return AuditFinding(
      .compared, isAlarm: false,
      "\(members.count) instruments, \(cuts) cuts, no column moves")
  }
}

extension FeatureMatrix {
  /// The first column in which a matrix of fewer rows differs from ours; `nil` where none does.
  fileprivate func firstMoved(in part: FeatureMatrix) -> String? {
    guard part.instants[...] == instants[..<part.rows] else { return "the order of rows" }
    return names.indices.first { column in
      (0..<part.rows).contains { part[$0, column].bitPattern != self[$0, column].bitPattern }
    }.map { names[$0] }
  }
}
