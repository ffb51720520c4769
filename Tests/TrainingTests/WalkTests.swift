import Features
import Market
import Models
import Numerics
import Testing

@testable import Training

@Suite struct WalkTests {
  private func ridge(_ sample: Sample, horizon: Int = 1) throws -> Walk {
    let plan = try FoldPlan(window: .expanding, firstDays: 20, testDays: 10)
    let parameters = ModelParameters.ridge(try RidgeParameters(overlapBars: horizon))
    return try walk(sample, plan: plan, parameters: parameters, horizonBars: horizon)
  }

  @Test func aPlantedSignalIsFound() throws {
    var found: [Double] = []
    for seed in 1...8 as ClosedRange<UInt64> {
      let walk = try ridge(planted(5_000, 40, r2: 0.05, seed: seed))
      let scores = Scores(walk.evidence)
      found.append(try #require(scores.r2Zero))
      #expect(try #require(scores.clarkWest) > 5, "seed \(seed)")
    }
    #expect((0.03...0.05).contains(Statistics.mean(found)), "\(found)")
  }

  @Test func noSignalIsNotFound() throws {
    var found: [Double] = []
    for seed in 1...8 as ClosedRange<UInt64> {
      let walk = try ridge(planted(5_000, 40, r2: 0, seed: seed))
      let r2 = try #require(Scores(walk.evidence).r2Zero)
      #expect((-0.015...0.003).contains(r2), "seed \(seed): \(r2)")
      found.append(r2)
    }
    #expect((-0.015...0.003).contains(Statistics.mean(found)), "\(found)")
  }

  /// What a fold learns and forecasts cannot depend on anything from its test's outcomes on.
  @Test func theFutureDoesNotReachBack() throws {
    let sample = planted(4_000, 6, r2: 0.05, seed: 5)
    let walk = try ridge(sample)
    for fit in walk.fits {
      let other = try ridge(altered(sample, from: fit.fold.test[0].lowerBound))
      let twin = other.fits[fit.fold.number - 1]
      #expect(twin.scaler == fit.scaler && twin.model == fit.model, "fold \(fit.fold.number)")
      for number in 1..<fit.fold.number {
        let (before, after) = (walk.evidence.fold(number), other.evidence.fold(number))
        #expect(before.forecasts == after.forecasts, "fold \(number)")
        #expect(
          before.lastValues == after.lastValues && before.expandingMeans == after.expandingMeans)
      }
    }
  }

  @Test func theBaselinesKnowOnlyWhatWasKnown() throws {
    let sample = planted(3_000, 2, r2: 0, seed: 6)
    let walk = try ridge(sample)
    let instants = sample.features.instants
    for place in stride(from: 0, to: walk.evidence.count, by: 37) {
      let row = try #require(instants.firstIndex(of: walk.evidence.instants[place]))
      let known = (0..<row).filter { other in
        sample.labels.knownAt[other].map { $0 <= instants[row] } ?? false
      }
      let last = try #require(known.last)
      #expect(last == row - 2)
      #expect(walk.evidence.lastValues[place] == sample.labels.values[last])
      let mean = Statistics.mean(known.map { sample.labels.values[$0] })
      #expect(abs(walk.evidence.expandingMeans[place] - mean) < 1e-15)
    }
    #expect(Scores(walk.evidence.zero).r2Zero == 0)
    #expect(try #require(Scores(walk.evidence.lastValue).r2Zero) < -0.5)
  }

  @Test func stoppingKeepsTheFoldsSoFar() throws {
    let plan = try FoldPlan(window: .rolling(days: 15), firstDays: 15, testDays: 5)
    var heard = 0
    let walk = try walk(
      planted(4_000, 3, r2: 0, seed: 7), plan: plan, parameters: .zero, horizonBars: 1
    ) { _ in
      heard += 1
      return heard < 2
    }
    #expect(walk.fits.count == 2 && Set(walk.evidence.folds) == [1, 2])
    #expect(walk.evidence.forecasts.allSatisfy { $0 == 0 })
  }

  @Test func barsBecomeAModelThatReadsBack() throws {
    let bars = nullMarket(3_000, seed: 8)
    let recipe = try stationary()
    let label = LabelDefinition(horizonBars: 5)
    let features = FeatureMatrix(recipe, bars: bars, grid: grid)
    let sample = Sample(
      features, Labels(label, bars: bars), settlingBars: recipe.warmUp.settlingBars)
    let walk = try ridge(sample, horizon: 5)
    let symbol = Symbol(code: "rb2105", exchange: .shfe)
    let (trained, selection) = try fit(
      sample, recipe: recipe, label: label, interval: .minute5, symbols: [symbol],
      parameters: .ridge(RidgeParameters(overlapBars: 5)), evidence: walk.evidence)
    #expect(selection == nil)
    #expect(trained.residualDeviation == Scores(walk.evidence).rmse)
    let probe = Probe(trained, rows: sample.rows(Array(sample.usableRows.suffix(32))))
    #expect(probe.difference(from: try TrainedModel(decoding: trained.encoded())) == nil)
    #expect(try Evidence(decoding: walk.evidence.encoded()) == walk.evidence)
    #expect(throws: TrainingError.self) {
      try Evidence(decoding: Array(walk.evidence.encoded().dropLast()))
    }
  }
}
