internal import Numerics

extension ForestParameters {
  /// Grows the trees, each from its own numbered stream of chance, so that the number of workers changes
  /// no bit. `progress` hears how many trees are done and returns false to stop after them.
  public func fit(
    _ training: LabelledRows, workers: Int = 1, progress: (Int) -> Bool = { _ in true }
  ) throws(ModelsError) -> Forested {
    let foresting = Foresting(self, training, workers)
    var grown: [SeenTree] = []
    // A batch of trees at a time: between them there is news, and a chance to stop.
    for start in stride(from: 0, to: trees, by: Self.batch) {
      grown += foresting.trees(start..<min(start + Self.batch, trees), workers)
      guard progress(grown.count) else { break }
    }
    return foresting.forest(grown)
  }

  private static let batch = 16
}

/// A tree with what it says of the rows it did not see.
private struct SeenTree {
  let tree: Tree
  /// Rows and forecasts, both empty where it saw all.
  let unseen: [Int32]
  let forecasts: [Float]
}

private struct Foresting {
  let parameters: ForestParameters
  let training: LabelledRows
  let data: BinnedRows
  /// Labels less their mean, times the rows' weights: what a tree parts.
  let pulls: [Double]
  let mean: Double

  init(_ parameters: ForestParameters, _ training: LabelledRows, _ workers: Int) {
    self.parameters = parameters
    self.training = training
    data = BinnedRows(
      training, most: parameters.growth.bins, categories: parameters.growth.categories,
      workers: Workers(workers))
    let mean = Loss.squared.start(training.labels, training.weights)
    pulls = training.labels.indices.map { row in
      (training.labels[row] - mean) * (training.weights.map { $0[row] } ?? 1)
    }
    self.mean = mean
  }

  /// The trees of these numbers, in their order.
  func trees(_ numbers: Range<Int>, _ workers: Int) -> [SeenTree] {
    let chunks = Chunks(total: numbers.count, size: (numbers.count + workers - 1) / workers)
    return parallelMap(chunks: chunks.count, workers: workers) { chunk in
      var grower = TreeGrower(data, parameters.growth, isWeighted: training.weights != nil)
      let alone = Workers(1)
      return chunks.range(chunk).map { tree(numbers.lowerBound + $0, &grower, alone) }
    }.flatMap { $0 }
  }

  private func tree(
    _ number: Int, _ grower: inout TreeGrower, _ workers: borrowing Workers
  ) -> SeenTree {
    var generator = Xoshiro256(seed: parameters.seed).split(stream: UInt64(number))
    let counts = draw(using: &generator)
    let seen = counts.indices.filter { counts[$0] > 0 }.map { Int32($0) }
    let weights = training.weights
    var grown = pulls.withUnsafeBufferPointer { pulls in
      (weights ?? []).withUnsafeBufferPointer {
        grower.grow(
          on: RowSet(seen, counts: parameters.bootstraps ? seen.map { counts[Int($0)] } : nil),
          gradients: pulls, weights: weights == nil ? nil : $0, workers: workers,
          using: &generator)
      }
    }
    for leaf in grown.leaves {
      let value = value(grower.members(leaf), counts)
      let held = min(max(value, leaf.low / grown.scale), leaf.high / grown.scale)
      grown.tree.nodes[leaf.node].cut = Float(mean + held)
    }
    if parameters.keepsLabels {
      grown.tree.samples = [Float](repeating: 0, count: grown.tree.nodes.count)
      for leaf in grown.leaves {
        let row = draw(from: grower.members(leaf), counts, using: &generator)
        grown.tree.samples[leaf.node] = Float(training.labels[row])
      }
    }
    let unseen = counts.indices.filter { counts[$0] == 0 }
    var alone = TreeEnsemble(columns: data.columns, base: 0)
    alone.append(grown.tree)
    return SeenTree(
      tree: grown.tree, unseen: unseen.map { Int32($0) },
      forecasts: unseen.map { Float(alone.value(ofTree: 0, training.rows, row: $0)) })
  }

  /// How often each row is learned from.
  private func draw(using generator: inout Xoshiro256) -> [Int32] {
    let rows = training.labels.count
    let drawn = max(1, Int((parameters.rowShare * Double(rows)).rounded()))
    var counts = [Int32](repeating: drawn == rows && !parameters.bootstraps ? 1 : 0, count: rows)
    if parameters.bootstraps {
      for _ in 0..<drawn { counts[generator.int(below: rows)] += 1 }
    } else if drawn < rows {
      for row in generator.sample(drawn, of: rows) { counts[row] = 1 }
    }
    return counts
  }

  /// One of a leaf's rows, each with the chance that it counts for; the tree is grown by then, so that drawing
  /// changes nothing in it.
  private func draw(
    from rows: UnsafeBufferPointer<Int32>, _ counts: [Int32], using generator: inout Xoshiro256
  ) -> Int {
    func weight(_ row: Int32) -> Double {
      Double(counts[Int(row)]) * (training.weights.map { $0[Int(row)] } ?? 1)
    }
    let place = generator.uniform() * rows.reduce(0) { $0 + weight($1) }
    var (sum, last) = (0.0, Int(rows[0]))
    for row in rows where weight(row) > 0 {
      sum += weight(row)
      last = Int(row)
      if place < sum { break }
    }
    return last
  }

  /// The mean of a leaf less that of all, drawn in by the penalties.
  private func value(_ rows: UnsafeBufferPointer<Int32>, _ counts: [Int32]) -> Double {
    var (sum, weight) = (0.0, 0.0)
    for row in rows {
      let times = Double(counts[Int(row)])
      sum += times * pulls[Int(row)]
      weight += times * (training.weights.map { $0[Int(row)] } ?? 1)
    }
    let rule = Regularisation(
      l1: parameters.growth.l1, l2: parameters.growth.l2, leastRows: 1, leastGain: 0,
      weightUnit: 1)
    return rule.value(sum, weight)
  }

  func forest(_ grown: [SeenTree]) -> Forested {
    var sums = [Double](repeating: 0, count: training.labels.count)
    var counts = sums
    for tree in grown {
      for (row, forecast) in zip(tree.unseen, tree.forecasts) {
        sums[Int(row)] += Double(forecast)
        counts[Int(row)] += 1
      }
    }
    let rows = sums.indices.filter { counts[$0] > 0 }
    let labels = rows.map { training.labels[$0] }
    let mean = Statistics.mean(labels)
    let rest = Statistics.sum(
      rows.map { row in
        let error = training.labels[row] - sums[row] / counts[row]
        return error * error
      })
    let spread = Statistics.sum(labels.map { ($0 - mean) * ($0 - mean) })
    return Forested(
      ensemble: TreeEnsemble(columns: data.columns, forest: grown.map(\.tree)),
      outOfBag: sums.indices.map { counts[$0] > 0 ? sums[$0] / counts[$0] : nil },
      outOfBagR2: spread > 0 ? 1 - rest / spread : nil)
  }
}
