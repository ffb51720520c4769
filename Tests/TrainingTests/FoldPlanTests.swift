import Features
import Market
import Numerics
import Testing

@testable import Training

@Suite struct FoldPlanTests {
  /// Days of random length, some rows without a label.
  private func sample(_ rows: Int, horizon: Int, seed: UInt64) -> Sample {
    var generator = Xoshiro256(seed: seed)
    var day: Int32 = 17_000
    let days = (0..<rows).map { _ in
      if generator.bool(probability: 0.05) { day += 1 + Int32(generator.int(below: 3)) }
      return TradingDay(days: day)
    }
    let instants = (0..<rows).map { Instant(seconds: Int64($0) * 60) }
    let features = FeatureMatrix(
      names: ["x"], values: FloatMatrix(rows: rows, columns: 1), instants: instants,
      tradingDays: days)
    return Sample(
      features, labels([Double](repeating: 0, count: rows), horizon: horizon, instants))
  }

  /// The rule by definition: a row may be learned from if its label's span ends before the test less
  /// the embargo; with all rows before it, none missing.
  @Test func trainingRowsAreExactlyThoseTheRuleAllows() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      var generator = Xoshiro256(seed: seed)
      let horizon = 1 + generator.int(below: 12)
      let embargo = generator.int(below: 30)
      let sample = sample(900, horizon: horizon, seed: seed + 500)
      let isRolling = generator.bool()
      let plan = try FoldPlan(
        window: isRolling ? .rolling(days: 8) : .expanding, firstDays: 10,
        testDays: 1 + generator.int(below: 6), embargoBars: embargo)
      let days = sample.features.tradingDays
      let dates = Array(Set(days)).sorted()
      let ordinals = try days.map { try #require(dates.firstIndex(of: $0)) }
      for fold in try plan.folds(of: sample) {
        let start = fold.test[0].lowerBound
        let allowed = (0..<start).filter { row in
          row + 1 + horizon < start - embargo
            && (!isRolling || ordinals[start] - ordinals[row] <= 8)
        }
        let isExact = Array(fold.train[0]) == allowed
        #expect(isExact, "seed \(seed), fold \(fold.number): \(fold.train)")
      }
    }
  }

  @Test func testsFollowEachOtherByWholeDaysToTheEnd() throws {
    let sample = sample(1_000, horizon: 5, seed: 3)
    let days = sample.features.tradingDays
    let folds = try FoldPlan(window: .expanding, firstDays: 12, testDays: 4).folds(of: sample)
    #expect(Set(days[..<folds[0].test[0].lowerBound]).count == 12)
    for (fold, next) in zip(folds, folds.dropFirst()) {
      #expect(fold.test[0].upperBound == next.test[0].lowerBound)
      #expect(Set(days[fold.test[0]]).count == 4)
      #expect(days[next.test[0].lowerBound] != days[fold.test[0].upperBound - 1])
      #expect(fold.purgedRows == 6)
    }
    #expect(folds.last?.test[0].upperBound == 1_000)
    let instants = sample.features.instants
    for fold in folds {
      #expect(fold.testFrom == instants[fold.test[0].lowerBound])
      #expect(fold.trainTo == instants[fold.train[0].upperBound - 1])
      #expect(fold.trainTo < fold.testFrom)
    }
  }

  @Test func whatCannotBeCutIsNamed() throws {
    let sample = sample(200, horizon: 5, seed: 4)
    let days = Set(sample.features.tradingDays).count
    let long = try FoldPlan(window: .expanding, firstDays: days, testDays: 1)
    #expect(throws: TrainingError.tooFewDays(found: days, needed: days + 1)) {
      try long.folds(of: sample)
    }
    let wide = try FoldPlan(window: .expanding, firstDays: 1, testDays: 1, embargoBars: 190)
    #expect(throws: TrainingError.self) { try wide.folds(of: sample) }
    #expect(throws: TrainingError.self) {
      try FoldPlan(window: .rolling(days: 0), firstDays: 1, testDays: 1)
    }
  }
}
