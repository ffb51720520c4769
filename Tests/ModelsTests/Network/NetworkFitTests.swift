import Bytes
import Numerics
import Testing

@testable import Models

@Suite struct NetworkFitTests {
  private func small(epochs: Int = 3) -> NetworkParameters {
    var parameters = NetworkParameters()
    parameters.window = 6
    parameters.recurrent = [7, 5]
    parameters.dense = [.init(units: 4)]
    parameters.epochs = epochs
    parameters.batch = 48
    parameters.rate = 5e-3
    return parameters
  }

  private let training = windows(200, features: 3, window: 6, seed: 1)
  private let validation = windows(80, features: 3, window: 6, seed: 2)

  @Test func threadsChangeNoBit() throws {
    let one = try small().fit(training, validation: validation, workers: 1)
    let two = try small().fit(training, validation: validation, workers: 2)
    #expect(one == two)
  }

  @Test func aStateGoesOnToTheSameBytes() throws {
    var parameters = small(epochs: 5)
    parameters.members = 2
    parameters.schedule = .plateau(epochs: 1, factor: 0.5)
    let lesson = Sha256.digest("these windows")
    var checkpoints: [[UInt8]] = []
    let whole = try parameters.fit(training, validation: validation) { _, state in
      checkpoints.append(state.encoded(lesson: lesson))
      return true
    }
    #expect(checkpoints.count == 10)
    for bytes in [checkpoints[1], checkpoints[4], checkpoints[7]] {
      let state = try NetworkTraining(decoding: bytes, lesson: lesson)
      #expect(state.encoded(lesson: lesson) == bytes)
      var last: [UInt8] = []
      let rest = try parameters.fit(training, validation: validation, resuming: state) {
        last = $1.encoded(lesson: lesson)
        return true
      }
      #expect(rest == whole)
      #expect(last == checkpoints[9])
    }
    #expect(throws: ModelsError.self) {
      try NetworkTraining(decoding: checkpoints[0], lesson: Sha256.digest("others"))
    }
    var flipped = checkpoints[0]
    flipped[100] ^= 1
    #expect(throws: ModelsError.brokenSeal) {
      try NetworkTraining(decoding: flipped, lesson: lesson)
    }
  }

  @Test func itLearnsAndStopsWhereItForetoldBest() throws {
    var parameters = small(epochs: 40)
    parameters.patience = 3
    parameters.rate = 0.02
    let fitted = try parameters.fit(training, validation: validation)
    let costs = fitted.curve.compactMap(\.validation)
    #expect(costs.count < 40)
    #expect(costs.min() == costs[costs.count - 4])
    let unit = fitted.ensemble.members[0].unit
    let cost = Loss.squared.mean(
      validation.labels.map { $0 / unit },
      fitted.ensemble.predict(validation).map { $0 / unit }, nil)
    #expect(abs(cost - (costs.min() ?? 0)) < 1e-9)
    #expect(cost < 0.5 * 0.5, "half of what forecasting nothing costs")
  }

  @Test func eachSeedMovesItsOwnChance() throws {
    let base = try small().fit(training)
    for change in [\NetworkSeeds.weights, \.order, \.dropout] {
      var parameters = small()
      parameters.seeds[keyPath: change] += 10
      #expect(try parameters.fit(training).ensemble != base.ensemble)
    }
    var still = small()
    still.dropout = 0
    var reseeded = still
    reseeded.seeds.dropout += 10
    #expect(try still.fit(training).ensemble == reseeded.fit(training).ensemble)
  }

  @Test func aWarmStartBeginsWithTheWeightsGiven() throws {
    let cold = try small(epochs: 8).fit(training)
    var more = small(epochs: 1)
    more.rate = 1e-5
    let warm = try more.fit(training, from: cold.ensemble)
    let moved = zip(warm.ensemble.members[0].weights, cold.ensemble.members[0].weights)
      .map { abs($0 - $1) }.max()
    #expect(try #require(moved) < 1e-3)
    var wider = more
    wider.recurrent = [8, 5]
    #expect(
      try wider.fit(training, from: cold.ensemble).ensemble.members[0].shape.recurrent == [8, 5])
  }

  @Test func aStopLeavesTheBestSoFar() throws {
    let fitted = try small(epochs: 9).fit(training, validation: validation) { epoch, _ in
      epoch.epoch < 2
    }
    #expect(!fitted.isComplete)
    #expect(fitted.curve.count == 2)
  }

  @Test func lossesAskForWhatTheyShould() throws {
    var generator = Xoshiro256(seed: 5)
    let labels = (0..<200).map { _ in generator.exponential() }
    let rows = training.labelled(labels)
    func shareBelow(_ loss: Loss) throws -> Double {
      var parameters = small(epochs: 60)
      parameters.loss = loss
      parameters.dropout = 0
      parameters.rate = 0.01
      let forecasts = try parameters.fit(rows).ensemble.predict(rows)
      return Double(zip(forecasts, labels).count { $1 < $0 }) / 200
    }
    let (low, median, high) = (
      try shareBelow(.quantile(share: 0.2)), try shareBelow(.absolute),
      try shareBelow(.quantile(share: 0.8))
    )
    #expect(low < 0.35 && median > low + 0.1 && high > median + 0.1 && high > 0.65)
    var huber = small(epochs: 20)
    huber.loss = .huber(threshold: 0.5)
    let curve = try huber.fit(training).curve
    #expect(curve[19].training < curve[0].training)
  }

  @Test func oddInputsAreNoTraps() throws {
    let parameters = small(epochs: 1)
    let few = WindowedRows(
      [Float](repeating: 0, count: 15), features: 3, window: 6, ends: [1, 3, 5],
      labels: [1, 2, 3])
    #expect(throws: ModelsError.tooFewRows(found: 0, needed: 2)) { try parameters.fit(few) }
    for features in [1, 500] {
      let rows = windows(40, features: features, window: 6, seed: 3)
      #expect(try parameters.fit(rows).ensemble.predict(rows).allSatisfy(\.isFinite))
    }
    // Columns that stand still, labels that are all nothing.
    let still = WindowedRows(
      [Float](repeating: 0, count: 90), features: 3, window: 6, ends: Array(6...30),
      labels: [Double](repeating: 0, count: 25))
    #expect(try parameters.fit(still).ensemble.predict(still).allSatisfy(\.isFinite))
  }

  @Test func anExplosionIsToldWithAdvice() throws {
    let parameters = small(epochs: 50)
    let shape = try parameters.shape(features: 3)
    var weights = shape.roughWeights(seed: 1)
    for place in shape.plates[2].places + shape.plates[3].places { weights[place] *= 1e25 }
    let network = try #require(Network(shape: shape, weights: weights, unit: 1))
    let error = #expect(throws: ModelsError.self) {
      _ = try parameters.fit(training, from: NetworkEnsemble([network]))
    }
    #expect("\(try #require(error))".contains("lower its rate"))
  }

  @Test func decayAndClippingDoWhatTheySay() throws {
    var plain = small(epochs: 10)
    plain.dropout = 0
    var decayed = plain
    decayed.decay = 1
    func size(_ fitted: FittedNetwork) -> Double {
      fitted.ensemble.members[0].weights.reduce(0) { $0 + Double($1 * $1) }
    }
    #expect(try size(decayed.fit(training)) < 0.95 * size(plain.fit(training)))
    var clipped = plain
    clipped.clip = 1e-12
    let start = try plain.shape(features: 3).startingWeights(seed: 1)
    let end = try clipped.fit(training).ensemble.members[0].weights
    // Adam divides the length out again, save for its epsilon, which now is the larger part.
    #expect(zip(start, end).allSatisfy { abs($0 - $1) < 1e-3 })
  }

  @Test func schedulesMoveTheRate() {
    let cosine = LearningRate.cosine(warmUpEpochs: 2)
    func at(_ step: Int) -> Double {
      cosine.factor(step: step, stepsPerEpoch: 5, epochs: 12, reductions: 0)
    }
    #expect(abs(at(0) - 0.1) < 1e-15 && at(9) == 1 && at(10) == 1)
    #expect(abs(at(35) - 0.5) < 1e-12 && at(59) < 0.01 && at(10_000) < 1e-12)
    let plateau = LearningRate.plateau(epochs: 3, factor: 0.5)
    #expect(plateau.factor(step: 9, stepsPerEpoch: 5, epochs: 12, reductions: 3) == 0.125)
  }

  @Test func theBudgetTakesTheLatest() {
    var parameters = NetworkParameters()
    parameters.stride = 3
    parameters.mostWindows = 4
    #expect(parameters.budgeted(Array(0..<20)) == [10, 13, 16, 19])
    parameters.mostWindows = nil
    #expect(parameters.budgeted(Array(0..<7)) == [0, 3, 6])
  }

  @Test func adamIsItsFormula() {
    var (w, m, v) = ([Float](repeating: 0.5, count: 8), zeros, zeros)
    var (x, mean, square) = (0.5, 0.0, 0.0)
    for number in 1...50 {
      let gradient = sin(number)
      let step = AdamStep(rate: 0.01, decay: 0.1, number: number, gain: 0.5)
      let numbers = [Float](repeating: Float(gradient), count: 8)
      RecurrentKernels.chosen.adam(
        step, gradient: numbers, decays: [1, 1, 1, 1, 1, 1, 1, 1], weights: &w, mean: &m,
        square: &v)
      mean = 0.9 * mean + 0.1 * 0.5 * gradient
      square = 0.999 * square + 0.001 * 0.25 * gradient * gradient
      let (a, b) = (1 - pow(0.9, Double(number)), 1 - pow(0.999, Double(number)))
      x -= 0.01 * (mean / a / ((square / b).squareRoot() + 1e-8) + 0.1 * x)
    }
    #expect(abs(Double(w[0]) - x) < 2e-6)
  }

  private let zeros = [Float](repeating: 0, count: 8)
  private func sin(_ number: Int) -> Double { Double((number * 37) % 11) / 5 - 1 }
}
