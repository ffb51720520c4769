internal import Numerics

/// What an epoch came to.
public struct NetworkEpoch: Hashable, Sendable {
  /// Which of the networks to be averaged, from 0, and its epoch, from 1.
  public let member: Int
  public let epoch: Int
  /// The mean cost of the windows learned from, with dropout, while the weights moved.
  public let training: Double
  /// The mean cost of the held-out windows after the epoch, nothing dropped.
  public let validation: Double?
  /// The mean length of the gradient before it was shortened.
  public let gradientNorm: Double
  public let rate: Double
  /// Windows learned from.
  public let samples: Int
}

/// The state of a fit between two epochs: all of it, so that its bytes continue as it would have gone on.
///
/// Every chance is a function of a seed and a number (epoch, step, tile): no generator has a state to keep.
public struct NetworkTraining: Hashable, Sendable {
  public internal(set) var member = 0
  public internal(set) var epoch = 0
  /// Every epoch so far, of all members.
  public internal(set) var curve: [NetworkEpoch] = []
  var weights: [Float]
  var mean: [Float]
  var square: [Float]
  /// The mean of the weights of late, which is judged and kept.
  var average: [Float]
  /// Steps of the optimiser so far.
  var steps = 0
  var best: [Float]
  var bestCost = Double.infinity
  /// Epochs since the best, and since the rate was last reduced or a better one found.
  var stale = 0
  var dull = 0
  var reductions = 0
  /// The weights of members that are done.
  var finished: [[Float]] = []

  init(_ weights: [Float]) {
    self.weights = weights
    best = weights
    average = weights
    mean = [Float](repeating: 0, count: weights.count)
    square = mean
  }

  /// Goes on to the next network to be averaged.
  mutating func begin(_ weights: [Float]) {
    var next = NetworkTraining(weights)
    next.finished = finished + [best]
    next.member = member + 1
    next.curve = curve
    self = next
  }

  /// Takes note of an epoch: the best weights, and how long ago they were.
  mutating func note(_ result: NetworkEpoch, _ parameters: NetworkParameters) {
    curve.append(result)
    epoch += 1
    guard let validation = result.validation else {
      best = average
      return
    }
    guard validation >= bestCost else {
      (best, bestCost, stale, dull) = (average, validation, 0, 0)
      return
    }
    stale += 1
    dull += 1
    if case .plateau(let epochs, _) = parameters.schedule, dull >= epochs {
      reductions += 1
      dull = 0
    }
  }

  /// Takes the weights into their mean, in which the latest `steps` count most; at first all count alike.
  mutating func average(over steps: Double) {
    guard steps > 1 else {
      average = weights
      return
    }
    let share = Float(max(1 / Double(self.steps), 1 / steps))
    for place in average.indices { average[place] += share * (weights[place] - average[place]) }
  }

  /// Whether this network has learned what it will.
  func isDone(_ parameters: NetworkParameters) -> Bool {
    epoch >= parameters.epochs || parameters.patience.map { stale >= $0 } ?? false
  }
}

/// One epoch's work: batches in random order, each split into tiles that threads may share.
struct NetworkEngine: ~Copyable {
  private let parameters: NetworkParameters
  private let shape: NetworkShape
  private let training: WindowedRows
  private let validation: WindowedRows?
  private let seeds: NetworkSeeds
  private let workers: Workers
  private let packed: PackedWeights
  private let decays: [Float]
  /// Each takes a fixed part of the batch's tiles; their number depends on the batch alone.
  private let groups: [TilePass]

  private static let mostGroups = 8
  /// A cost so many times that of the forecast of nothing is no learning any more.
  private static let mostCost = 1_000.0

  /// Labels are in the network's own unit.
  init(
    _ parameters: NetworkParameters, _ shape: NetworkShape, training: WindowedRows,
    validation: WindowedRows?, member: Int, workers: Int
  ) {
    self.parameters = parameters
    self.shape = shape
    self.training = training
    self.validation = validation
    seeds = parameters.seeds.of(member: member)
    self.workers = Workers(workers)
    packed = PackedWeights(shape)
    decays = parameters.decay > 0 ? shape.decays : [Float](repeating: 0, count: shape.weightCount)
    let tiles = (min(parameters.batch, training.count) + lanes - 1) / lanes
    groups = (0..<min(tiles, Self.mostGroups)).map { _ in TilePass(shape, learns: true) }
  }

