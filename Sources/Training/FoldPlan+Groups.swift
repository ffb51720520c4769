internal import Features
internal import Market

extension FoldPlan {
  /// Each choice of tested groups in turn, the first group changing slowest.
  static func choices(_ groups: Int, _ tested: Int) -> [[Int]] {
    guard tested > 0 else { return [[]] }
    guard groups >= tested else { return [] }
    func from(_ first: Int, _ left: Int) -> [[Int]] {
      guard left > 0 else { return [[]] }
      guard first + left <= groups else { return [] }
      return from(first + 1, left - 1).map { [first] + $0 } + from(first + 1, left)
    }
    return from(0, tested)
  }

  /// The days in groups that differ by a day at most, and a fold for each choice of them.
  func folds(of sample: Sample, groups: Int, tested: Int) throws(TrainingError) -> [Fold] {
    let starts = sample.dayStarts
    let days = starts.count - 1
    guard days >= groups else { throw .tooFewDays(found: days, needed: groups) }
    let cuts = (0...groups).map { starts[$0 * days / groups] }
    var folds: [Fold] = []
    for choice in FoldPlan.choices(groups, tested) {
      let test = choice.map { cuts[$0]..<cuts[$0 + 1] }
      let train = around(test, sample)
      guard !train.isEmpty else {
        let row = sample.timeline.rows(at: test[0].lowerBound).lowerBound
        throw .noTrainingRows(fold: folds.count + 1, testFrom: sample.features.tradingDays[row])
      }
      folds.append(
        Fold(number: folds.count + 1, train: train, test: test, embargoBars: 0, of: sample))
    }
    return folds
  }

  /// What is left between the tests: up to the first moment of which most labels reach into the next one, and from
  /// the first whose label begins after all those tested have ended, and the embargo is over.
  private func around(_ test: [Range<Int>], _ sample: Sample) -> [Range<Int>] {
    let end = sample.timeline.count
    var train: [Range<Int>] = []
    var from = 0
    for (place, block) in test.enumerated() {
      if from < block.lowerBound {
        let to = purged(from..<block.lowerBound, before: block.lowerBound, sample)
        if from < to { train.append(from..<to) }
      }
      // Neighbours are one block, and an embargo may reach over a whole group.
      let isLast = place + 1 == test.count || test[place + 1].lowerBound > block.upperBound
      from = max(from, isLast ? resumed(after: block, sample) : block.upperBound)
    }
    if from < end { train.append(from..<end) }
    return train
  }

  private func purged(_ moments: Range<Int>, before start: Int, _ sample: Sample) -> Int {
    moments.first { moment in
      let rows = sample.timeline.rows(at: moment)
      return 2 * rows.count { sample.reaches($0, start) } > rows.count
    } ?? moments.upperBound
  }

  /// The first moment whose labels begin behind those of the test; rows without a label begin where they stand.
  private func resumed(after block: Range<Int>, _ sample: Sample) -> Int {
    let exit = sample.usualExit(of: block)
    let end = sample.timeline.count
    let first = (block.upperBound..<max(block.upperBound, end)).first { moment in
      let rows = sample.timeline.rows(at: moment)
      let begun = rows.count { row in
        (sample.labels.spans[row].map { Int($0.entryRow) } ?? moment) > exit
      }
      return 2 * begun > rows.count
    }
    return min(end, (first ?? end) + embargoBars)
  }
}

/// The ways through a combinatorial walk: each passes every group of days once.
public struct FoldPaths: Hashable, Sendable {
  /// By path and group, the fold whose forecasts are taken, counted from one.
  public let folds: [[Int]]

  /// `nil` for a plan that walks forward, which is one path by itself.
  public init?(_ plan: FoldPlan) {
    guard case .around(let groups, let tested) = plan.window else { return nil }
    var folds: [[Int]] = []
    for (place, choice) in FoldPlan.choices(groups, tested).enumerated() {
      for group in choice {
        // A group's n-th fold belongs to the n-th path.
        let path = folds.firstIndex { $0[group] == 0 } ?? folds.count
        if path == folds.count { folds.append([Int](repeating: 0, count: groups)) }
        folds[path][group] = place + 1
      }
    }
    self.folds = folds
  }

  /// The forecasts along each path, in the order of time.
  public func evidence(of walk: Walk) -> [Evidence] {
    let evidence = walk.evidence
    let spans = walk.fits.map { ($0.fold.number, $0.fold.testSpans) }
    return folds.map { path in
      var rows: [Int] = []
      for (group, number) in path.enumerated() {
        guard let fold = spans.first(where: { $0.0 == number }) else { continue }
        // The place of this group among those the fold tests.
        let place = (0..<group).count { other in folds.contains { $0[other] == number } }
        guard place < fold.1.count else { continue }
        rows += evidence.folds.indices.filter {
          evidence.folds[$0] == Int32(number) && fold.1[place].contains(evidence.instants[$0])
        }
      }
      return evidence.part(rows)
    }
  }
}
