import Numerics
import Testing

@testable import Models

@Suite struct ShrinkageTests {
  private func draws(_ count: Int, _ seed: UInt64) -> [Double] {
    var generator = Xoshiro256(seed: seed)
    return (0..<count).map { _ in generator.normal() }
  }

  @Test func itIsItsFormula() {
    let (p, y) = ([1.0, -2, 0.5, 3], [0.5, -0.2, 1, 1.1])
    let slope = (0.5 + 0.4 + 0.5 + 3.3) / (1 + 4 + 0.25 + 9)
    let rests = zip(p, y).map { $0 * ($1 - slope * $0) }
    let mean = rests.reduce(0, +) / 4
    let variance = rests.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
    func autocovariance(_ lag: Int) -> Double {
      (lag..<4).reduce(0) { $0 + (rests[$1] - mean) * (rests[$1 - lag] - mean) } / 4
    }
    // Two lags, whose weights are two and one thirds.
    let long = variance + 2 * (autocovariance(1) * 2 / 3 + autocovariance(2) / 3)
    // Without overlap neighbours share nothing, and the larger of both is believed.
    let t = slope * (14.25 / 4) / (max(long, variance) / 4).squareRoot()
    let found = Shrinkage(p, y, nil, overlap: 1)
    #expect(abs(found.slope - slope) < 1e-12 && abs(found.t - t) < 1e-9, "\(found) \(t)")
    #expect(abs(found.share - slope * t * t / (t * t + 1)) < 1e-12)
    #expect(Shrinkage(p, y, [2, 2, 2, 2], overlap: 1).slope == found.slope)
  }

  @Test func chanceLeavesLittleAndSkillAll() {
    var kept = 0.0
    for seed in 0..<60 {
      let forecasts = draws(400, UInt64(2 * seed))
      let noise = draws(400, UInt64(2 * seed + 1))
      kept += Shrinkage(forecasts, noise, nil, overlap: 1).share / 60
      let outcomes = zip(forecasts, noise).map { 0.5 * $0 + $1 }
      let share = Shrinkage(forecasts, outcomes, nil, overlap: 1).share
      #expect(abs(share - 0.5) < 0.2, "seed \(seed): \(share)")
      #expect(Shrinkage(forecasts, forecasts.map { 3 * $0 }, nil, overlap: 1).share == 1)
      #expect(Shrinkage(forecasts, forecasts.map { -$0 }, nil, overlap: 1).share == 0)
    }
    // A slope by chance has the deviation 0.05.
    #expect(kept < 0.02, "\(kept)")
    #expect(Shrinkage([0, 0], [1, 2], nil, overlap: 1).share == 0)
  }

  @Test func aFitIsShortenedByWhatWasHeldOut() throws {
    var parameters = NetworkParameters()
    parameters.window = 6
    parameters.recurrent = [7]
    parameters.dense = []
    parameters.epochs = 12
    parameters.rate = 0.01
    let rows = windows(200, features: 3, window: 6, seed: 1)
    let held = windows(120, features: 3, window: 6, seed: 2)
    let whole = try parameters.fit(rows, validation: held)
    parameters.shrinks = true
    let skilled = try parameters.fit(rows, validation: held)
    let share = Shrinkage(whole.ensemble.predict(held), held.labels, nil, overlap: 1).share
    #expect(abs(skilled.shrinkage - share) < 1e-9 && share > 0.5 && whole.shrinkage == 1)
    for (one, other) in zip(skilled.ensemble.predict(held), whole.ensemble.predict(held)) {
      #expect(abs(one - share * other) < 1e-5)
    }
    // Labels that say the opposite of what was learned leave nothing, and the network is a network still.
    let against = try parameters.fit(rows, validation: held.labelled(held.labels.map { -$0 }))
    #expect(against.shrinkage == 0)
    #expect(against.ensemble.predict(held).allSatisfy { $0 == 0 })
  }

  @Test func weightsAreAveragedOverEpochs() throws {
    var parameters = NetworkParameters()
    parameters.window = 6
    parameters.recurrent = [5]
    parameters.dense = []
    parameters.dropout = 0
    // One step an epoch.
    parameters.batch = 200
    let rows = windows(200, features: 3, window: 6, seed: 1)
    func weights(epochs: Int) throws -> [Float] {
      parameters.epochs = epochs
      return try parameters.fit(rows).ensemble.members[0].weights
    }
    let states = try (1...5).map { try weights(epochs: $0) }
    parameters.averaging = 4
    let mean = try weights(epochs: 4)
    let later = try weights(epochs: 5)
    for place in mean.indices {
      let expected = states.prefix(4).reduce(0) { $0 + $1[place] } / 4
      #expect(abs(mean[place] - expected) < 1e-6)
      #expect(abs(later[place] - (expected + (states[4][place] - expected) / 4)) < 1e-6)
    }
  }
}