  /// Learns from every window once.
  func run(_ state: inout NetworkTraining) throws(ModelsError) -> NetworkEpoch {
    let order = order(epoch: state.epoch)
    let batches = Chunks(total: order.count, size: parameters.batch)
    var (cost, weight, length, rate) = (0.0, 0.0, 0.0, 0.0)
    for batch in 0..<batches.count {
      packed.fill(from: state.weights, goesBack: true)
      let found = gradient(of: order[batches.range(batch)], step: state.steps)
      cost += found.cost
      weight += found.weight
      let norm = groups[0].gradient.norm
      length += norm
      guard found.cost.isFinite, norm.isFinite else {
        throw .diverged(epoch: state.epoch + 1, step: batch + 1, cost: found.cost)
      }
      rate = parameters.rate * factor(state, batches.count)
      let longest = parameters.clip ?? .infinity
      let step = AdamStep(
        rate: rate, decay: parameters.decay, number: state.steps + 1,
        gain: norm > longest ? longest / norm : 1)
      kernels.adam(
        step, gradient: groups[0].gradient.base, decays: decays, weights: &state.weights,
        mean: &state.mean, square: &state.square)
      state.steps += 1
      state.average(over: parameters.averaging * Double(batches.count))
    }
    let mean = weight > 0 ? cost / weight : 0
    let nothing = parameters.loss.mean(
      training.labels, [Double](repeating: 0, count: training.count), training.weights)
    guard mean <= Self.mostCost * max(nothing, 1) else {
      throw .diverged(epoch: state.epoch + 1, step: batches.count, cost: mean)
    }
    return NetworkEpoch(
      member: state.member, epoch: state.epoch + 1, training: mean,
      validation: validation.map { costOf($0, state.average) },
      gradientNorm: length / Double(batches.count), rate: rate, samples: order.count)
  }

  private func order(epoch: Int) -> [Int32] {
    seeds.order(of: training.count, epoch: epoch)
  }

  private func factor(_ state: NetworkTraining, _ stepsPerEpoch: Int) -> Double {
    parameters.schedule.factor(
      step: state.steps, stepsPerEpoch: stepsPerEpoch, epochs: parameters.epochs,
      reductions: state.reductions)
  }

  /// Leaves ∂ of the batch's mean cost in the first group's gradient, added up in the groups' order.
  private func gradient(of batch: ArraySlice<Int32>, step: Int) -> (cost: Double, weight: Double) {
    let tiles = (batch.count + lanes - 1) / lanes
    var results = [(cost: Double, weight: Double)](repeating: (0, 0), count: groups.count)
    results.withUnsafeMutableBufferPointer { results in
      workers.run(chunks: groups.count) { group in
        let pass = groups[group]
        pass.gradient.clear()
        for tile in group * tiles / groups.count..<(group + 1) * tiles / groups.count {
          let start = batch.startIndex + tile * lanes
          let windows = batch[start..<min(start + lanes, batch.endIndex)]
          let found = learn(pass, windows, batch: batch.count, step: step, tile: tile)
          results[group].cost += found.cost
          results[group].weight += found.weight
        }
      }
    }
    for group in groups.dropFirst() { groups[0].gradient.add(group.gradient) }
    return results.reduce((0, 0)) { ($0.0 + $1.cost, $0.1 + $1.weight) }
  }

  /// One tile forward and back.
  private func learn(
    _ pass: TilePass, _ windows: ArraySlice<Int32>, batch: Int, step: Int, tile: Int
  ) -> (cost: Double, weight: Double) {
    let dropout = dropout(step: step, tile: tile)
    pass.load(training, windows)
    let outputs = pass.forward(packed, dropout: dropout)
    let target = pass.outputGradient
    target.update(repeating: 0, count: lanes)
    var (cost, weight) = (0.0, 0.0)
    for (lane, window) in windows.enumerated() {
      let rest = training.labels[Int(window)] - Double(outputs[lane])
      let one = training.weights?[Int(window)] ?? 1
      cost += one * parameters.loss.cost(rest)
      weight += one
      target[lane] = Float(-one * parameters.loss.pull(rest) / Double(batch))
    }
    pass.backward(packed, dropout: dropout)
    return (cost, weight)
  }

  private func dropout(step: Int, tile: Int) -> Dropout? {
    guard parameters.dropout > 0 else { return nil }
    var generator = Xoshiro256(seed: seeds.dropout).split(
      stream: UInt64(step) << 16 | UInt64(tile))
    return Dropout(share: parameters.dropout, key: generator.next())
  }

  private func costOf(_ rows: WindowedRows, _ weights: [Float]) -> Double {
    packed.fill(from: weights, goesBack: false)
    let windows = Array(0..<Int32(rows.count))
    let chunks = Chunks(total: rows.count, size: 16 * lanes)
    let parts = parallelMap(chunks: chunks.count, workers: workers.count) { chunk in
      TilePass(shape, learns: false).outputs(rows, windows[chunks.range(chunk)], packed)
    }
    return parameters.loss.mean(rows.labels, parts.flatMap { $0.map(Double.init) }, rows.weights)
  }
}

extension FloatMemory {
  /// The length of the vector, added up in a fixed order: eight sums, then one.
  var norm: Double {
    var sums = SIMD8<Double>.zero
    for start in stride(from: 0, to: count, by: 8) {
      let part = UnsafeRawPointer(base + start).loadUnaligned(as: SIMD8<Float>.self)
      let wide = SIMD8<Double>(part)
      sums += wide * wide
    }
    return sums.sum().squareRoot()
  }

  func add(_ other: FloatMemory) {
    for place in 0..<count { base[place] += other.base[place] }
  }
}
