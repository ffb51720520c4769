/// The stationary bootstrap (Politis and Romano): blocks of random length, wrapped around.
public enum Bootstrap {
  /// Indices into a series of `count`: each is the next one of its block, or with probability
  /// 1 / `meanBlock` a fresh start anywhere.
  public static func stationary(
    count: Int, meanBlock: Double, using generator: inout Xoshiro256
  ) -> [Int] {
    var indices = [Int](repeating: 0, count: count)
    stationary(into: &indices, meanBlock: meanBlock, using: &generator)
    return indices
  }

  /// The same into an array that is used again for each draw.
  public static func stationary(
    into indices: inout [Int], meanBlock: Double, using generator: inout Xoshiro256
  ) {
    precondition(meanBlock >= 1, "a mean block holds at least one element")
    let count = indices.count
    guard count > 0 else { return }
    let restart = 1 / meanBlock
    var index = generator.int(below: count)
    for place in 0..<count {
      if place > 0 {
        let isFresh = generator.uniform() < restart
        index = isFresh ? generator.int(below: count) : index + 1 == count ? 0 : index + 1
      }
      indices[place] = index
    }
  }

  /// The percentile interval that holds `confidence` of the draws, half of the rest on each side.
  public static func interval(_ draws: [Double], confidence: Double) -> ClosedRange<Double> {
    let sorted = draws.sorted()
    let tail = (1 - confidence) / 2
    let low = Statistics.quantile(sorted: sorted, tail)
    return low...max(low, Statistics.quantile(sorted: sorted, 1 - tail))
  }

  /// The percentile intervals of several statistics, all of them on the same draws, so that a difference of two can
  /// be one of them. A draw on which a statistic is no number is left out of its interval.
  public static func intervals(
    count: Int, meanBlock: Double, draws: Int, confidence: Double, seed: UInt64,
    _ statistics: ([Int]) -> [Double]
  ) -> [ClosedRange<Double>?] {
    var generator = Xoshiro256(seed: seed)
    var indices = [Int](repeating: 0, count: count)
    var found: [[Double]] = []
    for _ in 0..<draws {
      stationary(into: &indices, meanBlock: meanBlock, using: &generator)
      let values = statistics(indices)
      if found.isEmpty { found = values.map { _ in [] } }
      for (place, value) in values.enumerated() where value.isFinite { found[place].append(value) }
    }
    return found.map { $0.isEmpty ? nil : interval($0, confidence: confidence) }
  }
}
