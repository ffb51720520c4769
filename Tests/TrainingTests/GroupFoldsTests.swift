import Features
import Foundation
import Market
import Models
import Numerics
import Testing

@testable import Training

@Suite struct GroupFoldsTests {
  private struct Golden: Decodable {
    let purgedRows: [Int]
    let combinatorialSizes: [Int]
  }

  /// A day per row; the label of row i rests on rows i … i + horizon, as the reference counts.
  private func sample(_ rows: Int, horizon: Int) -> Sample {
    let instants = (0..<rows).map { Instant(seconds: Int64($0) * 86_400) }
    let features = FeatureMatrix(
      names: ["x"], values: FloatMatrix(rows: rows, columns: 1), instants: instants,
      tradingDays: (0..<rows).map { TradingDay(days: Int32($0)) })
    let labels = Labels(
      values: [Double](repeating: 0, count: rows),
      spans: (0..<rows).map { LabelSpan(entryRow: $0, exitRow: $0 + horizon) },
      knownAt: instants.map { $0 })
    return Sample(features, labels)
  }

  @Test func purgedFoldsEqualTheReference() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Goldens/honesty.json"))
    let golden = try JSONDecoder().decode(Golden.self, from: data)
    let five = sample(100, horizon: 5)
    // Five groups of twenty: the third tests rows 40 … 59.
    let folds = try FoldPlan(groups: 5, tested: 1, embargoBars: 3).folds(of: five)
    #expect(folds.count == 5 && folds[2].test == [40..<60])
    #expect(five.learned(folds[2]) == golden.purgedRows)
    #expect(folds[2].train == [0..<35, 68..<100])
    let six = sample(120, horizon: 5)
    let pairs = try FoldPlan(groups: 6, tested: 2, embargoBars: 3).folds(of: six)
    #expect(pairs.map { six.learned($0).count } == golden.combinatorialSizes)
    #expect(pairs.map(\.trainRows) == golden.combinatorialSizes)
  }

  /// The rule by definition, over random plans: a row is learned from if its label meets no tested label and it
  /// does not lie in an embargo.
  @Test func trainingRowsAreExactlyThoseTheRuleAllows() throws {
    for seed in 1...40 as ClosedRange<UInt64> {
      var generator = Xoshiro256(seed: seed)
      let horizon = generator.int(below: 9)
      let embargo = generator.int(below: 12)
      let groups = 2 + generator.int(below: 7)
      let tested = 1 + generator.int(below: min(groups - 1, 3))
      let rows = 150 + generator.int(below: 60)
      let sample = sample(rows, horizon: horizon)
      let plan = try FoldPlan(groups: groups, tested: tested, embargoBars: embargo)
      for fold in try plan.folds(of: sample) {
        let isTested = { (row: Int) in fold.test.contains { $0.contains(row) } }
        let allowed = (0..<rows).filter { row in
          guard !isTested(row) else { return false }
          let meets = fold.test.contains { block in
            row <= block.upperBound - 1 + horizon && row + horizon >= block.lowerBound
          }
          // An embargo begins where the labels of its block end, at the block's end at the earliest.
          let isHeld = fold.test.contains { block in
            let end = block.upperBound + horizon
            let isLast = !isTested(block.upperBound)
            return isLast && block.upperBound <= row && row < end + embargo
          }
          return !meets && !isHeld
        }
        #expect(sample.learned(fold) == allowed, "seed \(seed), \(fold)")
      }
    }
  }

  @Test func pathsPassEveryGroupOnce() throws {
    let pairs = try FoldPlan(groups: 6, tested: 2)
    let paths = try #require(FoldPaths(pairs))
    #expect(paths.folds.count == 5, "C(5, 1) paths")
    #expect(paths.folds.allSatisfy { $0.allSatisfy { (1...15).contains($0) } })
    // Each of the fifteen folds gives both of its groups, once.
    let used = paths.folds.flatMap { path in path.enumerated().map { "\($1) \($0)" } }
    #expect(Set(used).count == 30)
    #expect(paths.folds[0] == [1, 1, 2, 3, 4, 5])
    let (single, triples) = (
      try FoldPlan(groups: 5, tested: 1), try FoldPlan(groups: 6, tested: 3)
    )
    #expect(FoldPaths(single)?.folds == [[1, 2, 3, 4, 5]])
    #expect(FoldPaths(triples)?.folds.count == 10)
    let forward = try FoldPlan(window: .expanding, firstDays: 2, testDays: 2)
    #expect(FoldPaths(forward) == nil)
  }

  @Test func everyPathForecastsEveryRowOnce() throws {
    let sample = planted(2_000, 3, r2: 0.05, seed: 3, rowsPerDay: 50)
    let plan = try FoldPlan(groups: 6, tested: 2, embargoBars: 2)
    let walked = try walk(
      sample, plan: plan, parameters: .ridge(RidgeParameters(overlapBars: 1)), horizonBars: 1)
    #expect(walked.fits.count == 15)
    let paths = try #require(FoldPaths(plan)).evidence(of: walked)
    #expect(paths.count == 5)
    let instants = sample.usableRows.map { sample.features.instants[$0] }
    for path in paths { #expect(path.instants == instants) }
    #expect(Set(paths.map(\.forecasts)).count == 5, "other folds, other forecasts")
    #expect(paths.allSatisfy { (Scores($0).r2Zero ?? 0) > 0.01 })
  }

  @Test func aFoldPrintsItsExactInstants() throws {
    let fold = try FoldPlan(groups: 3, tested: 1, embargoBars: 1).folds(of: sample(30, horizon: 2))[
      1]
    #expect(fold.testFrom == Instant(seconds: 10 * 86_400))
    #expect(
      "\(fold)".hasPrefix("fold 2: learns 15 rows 1970-01-01 00:00"), "\(fold)")
    #expect("\(fold)".contains("1970-01-08") && "\(fold)".contains("1970-01-24"), "\(fold)")
  }

  @Test func whatCannotBeCutIsNamed() throws {
    #expect(throws: TrainingError.self) { try FoldPlan(groups: 1, tested: 1) }
    #expect(throws: TrainingError.self) { try FoldPlan(groups: 4, tested: 4) }
    #expect(throws: TrainingError.tooFewDays(found: 3, needed: 4)) {
      try FoldPlan(groups: 4, tested: 1).folds(of: sample(3, horizon: 1))
    }
    #expect(throws: TrainingError.self) {
      try FoldPlan(groups: 2, tested: 1, embargoBars: 500).folds(of: sample(40, horizon: 30))
    }
  }
}
