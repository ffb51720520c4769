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
    boosting.record(workers)
    for round in 0..<rounds {
      guard boosting.advance(round, workers) else { break }
      boosting.record(workers)
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
  private let rests: Rests
  private var validationScores: [Double]
  /// What trees are grown on where that is not the rests themselves.
  private let pulls: Aligned<Double>
  private let weights: Aligned<Double>
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
    let rows = training.labels.count
    rests = Rests(
      training.labels,
      less: continuing?.predict(training.rows) ?? [Double](repeating: start, count: rows))
    validationScores = validation.map { ensemble.predict($0.rows) } ?? []
    let isPlain = parameters.loss == .squared && training.weights == nil
    pulls = Aligned(isPlain ? 0 : rows, 0)
    weights = Aligned(training.weights == nil ? 0 : rows, 0)
    for (row, weight) in (training.weights ?? []).enumerated() { weights[row] = weight }
    everyRow = RowSet((0..<Int32(rows)).map { $0 })
    let binned = BinnedRows(
      training, most: parameters.growth.bins, categories: parameters.growth.categories,
      workers: workers)
    grower = TreeGrower(
      binned, parameters.growth, isWeighted: training.weights != nil,
      carries: isPlain && parameters.rowShare == 1)
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

  mutating func record(_ workers: borrowing Workers) {
    let loss = parameters.loss
    let found = validation.map { loss.mean($0.labels, validationScores, $0.weights) }
    curve.append(
      BoostRound(
        trees: ensemble.trees - startingTrees,
        training: rests.meanLoss(loss, training.weights, workers), validation: found))
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
    var grown = grow(on: chosen, workers, using: &generator)
    guard grown.leaves.count > 1 else { return false }
    let isPartial = chosen.count < training.labels.count
    rests.mark(grown.leaves, in: grower.rows.start, isPartial: isPartial, workers)
    let forecasts = [0] + values(of: grown, workers).map { Float(parameters.rate * $0) }
    for (place, leaf) in grown.leaves.enumerated() {
      grown.tree.nodes[leaf.node].cut = forecasts[place + 1]
    }
    rests.take(forecasts, workers)
    grower.carry(grown, forecasts, marks: rests.marks.start, workers)
    ensemble.append(grown.tree)
    if isPartial { addTreeToUnseenRows() }
    if let validation {
      ensemble.add(tree: ensemble.trees - 1, of: validation.rows, to: &validationScores)
    }
    return true
  }

  /// What trees are grown on: the rests, or what the loss and the weights make of them.
  private var gradients: UnsafeBufferPointer<Double> {
    let start = pulls.count > 0 ? pulls.start : rests.values.start
    return UnsafeBufferPointer(start: start, count: rests.count)
  }

  private mutating func grow(
    on chosen: RowSet, _ workers: borrowing Workers, using generator: inout Xoshiro256
  ) -> GrownTree {
    if pulls.count > 0 { rests.pulls(parameters.loss, training.weights, into: pulls) }
    let weights = UnsafeBufferPointer(start: weights.start, count: weights.count)
    return grower.grow(
      on: chosen, gradients: gradients, weights: training.weights == nil ? nil : weights,
      workers: workers, using: &generator)
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
  private func addTreeToUnseenRows() {
    for row in 0..<rests.count where rests.marks[row] == 0 {
      rests.values[row] -= ensemble.value(ofTree: ensemble.trees - 1, training.rows, row: row)
    }
  }

  /// What leaves forecast before the rate: the mean pull, drawn in by the penalties, or the quantile of
  /// what is left over.
  private func values(of grown: GrownTree, _ workers: borrowing Workers) -> [Double] {
    let raw: [Double]
    if let share = parameters.loss.leafShare {
      raw = grown.leaves.map { quantile(of: $0, share) }
    } else {
      let leaves = grown.leaves.count
      let sums = rests.sums(leaves, of: gradients, workers)
      let weighed =
        training.weights == nil
        ? nil
        : rests.sums(
          leaves, of: UnsafeBufferPointer(start: weights.start, count: rests.count), workers)
      let rule = Regularisation(
        l1: parameters.growth.l1, l2: parameters.growth.l2, leastRows: 1, leastGain: 0,
        weightUnit: 1)
      raw = grown.leaves.enumerated().map { place, leaf in
        rule.value(sums[place + 1], weighed?[place + 1] ?? Double(leaf.count))
      }
    }
    return zip(raw, grown.leaves).map { value, leaf in
      min(max(value, leaf.low / grown.scale), leaf.high / grown.scale)
    }
  }

  private func quantile(of leaf: Leaf, _ share: Double) -> Double {
    let rows = grower.members(leaf)
    return Loss.quantile(
      rows.map { rests.values[Int($0)] },
      training.weights.map { all in rows.map { all[Int($0)] } }, share)
  }
}
