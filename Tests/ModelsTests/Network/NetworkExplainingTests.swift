import Bytes
import Numerics
import Testing

@testable import Models

@Suite struct NetworkExplainingTests {
  private func ensemble() throws -> NetworkEnsemble {
    let shape = try smallShape(features: 4, window: 9, recurrent: [6, 5], dense: [.init(units: 3)])
    let networks = try [UInt64(3), 4].map { seed in
      try #require(Network(shape: shape, weights: shape.roughWeights(seed: seed), unit: 0.02))
    }
    return try #require(NetworkEnsemble(networks))
  }

  @Test func integratedSharesAddUpToTheForecast() throws {
    let ensemble = try ensemble()
    let rows = windows(5, features: 4, window: 9, seed: 1)
    let nothing = ensemble.predict([Float](repeating: 0, count: 36))
    for index in 0..<rows.count {
      let window = rows.flat(index)
      let shares = ensemble.integratedGradients(window, steps: 50)
      let gained = ensemble.predict(window) - nothing
      #expect(abs(shares.sum - gained) < 1e-4 * max(abs(gained), 0.002), "window \(index)")
    }
  }

  @Test func slopesAreThoseOfFiniteDifferences() throws {
    let ensemble = try ensemble()
    // One midpoint of a window twice as long is the gradient at the window itself.
    let window = windows(1, features: 4, window: 9, seed: 2).flat(0)
    let shares = ensemble.integratedGradients(window.map { 2 * $0 }, steps: 1)
    for place in [0, 7, 20, 35] {
      var (up, down) = (window, window)
      up[place] += 0.02
      down[place] -= 0.02
      let slope = (ensemble.predict(up) - ensemble.predict(down)) / Double(up[place] - down[place])
      let found = shares.values[place] / Double(2 * window[place])
      #expect(abs(found - slope) < 2e-3 * max(abs(slope), 1e-3), "place \(place)")
    }
  }

  @Test func anInputThatIsNotReadOwesNothing() throws {
    let shape = try smallShape(features: 3, window: 5, recurrent: [4])
    var weights = shape.roughWeights(seed: 5)
    let plate = shape.plates[0]
    for row in 0..<plate.learnedRows { weights[plate.place(row, 2)] = 0 }
    let network = try #require(Network(shape: shape, weights: weights, unit: 1))
    let ensemble = try #require(NetworkEnsemble([network]))
    let window = windows(1, features: 3, window: 5, seed: 3).flat(0)
    for shares in [ensemble.occlusion(window), ensemble.integratedGradients(window)] {
      for bar in 0..<5 { #expect(shares[bar, 1] == 0) }
      #expect(shares[4, 0] != 0 && shares[4, 2] != 0)
    }
  }

  @Test(arguments: [WeightPrecision.bits8, .bits16]) func fewerBitsCostLittleAndAreKept(
    precision: WeightPrecision
  ) throws {
    let ensemble = try ensemble()
    let small = try #require(ensemble.rounded(to: precision))
    #expect(small.rounded(to: precision) == small, "rounded twice is rounded once")
    let rows = windows(40, features: 4, window: 9, seed: 4)
    let (before, after) = (ensemble.predict(rows), small.predict(rows))
    let apart = zip(before, after).map { abs($0 - $1) }.max() ?? 0
    let size = before.map { abs($0) }.max() ?? 0
    #expect(apart > 0 && apart < (precision == .bits8 ? 0.05 : 0.0005) * size)
    let model = try trained(.network(small))
    let bytes = model.encoded()
    #expect(try TrainedModel(decoding: bytes).model == .network(small))
    let whole = try trained(.network(ensemble)).encoded()
    #expect(bytes.count < whole.count)
  }
}
