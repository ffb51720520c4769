/// How often the trial that was best on one half of time lies below the middle on the other half, over all ways of
/// choosing half of the blocks (Bailey, Borwein, López de Prado and Zhu 2015).
///
/// The share by itself swings widely: hold it against `chance`, never against one half.
public struct Overfitting: Hashable, Sendable {
  public let blocks: Int
  public let combinations: Int
  /// The share of combinations in which the best within was no better than the middle without.
  public let probability: Double
  /// The mean of ln(w / (1 − w)), w being the rank without over N + 1.
  public let logit: Double
  /// The slope of the ratio without on the ratio within.
  public let slope: Double
  /// The share of combinations in which the chosen trial lost.
  public let loss: Double
  /// The mean ratios of the chosen trial within and without.
  public let inside: Double
  public let outside: Double

  /// `trials` holds a series of returns for each trial, all over the same periods; those left over behind equal
  /// blocks are not used. `nil` for fewer than two trials, or blocks of fewer than two periods.
  public init?(_ trials: [[Double]], blocks: Int) {
    precondition(blocks > 0 && blocks % 2 == 0 && blocks <= 20, "an even number of blocks")
    let length = (trials.first?.count ?? 0) / blocks
    guard trials.count > 1, length >= 2 else { return nil }
    precondition(trials.allSatisfy { $0.count == trials[0].count }, "series of one length")
    let sums = BlockSums(trials, blocks: blocks, length: length)
    var (logits, within, without) = ([Double](), [Double](), [Double]())
    for mask in 0..<(1 << blocks) where mask.nonzeroBitCount == blocks / 2 {
      let learned = sums.ratios { mask >> $0 & 1 == 1 }
      let unseen = sums.ratios { mask >> $0 & 1 == 0 }
      // The first of equals, whoever else is as good.
      let top = learned.max() ?? 0
      let best = learned.firstIndex(of: top) ?? 0
      let place = Overfitting.rank(of: best, in: unseen) / Double(trials.count + 1)
      logits.append(log(place / (1 - place)))
      within.append(learned[best])
      without.append(unseen[best])
    }
    self.blocks = blocks
    combinations = logits.count
    probability = Double(logits.count { $0 <= 0 }) / Double(logits.count)
    logit = Statistics.mean(logits)
    slope = Statistics.covariance(within, without, ddof: 0) / Statistics.variance(within, ddof: 0)
    loss = Double(without.count { $0 < 0 }) / Double(without.count)
    inside = Statistics.mean(within)
    outside = Statistics.mean(without)
  }

  /// Among values, ties sharing their average.
  private static func rank(of place: Int, in values: [Double]) -> Double {
    let value = values[place]
    let below = values.count { $0 < value }
    let equal = values.count { $0 == value }
    return Double(below) + Double(equal + 1) / 2
  }

  /// What trials that move together as these do, none of them with skill, would show: the range that holds
  /// `confidence` of the draws. Rows are drawn in blocks, whole, from returns less their means.
  public static func chance(
    _ trials: [[Double]], blocks: Int, meanBlock: Double, draws: Int = 200,
    confidence: Double = 0.9, seed: UInt64 = 1
  ) -> ClosedRange<Double>? {
    guard let count = trials.first?.count else { return nil }
    let centred = trials.map { trial in
      let mean = Statistics.mean(trial)
      return trial.map { $0 - mean }
    }
    var generator = Xoshiro256(seed: seed)
    var indices = [Int](repeating: 0, count: count)
    var found: [Double] = []
    for _ in 0..<draws {
      Bootstrap.stationary(into: &indices, meanBlock: meanBlock, using: &generator)
      let drawn = centred.map { trial in indices.map { trial[$0] } }
      guard let one = Overfitting(drawn, blocks: blocks) else { return nil }
      found.append(one.probability)
    }
    return found.isEmpty ? nil : Bootstrap.interval(found, confidence: confidence)
  }
}

/// Sums and sums of squares of each block of each trial: any half's mean and deviation are a few additions.
private struct BlockSums {
  private let sums: [[Double]]
  private let squares: [[Double]]
  private let rows: Double

  init(_ trials: [[Double]], blocks: Int, length: Int) {
    func totals(_ value: (Double) -> Double) -> [[Double]] {
      (0..<blocks).map { block in
        trials.map { trial in
          trial[block * length..<(block + 1) * length].reduce(0) { $0 + value($1) }
        }
      }
    }
    sums = totals { $0 }
    squares = totals { $0 * $0 }
    rows = Double(length * blocks / 2)
  }

  /// Mean over deviation of each trial over the blocks chosen; nothing where it does not vary.
  func ratios(_ isChosen: (Int) -> Bool) -> [Double] {
    var total = [Double](repeating: 0, count: sums[0].count)
    var square = total
    for block in sums.indices where isChosen(block) {
      for trial in total.indices {
        total[trial] += sums[block][trial]
        square[trial] += squares[block][trial]
      }
    }
    return total.indices.map { trial in
      let mean = total[trial] / rows
      let variance = (square[trial] - rows * mean * mean) / (rows - 1)
      return variance > 0 ? mean / variance.squareRoot() : 0
    }
  }
}
