import Bytes
import Glibc
import Market
import ModelStore
import Numerics
import Testing

@testable import Research

@Suite struct TrialVerdictTests {
  private static let now = Instant(seconds: 1_700_000_000)

  private func question(_ salt: Int) -> TrialQuestion {
    TrialQuestion(
      purpose: .trial, build: "0.1 abc", data: Sha256.digest("bars"), from: Self.now, to: Self.now,
      testFrom: Instant(seconds: 1_600_000_000), testTo: Instant(seconds: 1_640_000_000),
      symbols: "rb2105.SHFE", interval: "5m", label: "open to open + 5",
      recipe: Sha256.digest("recipe"), model: "ridge", parameters: "penalty \(salt)", seed: 1,
      folds: "forward 4")
  }

  private func answer(_ returns: [Double], clarkWest: Double = 0) throws -> TrialAnswer {
    let days = returns.indices.map { TradingDay(days: 18_600 + Int32($0)) }
    return TrialAnswer(
      metrics: [Origin.Metric(name: "clark-west", value: clarkWest)], cost: 0.0001,
      daily: try #require(DailyReturns(days: days, returns: returns)))
  }

  /// A ledger of trials with these returns; the numbers of the trials come back.
  private func ledger(
    _ trials: [[Double]], clarkWest: (Int) -> Double = { _ in 0 },
    _ body: ([Int], TrialBook) throws -> Void
  ) throws {
    var template = Array("/tmp/auspex-trials-XXXXXX".utf8CString)
    let made = mkdtemp(&template)
    try #require(made != nil, "no scratch folder")
    let path = String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer {
      for name in ["ledger", "ledger.lock"] { unlink("\(path)/\(name)") }
      rmdir(path)
    }
    let ledger = TrialLedger(folder: path)
    var numbers: [Int] = []
    for (salt, returns) in trials.enumerated() {
      let number = try ledger.begin(question(salt), at: Self.now)
      try ledger.finish(number, answer(returns, clarkWest: clarkWest(salt)), at: Self.now)
      numbers.append(number)
    }
    try body(numbers, try ledger.read())
  }

  private func noise(_ count: Int, seed: UInt64) -> [Double] {
    var generator = Xoshiro256(seed: seed)
    return (0..<count).map { _ in 0.01 * generator.normal() }
  }

  /// The best of thirty that know nothing convinces by itself, and no longer once the others are counted.
  @Test func theBestOfManyIsNotBelieved() throws {
    let trials = (0..<30).map { noise(300, seed: UInt64($0) + 201) }
    try ledger(trials, clarkWest: { $0 == 7 ? 2.4 : 0.1 }) { numbers, book in
      let verdicts = try numbers.map { try #require(TrialVerdict(on: $0, in: book)) }
      let best = try #require(verdicts.max { ($0.probability ?? 0) < ($1.probability ?? 0) })
      #expect(try #require(best.probability) > 0.95)
      #expect(try #require(best.deflated) < 0.8)
      #expect(best.trials == 30 && best.looks == 30 && best.commonDays == 300)
      let correlation = try #require(best.correlation)
      #expect(abs(correlation) < 0.05 && best.independent > 27)
      #expect(try #require(best.superiority).consistent > 0.05)
      let chance = try #require(best.overfittingChance)
      #expect(chance.contains(try #require(best.overfitting).probability), "\(chance)")
      // One good p among thirty is worth little.
      let lucky = verdicts[7]
      #expect(try #require(lucky.p) < 0.01)
      for one in lucky.corrected { #expect(one.p > 0.2, "\(one)") }
    }
  }

  @Test func skillSurvivesTheCount() throws {
    var trials = (0..<12).map { noise(400, seed: UInt64($0) + 50) }
    trials[3] = trials[3].map { $0 + 0.0025 }
    try ledger(trials) { numbers, book in
      let verdict = try #require(TrialVerdict(on: numbers[3], in: book))
      #expect(try #require(verdict.deflated) > 0.95)
      #expect(try #require(verdict.superiority).consistent < 0.02)
      let range = try #require(verdict.overfittingChance)
      #expect(try #require(verdict.overfitting).probability < range.lowerBound)
      #expect(try #require(verdict.neededDays) < 300)
    }
  }

  @Test func oneTrialAloneIsJudgedByItself() throws {
    try ledger([noise(100, seed: 9)]) { numbers, book in
      let verdict = try #require(TrialVerdict(on: numbers[0], in: book))
      #expect(verdict.trials == 1 && verdict.deflated == verdict.probability)
      #expect(verdict.overfitting == nil && verdict.correlation == nil)
      #expect(TrialVerdict(on: 99, in: book) == nil)
    }
  }

  @Test func trialsOverOtherDaysAreLeftOutOfTheComparison() throws {
    try ledger([noise(100, seed: 1), noise(100, seed: 2), noise(30, seed: 3)]) { numbers, book in
      let verdict = try #require(TrialVerdict(on: numbers[0], in: book))
      #expect(verdict.trials == 3 && verdict.commonDays == 100)
    }
  }
}
