internal import Numerics

/// A column by its ranks: what it shares with another does then not hang on outliers or units.
struct RankedColumn {
  /// Steps a column is cut into, of equally many rows as far as ties allow.
  static let steps = 16

  /// Ranks less their mean.
  private let ranks: [Double]
  private let length: Double
  private let step: [Int]
  /// Whether all but a thousandth of the rows hold one value.
  let isStill: Bool

  init(_ values: [Double]) {
    let order = Statistics.order(values)
    let plain = Statistics.ranks(values, order: order)
    let edge = order.count / 2_000
    isStill = plain[order[edge]] == plain[order[order.count - 1 - edge]]
    let mean = Statistics.mean(plain)
    ranks = plain.map { $0 - mean }
    length = Statistics.sum(ranks.map { $0 * $0 }).squareRoot()
    let count = Double(values.count)
    step = plain.map { min(RankedColumn.steps - 1, Int(($0 - 0.5) / count * Double(Self.steps))) }
  }

  /// Spearman's correlation.
  func correlation(with other: RankedColumn) -> Double {
    let scale = length * other.length
    guard scale > 0 else { return 0 }
    var sum = 0.0
    for row in ranks.indices { sum += ranks[row] * other.ranks[row] }
    return sum / scale
  }

  /// Nats of mutual information over the steps of both, less what chance alone would show
  /// (Miller and Madow), never below nothing.
  func information(about other: RankedColumn) -> Double {
    let steps = RankedColumn.steps
    var joint = [Int](repeating: 0, count: steps * steps)
    var (mine, theirs) = ([Int](repeating: 0, count: steps), [Int](repeating: 0, count: steps))
    for row in step.indices {
      joint[step[row] * steps + other.step[row]] += 1
      mine[step[row]] += 1
      theirs[other.step[row]] += 1
    }
    let count = Double(step.count)
    var sum = 0.0
    for place in joint.indices where joint[place] > 0 {
      let (left, right) = (Double(mine[place / steps]), Double(theirs[place % steps]))
      sum += Double(joint[place]) * log(Double(joint[place]) * count / (left * right))
    }
    let freedom = (mine.count { $0 > 0 } - 1) * (theirs.count { $0 > 0 } - 1)
    return max(0, (sum - Double(freedom) / 2) / count)
  }
}
