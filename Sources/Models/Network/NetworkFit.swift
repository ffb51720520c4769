internal import Numerics

/// Networks whose forecasts are averaged; mostly one.
public struct NetworkEnsemble: Hashable, Sendable {
  public let members: [Network]

  /// `nil` unless there is one at least and all read the same windows.
  public init?(_ members: [Network]) {
    guard let first = members.first,
      members.allSatisfy({
        $0.shape.window == first.shape.window && $0.shape.features == first.shape.features
      })
    else { return nil }
    self.members = members
  }

  public var shape: NetworkShape { members[0].shape }

  public func predict(_ window: [Float]) -> Double {
    window.withUnsafeBufferPointer { predict($0) }
  }

  public func predict(_ window: UnsafeBufferPointer<Float>) -> Double {
    members.reduce(0) { $0 + $1.predict(window) } / Double(members.count)
  }

  public func predict(_ rows: WindowedRows, workers: Int = 1) -> [Double] {
    var sums = [Double](repeating: 0, count: rows.count)
    for member in members {
      for (place, value) in member.predict(rows, workers: workers).enumerated() {
        sums[place] += value
      }
    }
    return sums.map { $0 / Double(members.count) }
  }
}

/// A fitted ensemble, and how it came to be.
public struct FittedNetwork: Hashable, Sendable {
  public let ensemble: NetworkEnsemble
  public let curve: [NetworkEpoch]
  /// What forecasts were multiplied by, told by the windows held out; 1 where nothing was asked of them.
  public let shrinkage: Double
  /// False where it was stopped before its time; then it is the best so far.
  public let isComplete: Bool
}

extension NetworkParameters {
  /// Fits on windows; `validation` tells when to stop, and the weights that foretold it best are the answer.
  ///
  /// `from` are weights to begin with instead of random ones, where the shapes agree; `resuming` is a state
  /// to go on from. `progress` hears of every epoch with the state after it, and returns false to stop. The
  /// number of workers changes no bit of the answer.
  public func fit(
    _ training: WindowedRows, validation: WindowedRows? = nil, from warm: NetworkEnsemble? = nil,
    resuming: NetworkTraining? = nil, workers: Int = 1,
    progress: (NetworkEpoch, NetworkTraining) -> Bool = { _, _ in true }
  ) throws(ModelsError) -> FittedNetwork {
    let parameters = try checked()
    guard training.count >= 2 else { throw .tooFewRows(found: training.count, needed: 2) }
    let shape = try shape(features: training.features)
    let held = validation.flatMap { $0.count > 0 ? $0 : nil }
    for rows in [training, held].compactMap({ $0 }) {
      guard rows.window == shape.window, rows.features == shape.features else {
        throw .badParameter(
          name: "windows", found: "\(rows.window) × \(rows.features)",
          expected: "\(shape.window) × \(shape.features)")
      }
    }
    let unit = Self.unit(of: training)
    let lesson = training.labelled(training.labels.map { $0 / unit })
    let exam = held.map { held in held.labelled(held.labels.map { $0 / unit }) }
    var state = resuming ?? NetworkTraining(start(shape, member: 0, warm))
    guard state.weights.count == shape.weightCount, state.member < members else {
      throw .badContent(what: "checkpoint", found: "another network", expected: "this one")
    }
    while true {
      let engine = NetworkEngine(
        parameters, shape, training: lesson, validation: exam, member: state.member,
        workers: workers)
      while !state.isDone(parameters) {
        let result = try engine.run(&state)
        state.note(result, parameters)
        guard progress(result, state) else {
          return try finish(state, shape, unit, exam, workers, isComplete: false)
        }
      }
      guard state.member + 1 < members else { break }
      state.begin(start(shape, member: state.member + 1, warm))
    }
    return try finish(state, shape, unit, exam, workers, isComplete: true)
  }

  /// The network that the first fit begins with.
  public func beginning(features: Int) throws(ModelsError) -> Network {
    let shape = try checked().shape(features: features)
    guard let network = Network(shape: shape, weights: start(shape, member: 0, nil), unit: 1)
    else { throw .badParameter(name: "weights", found: "none", expected: "finite ones") }
    return network
  }

  private func start(_ shape: NetworkShape, member: Int, _ warm: NetworkEnsemble?) -> [Float] {
    if let warm, warm.shape == shape { return warm.members[member % warm.members.count].weights }
    return shape.startingWeights(seed: seeds.of(member: member).weights)
  }

  private func finish(
    _ state: NetworkTraining, _ shape: NetworkShape, _ unit: Double, _ exam: WindowedRows?,
    _ workers: Int, isComplete: Bool
  ) throws(ModelsError) -> FittedNetwork {
    let networks = (state.finished + [state.best]).compactMap {
      Network(shape: shape, weights: $0, unit: unit)
    }
    guard networks.count == state.finished.count + 1, let ensemble = NetworkEnsemble(networks)
    else { throw .diverged(epoch: state.epoch, step: state.steps, cost: .nan) }
    guard shrinks, let exam else {
      return FittedNetwork(
        ensemble: ensemble, curve: state.curve, shrinkage: 1, isComplete: isComplete)
    }
    let forecasts = ensemble.predict(exam, workers: workers).map { $0 / unit }
    let share = Shrinkage(forecasts, exam.labels, exam.weights, overlap: overlapBars).share
    return FittedNetwork(
      ensemble: ensemble.multiplied(by: share), curve: state.curve, shrinkage: share,
      isComplete: isComplete)
  }

  /// The labels' root mean square: the network learns them in this measure. Labels that are all zero have none.
  private static func unit(of rows: WindowedRows) -> Double {
    let square = Statistics.mean(rows.labels.map { $0 * $0 })
    return square > 0 ? square.squareRoot() : 1
  }
}
