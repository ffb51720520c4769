internal import Numerics

/// Forecasts of the whole distribution by a forest that keeps a label of each leaf.
extension TreeEnsemble {
  /// Whether each leaf has a label of the rows it was made of.
  public var isSampled: Bool { !nodes.isEmpty && samples.count == nodes.count }

  /// The quantiles of the outcome of a row: those of the labels kept by the leaves it falls into, one of each
  /// tree. `nil` where none were kept.
  ///
  /// A tree's label is drawn from its leaf by the rows' weights, so over many trees the labels are spread as
  /// Meinshausen's weights of the training rows say, Σ over trees of [row in leaf] / leaf's rows: with as many
  /// labels as trees in place of all. Leaves of one row have nothing to draw, and there both are one, but for
  /// rows outside a tree's bootstrap, which do not count here. The limits: n trees tell no quantile beyond
  /// 1/n from the ends and the middle ones to about √(q(1 − q)/n) of a share; labels beyond those of the
  /// training cannot be forecast; large leaves blur what changes within them, so that tails are too wide where
  /// outcomes are calm and too narrow where they are wild.
  public func quantiles(_ row: [Float], _ shares: [Double]) -> [Double]? {
    precondition(row.count == columns, "a row has the columns of the training")
    guard isSampled else { return nil }
    let labels = nodes.withUnsafeBufferPointer { all -> [Double] in
      guard let nodes = all.baseAddress else { return [] }
      return roots.map { Double(samples[leaf(from: Int($0), nodes) { row[$0] }]) }
    }.sorted()
    return shares.map { Statistics.quantile(sorted: labels, $0) }
  }

  /// The same trees with labels that were kept; `nil` unless there is a finite one for each node.
  func sampled(_ labels: [Float]) -> TreeEnsemble? {
    guard !nodes.isEmpty, labels.count == nodes.count, labels.allSatisfy(\.isFinite) else {
      return nil
    }
    var other = self
    other.adopt(nodes, gains, covers, roots, sets, samples: labels)
    return other
  }
}
