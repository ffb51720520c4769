internal import Numerics

extension BoostParameters {
  /// Fits trees one after the other, each to what those before have left over.
  ///
  /// `continuing` is built upon; `progress` hears of every round and returns false to stop, which leaves the
  /// rounds so far. The number of workers changes no bit of the answer.
  public func fit(
    _ training: LabelledRows, validation: LabelledRows? = nil, continuing: TreeEnsemble? = nil,
    workers: Int = 1, progress: (BoostRound) -> Bool = { _ in true }
  ) throws(ModelsError) -> Boosted {
    let columns = training.rows.columns
    for other in [validation?.rows.columns, continuing?.columns] {
      guard let other, other != columns else { continue }
      throw .badParameter(name: "columns", found: "\(other)", expected: "the training's \(columns)")
    }
    let workers = Workers(workers)
    var boosting = Boosting(self, training, validation, continuing, workers)
    boosting.record()
    for round in 0..<rounds {
      guard boosting.advance(round, workers) else { break }
      boosting.record()
      guard progress(boosting.curve[boosting.curve.count - 1]), !boosting.isStale else { break }
    }
    return boosting.result
  }
}

/// The state of a fit between two rounds.
private struct Boosting: ~Copyable {
  let parameters: BoostParameters
  let training: LabelledRows
  let validation: LabelledRows?
  private(set) var curve: [BoostRound] = []
  private var best = 0
  private var ensemble: TreeEnsemble
  private let startingTrees: Int
  private var grower: TreeGrower
  /// The forecasts so far, of training and validation rows.
  private var scores: [Double]
  private var validationScores: [Double]
  private var pulls: [Double]
  private let everyRow: RowSet

  init(
    _ parameters: BoostParameters, _ training: LabelledRows, _ validation: LabelledRows?,
    _ continuing: TreeEnsemble?, _ workers: borrowing Workers
  ) {
    self.parameters = parameters
    self.training = training
    self.validation = validation
    let start =
      parameters.startsAtZero ? 0 : parameters.loss.start(training.labels, training.weights)
    let ensemble = continuing ?? TreeEnsemble(columns: training.rows.columns, base: start)
    self.ensemble = ensemble
    startingTrees = ensemble.trees
    let binned = BinnedRows(
      training, most: parameters.growth.bins, categories: parameters.growth.categories,
      workers: workers)
    grower = TreeGrower(binned, parameters.growth, isWeighted: training.weights != nil)
    scores =
      continuing?.predict(training.rows)
      ?? [Double](repeating: start, count: training.labels.count)
    validationScores = validation.map { ensemble.predict($0.rows) } ?? []
    pulls = [Double](repeating: 0, count: training.labels.count)
    everyRow = RowSet((0..<Int32(training.labels.count)).map { $0 })
  }

  /// Whether so many rounds brought nothing that it is time to stop.
  var isStale: Bool {
    guard let patience = parameters.patience, validation != nil else { return false }
    return curve.count - 1 - best >= patience
  }

  var result: Boosted {
    Boosted(
      ensemble: ensemble.prefix(startingTrees + best).completed(), curve: curve, best: curve[best])
  }

  mutating func record() {
    let loss = parameters.loss
    let found = validation.map { loss.mean($0.labels, validationScores, $0.weights) }
    curve.append(
      BoostRound(
        trees: ensemble.trees - startingTrees,
        training: loss.mean(training.labels, scores, training.weights), validation: found))
    guard let found, let least = curve[best].validation, found >= least else {
      best = curve.count - 1
      return
    }
  }

  /// Grows one tree; false where nothing was left to split.
  mutating func advance(_ round: Int, _ workers: borrowing Workers) -> Bool {
    var generator = Xoshiro256(seed: parameters.seed)
      .split(stream: UInt64(startingTrees + round))
    let chosen = bag(using: &generator)
    pull()
    let weights = training.weights
    var grown = pulls.withUnsafeBufferPointer { pulls in
      (weights ?? []).withUnsafeBufferPointer {
        grower.grow(
          on: chosen, gradients: pulls, weights: weights == nil ? nil : $0, workers: workers,
          using: &generator)
      }
    }
    guard grown.leaves.count > 1 else { return false }
    for leaf in grown.leaves {
      let value = Float(parameters.rate * self.value(of: leaf, grown.scale))
      grown.tree.nodes[leaf.node].cut = value
      for row in grower.members(leaf) { scores[Int(row)] += Double(value) }
    }
    ensemble.append(grown.tree)
    if chosen.count < training.labels.count { addTree(toRowsNotIn: chosen) }
    if let validation {
      ensemble.add(tree: ensemble.trees - 1, of: validation.rows, to: &validationScores)
    }
    return true
  }

  private mutating func pull() {
    let loss = parameters.loss
    for row in pulls.indices {
      let pull = loss.pull(training.labels[row] - scores[row])
      pulls[row] = training.weights.map { $0[row] * pull } ?? pull
    }
  }

  private func bag(using generator: inout Xoshiro256) -> RowSet {
    guard parameters.rowShare < 1 else { return everyRow }
    let total = everyRow.count
    var needed = max(1, Int((parameters.rowShare * Double(total)).rounded()))
    var chosen: [Int32] = []
    chosen.reserveCapacity(needed)
    // Row by row with the chance that keeps the number: they come in order and need no sorting.
    for row in 0..<total where generator.int(below: total - row) < needed {
      chosen.append(Int32(row))
      needed -= 1
    }
    return RowSet(chosen)
  }

  /// The trees' forecast for rows that the last one was not grown on.
  private mutating func addTree(toRowsNotIn chosen: RowSet) {
    var isIn = [Bool](repeating: false, count: scores.count)
    for row in chosen.rows { isIn[Int(row)] = true }
    for row in scores.indices where !isIn[row] {
      scores[row] += ensemble.value(ofTree: ensemble.trees - 1, training.rows, row: row)
    }
  }

  /// What a leaf forecasts before the rate: the mean pull, drawn in by the penalties, or the quantile of
  /// what is left over.
  private func value(of leaf: Leaf, _ scale: Double) -> Double {
    let rows = grower.members(leaf)
    let raw: Double
    if let share = parameters.loss.leafShare {
      let rest = rows.map { training.labels[Int($0)] - scores[Int($0)] }
      raw = Loss.quantile(rest, training.weights.map { all in rows.map { all[Int($0)] } }, share)
    } else {
      var (sum, weight) = (0.0, 0.0)
      for row in rows {
        sum += pulls[Int(row)]
        weight += training.weights.map { $0[Int(row)] } ?? 1
      }
      let rule = Regularisation(
        l1: parameters.growth.l1, l2: parameters.growth.l2, leastRows: 1, leastGain: 0,
        weightUnit: 1)
      raw = rule.value(sum, weight)
    }
    return min(max(raw, leaf.low / scale), leaf.high / scale)
  }
}
